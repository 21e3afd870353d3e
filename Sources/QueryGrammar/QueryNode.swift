/// A query as a tree. Every leaf knows the column it came from (from 1, in characters; 0 when no text was there).
///
/// What each leaf means is written in `Grammar.md`; `Search` answers it from an index and `QueryMatching` from a record.
public indirect enum QueryNode: Equatable, Sendable {
  /// A word of the text, to be analysed as texts are; it may become several terms.
  case word(String, column: Int)
  /// Words beside one another, or up to `slop` moves apart; `*` stands for one word, `pre*` for one that begins so.
  case phrase(String, slop: Int, column: Int)
  /// Terms of the text that begin so.
  case prefix(String, column: Int)
  /// A value of a field, matched whole after folding.
  case field(QueryField, String, column: Int)
  /// A tweet's or account's id in a field.
  case fieldID(QueryField, UInt64, column: Int)
  /// An account by its handle, or by its id where digits were given.
  case account(QueryAccount, String, column: Int)
  /// Words in a field, wherever they stand in it.
  case words(QueryWords, String, column: Int)
  /// A run of characters in a field, after folding.
  case substring(QuerySubstring, String, column: Int)
  /// A property.
  case property(QueryProperty, column: Int)
  /// A number between bounds, both included.
  case range(NumberField, ClosedRange<Int64>, column: Int)
  /// A point of the earth where the tweet was made.
  case area(GeoArea, column: Int)
  /// Made in so many milliseconds before now.
  case within(Int64, column: Int)
  /// So many percent of the ids, by their hash.
  case sample(Int, column: Int)
  /// All of them.
  case and([QueryNode])
  /// Any of them.
  case or([QueryNode])
  /// Not it.
  case not(QueryNode)
  /// Every tweet.
  case all
}

/// Fields matched whole.
public enum QueryField: String, Sendable, CaseIterable {
  /// Tags and handles of the text, without their sign.
  case hashtag, cashtag, mention
  /// Twitter's code of the language, the country's code, the app's name.
  case language, country, source
  /// Ids of tweets.
  case replyTweet, retweetTweet, quoteTweet, conversation
  /// Ids of accounts.
  case authorID, replyUser, retweetUser, quoteUser
}

/// Whom an account is to a tweet.
public enum QueryAccount: String, Sendable, CaseIterable {
  /// Who wrote it, whom it answers, whom it repeats.
  case author, replied, retweeted
}

/// Fields that hold words.
public enum QueryWords: String, Sendable, CaseIterable {
  /// Addresses of links; the place's name (or its id); the author's description, name and place.
  case link, place, bio, name, location
}

/// Fields searched for a run of characters.
public enum QuerySubstring: String, Sendable, CaseIterable {
  /// The text, and addresses of links.
  case text, link
}

/// What `has:`, `is:` and `filter:` ask for; each by its shortest name.
public enum QueryProperty: String, Sendable, CaseIterable {
  /// Of the media.
  case media, images, videos, gifs
  /// Of the text.
  case links, hashtags, cashtags, mentions, lang
  /// A point or a place.
  case geo
  /// What it is to other tweets.
  case reply, retweet, quote, selfThread = "self_threads"
  /// Of the author, and how it is marked.
  case verified, protected, sensitive
  /// Liked, retweeted or answered.
  case engagement = "has_engagement"
  /// Where its links lead.
  case spaces, periscope, vine
  /// The signs of v1.1 in the text: `:)`, `:(`, `?`.
  case positive, negative, question
}

/// What a range can ask for.
public enum NumberField: String, Sendable, CaseIterable {
  /// Milliseconds since 1970.
  case time
  /// The tweet's id.
  case id
  /// Engagement; what the source did not say counts as 0.
  case likes, retweets, replies, quotes
  /// Of the author, as of the snapshot; what the source did not say lies in no range.
  case followers, following, tweets

  /// Whether only the stored record knows it.
  public var isOfAuthor: Bool { self == .followers || self == .following || self == .tweets }
}

/// What is wrong with a query, and where.
public struct QueryError: Error, Equatable, Sendable {
  /// From 1, in characters.
  public var column: Int
  /// What was expected and found.
  public var message: String
  /// What to write instead.
  public var hint: String?

  /// An error at a column.
  public init(_ column: Int, _ message: String, hint: String? = nil) {
    self.column = column
    self.message = message
    self.hint = hint
  }
}

extension QueryNode {
  /// The tree with `within_time:` as the range of times that ends at `now` and begins so long before it
  /// (ms since 1970).
  public func resolved(now: Int64) -> QueryNode {
    switch self {
    case .within(let length, let column): .range(.time, (now - length)...now, column: column)
    case .and(let parts): .and(parts.map { $0.resolved(now: now) })
    case .or(let parts): .or(parts.map { $0.resolved(now: now) })
    case .not(let inner): .not(inner.resolved(now: now))
    default: self
    }
  }

  /// The column of the first clause that needs to know what time it is; nil when none does.
  public var columnOfNow: Int? {
    switch self {
    case .within(_, let column): column
    case .and(let parts), .or(let parts): parts.lazy.compactMap(\.columnOfNow).first
    case .not(let inner): inner.columnOfNow
    default: nil
    }
  }
}
