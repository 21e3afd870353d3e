internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex

/// The ids of a packed record that tombstones ask about.
struct TweetReferences {
  var tweet: UInt64
  var author: UInt64
  var retweet: UInt64
  var retweetAuthor: UInt64
  /// The tweet quoted with its text, and its author; 0 where no text is shown.
  var quote: UInt64
  var quoteAuthor: UInt64

  /// Reads them from the record of a batch's document.
  init(_ content: borrowing IndexBatch.Content, _ document: Int) throws(DecodeError) {
    var record = Tweet()
    try content.read(document, into: &record)
    tweet = record.id
    author = record.user?.id ?? 0
    retweet = record.retweetOf?.id ?? 0
    retweetAuthor = record.retweetOf?.userID ?? 0
    let quoted = record.quoteOf.flatMap { $0.text.isPresent ? $0 : nil }
    quote = quoted?.id ?? 0
    quoteAuthor = quoted?.userID ?? 0
  }
}

/// All tombstones that hold: new ones and those of older segments.
struct TombstoneRules {
  private let tweets: Set<UInt64>
  private let users: Set<UInt64>
  private let geo: [UInt64: UInt64]
  private let older: [TombstoneReader]

  init(_ news: [Event], _ older: [TombstoneReader]) {
    var tweets = Set<UInt64>()
    var users = Set<UInt64>()
    var geo: [UInt64: UInt64] = [:]
    for event in news {
      switch event.kind {
      case .delete: tweets.insert(event.tweet)
      case .userDelete: users.insert(event.user)
      default: geo[event.user] = max(geo[event.user] ?? 0, event.tweet == 0 ? .max : event.tweet)
      }
    }
    self.tweets = tweets
    self.users = users
    self.geo = geo
    self.older = older.filter { !$0.isEmpty }
  }

  var isEmpty: Bool { tweets.isEmpty && users.isEmpty && geo.isEmpty && older.isEmpty }
  /// Whether any tombstone may concern places.
  var scrubs: Bool { !geo.isEmpty || !older.isEmpty }

  func deletes(_ record: TweetReferences) throws(SegmentError) -> Bool {
    if tweets.contains(record.tweet) || record.retweet > 0 && tweets.contains(record.retweet) { return true }
    if record.author > 0 && users.contains(record.author) { return true }
    if record.retweetAuthor > 0 && users.contains(record.retweetAuthor) { return true }
    for tombstones in older {
      if try tombstones.deletesTweet(record.tweet) { return true }
      if record.retweet > 0, try tombstones.deletesTweet(record.retweet) { return true }
      if record.author > 0, try tombstones.deletesUser(record.author) { return true }
      if record.retweetAuthor > 0, try tombstones.deletesUser(record.retweetAuthor) { return true }
    }
    return false
  }

  /// Whether the record shows the text of a tweet that is deleted.
  func hidesQuote(_ record: TweetReferences) throws(SegmentError) -> Bool {
    try hidesQuote(of: record.quote, by: record.quoteAuthor)
  }

  /// Whether a quote of `tweet`, whose author is `user`, may not show its text; 0 stands for what is not said.
  func hidesQuote(of tweet: UInt64, by user: UInt64) throws(SegmentError) -> Bool {
    if tweet == 0 { return false }
    if tweets.contains(tweet) || user > 0 && users.contains(user) { return true }
    for tombstones in older {
      if try tombstones.deletesTweet(tweet) { return true }
      if user > 0, try tombstones.deletesUser(user) { return true }
    }
    return false
  }

  func scrubsGeo(of user: UInt64, tweet: UInt64) throws(SegmentError) -> Bool {
    if let upTo = geo[user], tweet <= upTo { return true }
    for tombstones in older where try tombstones.scrubsGeo(of: user, tweet: tweet) { return true }
    return false
  }
}

extension Event {
  /// Whether one of the older tombstones asks for as much already.
  func isKnown(to older: [TombstoneReader]) throws(SegmentError) -> Bool {
    for tombstones in older where try tombstones.holds(self) { return true }
    return false
  }
}

extension Segment {
  /// Documents that a tombstone asks to go: by id, author, or what they retweet. - Throws: `SegmentError`.
  func documents(deletedBy event: Event) throws(SegmentError) -> [Int] {
    switch event.kind {
    case .delete:
      let own = try document(event.tweet).map { [$0] } ?? []
      return try own + documents(with: .retweetTweet, id: event.tweet)
    case .userDelete:
      return try documents(with: .authorID, id: event.user) + documents(with: .retweetUser, id: event.user)
    default: return []
    }
  }
}
