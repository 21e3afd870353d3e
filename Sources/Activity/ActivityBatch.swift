public import Follows
public import Timelines

/// What a chunk of records says: tweets, what happened to them, and changes of the follow graph.
public struct ActivityBatch: Sendable {
  /// Tweets with an author, in order.
  public var tweets: [TweetFacts] = []
  /// Changes of the graph, and rejects; its ledger counts all that was read.
  public var relations = RelationBatch()
  /// Tweets that were deleted.
  public var deletes: [UInt64] = []
  /// Accounts whose tweets were all deleted.
  public var userDeletes: [UInt64] = []
  /// Who engages with whom; only when asked for.
  public var engagements: [Engagement] = []
  /// Likes given and taken back; only when asked for.
  public var likes: [LikeChange] = []
  /// How accounts called themselves.
  public var names = NameBatch()

  /// Nothing yet.
  public init() {}
}

/// Names of accounts with the time at which each was borne.
public struct NameBatch: Sendable {
  /// One.
  public struct Entry: Sendable {
    /// Whose.
    public var user: UInt64
    /// When it was seen, in ms since 1970.
    public var at: Int64
    /// Where it stands in `bytes`.
    public var start: UInt32
    /// Its bytes.
    public var count: UInt32

    /// An entry.
    public init(user: UInt64, at: Int64, start: UInt32, count: UInt32) {
      self.user = user
      self.at = at
      self.start = start
      self.count = count
    }
  }
  /// In order.
  public private(set) var entries: [Entry] = []
  private var arena: [UInt8] = []
  /// Twitter's names have 15 characters, older ones 20: what is longer by far names nobody.
  public static let longest = 64

  /// None yet.
  public init() {}

  /// Adds a name, unless it is empty or too long to be one.
  public mutating func add(_ user: UInt64, _ name: Span<UInt8>, at: Int64) {
    if user == 0 || name.isEmpty || name.count > Self.longest { return }
    entries.append(Entry(user: user, at: at, start: UInt32(arena.count), count: UInt32(name.count)))
    for index in 0..<name.count { arena.append(name[index]) }
  }

  /// The bytes of an entry.
  @_lifetime(borrow self)
  public borrowing func bytes(_ entry: Entry) -> Span<UInt8> {
    arena.span.extracting(Int(entry.start)..<Int(entry.start + entry.count))
  }
}
