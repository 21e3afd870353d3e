public import Bytes

/// One tweet, as §3 of the contract defines it: the shape that every tool shares.
///
/// All strings lie in one `arena`; fields hold ranges of it. A `Tweet` is filled, used and `reset` again and again, so
/// that a stream of millions allocates nothing. Ids are exact 64-bit numbers; 0 stands for absent (no tweet or user
/// has it). Times are milliseconds since 1970 UTC. Not for keeping many in memory: write them out.
public struct Tweet: ~Copyable {
  /// The bytes of all strings.
  public var arena = ByteBuffer(capacity: 4096)

  /// The tweet's id, at least 1.
  public var id: UInt64 = 0
  /// When it was made, in ms since 1970.
  public var createdAt: Int64 = 0
  /// Its author; absent in account archives without an owner.
  public var user: User?
  /// The whole text, entities decoded once.
  public var text = TextRange.absent
  /// Twitter's language code.
  public var lang = TextRange.absent
  /// Without `#`, in the writer's case.
  public var hashtags: [TextRange] = []
  /// Without `$`.
  public var cashtags: [TextRange] = []
  /// Accounts named in the text.
  public var mentions: [Mention] = []
  /// Links, as written and expanded.
  public var urls: [Link] = []
  /// Pictures and films.
  public var media: [Media] = []
  /// What it answers.
  public var replyTo: ReplyTarget?
  /// What it retweets.
  public var retweetOf: Reference?
  /// What it quotes.
  public var quoteOf: Reference?
  /// The id of the tweet that began the conversation; 0 when absent.
  public var conversation: UInt64 = 0
  /// Where it was sent from.
  public var geo: Geo?
  /// Engagement as of the snapshot.
  public var counts: Counts?
  /// The app's name.
  public var source = TextRange.absent
  /// Marked as sensitive.
  public var sensitive: Bool?
  /// The near-duplicate cluster's id.
  public var cluster = TextRange.absent
  /// The spam score with its parts, as the JSON text of the object.
  public var spam = TextRange.absent
  /// The id of the settings that made `tokens`.
  public var analyzer = TextRange.absent
  /// The terms of the text, when it was tokenized.
  public var tokens = TokenList()
  /// Whether the record carries `tokens` (perhaps none).
  public var isTokenized = false

  /// Set while reading a source without an entities object: they are then extracted from the text. Never written.
  public var needsEntities = false

  /// An empty tweet.
  public init() {}

  /// The bytes of a field; none when it is absent.
  @_lifetime(borrow self)
  public borrowing func bytes(_ field: TextRange) -> Span<UInt8> {
    arena.span.extracting(field.range)
  }

  /// Copies `bytes` into the arena.
  public mutating func add(_ bytes: Span<UInt8>) -> TextRange {
    let start = arena.count
    arena.append(bytes)
    return TextRange(start: start, count: bytes.count)
  }

  /// Empties every field and keeps the memory.
  public mutating func reset() {
    arena.removeAll()
    id = 0
    createdAt = 0
    user = nil
    text = .absent
    lang = .absent
    if !hashtags.isEmpty { hashtags.removeAll(keepingCapacity: true) }
    if !cashtags.isEmpty { cashtags.removeAll(keepingCapacity: true) }
    if !mentions.isEmpty { mentions.removeAll(keepingCapacity: true) }
    if !urls.isEmpty { urls.removeAll(keepingCapacity: true) }
    if !media.isEmpty { media.removeAll(keepingCapacity: true) }
    replyTo = nil
    retweetOf = nil
    quoteOf = nil
    conversation = 0
    geo = nil
    counts = nil
    source = .absent
    sensitive = nil
    cluster = .absent
    spam = .absent
    analyzer = .absent
    tokens.removeAll()
    isTokenized = false
    needsEntities = false
  }
}

/// An account, as far as the source described it.
public struct User: Equatable, Sendable {
  /// 0 when absent.
  public var id: UInt64 = 0
  /// Without `@`, in the writer's case.
  public var username = TextRange.absent
  /// The display name.
  public var name = TextRange.absent
  /// The description.
  public var bio = TextRange.absent
  /// The place it claims.
  public var location = TextRange.absent
  /// −1 when absent.
  public var followers: Int64 = -1
  /// −1 when absent.
  public var following: Int64 = -1
  /// −1 when absent.
  public var tweets: Int64 = -1
  /// Marked as verified.
  public var verified: Bool?
  /// Visible to followers only.
  public var protected: Bool?
  /// When it joined, in ms since 1970; nil when absent.
  public var createdAt: Int64?

  /// An account of which nothing is known.
  public init() {}
}

/// An account named in a text.
public struct Mention: Equatable, Sendable {
  /// 0 when absent.
  public var id: UInt64
  /// Without `@`.
  public var username: TextRange

  /// A mention.
  public init(id: UInt64, username: TextRange) {
    self.id = id
    self.username = username
  }
}

/// A link: what the text holds, and where it leads.
public struct Link: Equatable, Sendable {
  /// As written.
  public var url: TextRange
  /// Where it leads; absent when unknown.
  public var expanded: TextRange

  /// A link.
  public init(url: TextRange, expanded: TextRange) {
    self.url = url
    self.expanded = expanded
  }
}

/// A picture or film.
public struct Media: Equatable, Sendable {
  /// `photo`, `video` or `animated_gif`.
  public var type: TextRange
  /// Its address.
  public var url: TextRange

  /// A medium.
  public init(type: TextRange, url: TextRange) {
    self.type = type
    self.url = url
  }
}

/// What a reply answers. Ids are 0 where absent.
public struct ReplyTarget: Equatable, Sendable {
  /// The tweet answered.
  public var tweet: UInt64 = 0
  /// Its author.
  public var user: UInt64 = 0
  /// Its author's handle.
  public var username = TextRange.absent

  /// An empty target.
  public init() {}
}

/// A tweet that a retweet or a quote embeds.
public struct Reference: Equatable, Sendable {
  /// Its id.
  public var id: UInt64
  /// Its author's id; 0 when absent.
  public var userID: UInt64 = 0
  /// Its author's handle.
  public var username = TextRange.absent
  /// When it was made, in ms since 1970; nil when absent.
  public var createdAt: Int64?
  /// Its text (quotes only).
  public var text = TextRange.absent

  /// A reference by id.
  public init(id: UInt64) { self.id = id }
}

/// Where a tweet was sent from.
public struct Geo: Equatable, Sendable {
  /// Degrees east; nil without a point.
  public var lon: Double?
  /// Degrees north.
  public var lat: Double?
  /// The place's full name.
  public var place = TextRange.absent
  /// Twitter's id of the place.
  public var placeID = TextRange.absent
  /// ISO 3166 code of two letters.
  public var country = TextRange.absent

  /// Nowhere yet.
  public init() {}
}

/// Engagement. Each is −1 when the source did not say.
public struct Counts: Equatable, Sendable {
  /// Likes.
  public var likes: Int64 = -1
  /// Retweets.
  public var retweets: Int64 = -1
  /// Replies.
  public var replies: Int64 = -1
  /// Quotes.
  public var quotes: Int64 = -1

  /// None known.
  public init() {}

  /// Whether any is known.
  public var isEmpty: Bool { likes < 0 && retweets < 0 && replies < 0 && quotes < 0 }
}
