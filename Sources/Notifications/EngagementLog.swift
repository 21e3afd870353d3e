public import Activity
public import Bytes
public import Follows

/// Gathers what a run says of engagements, likes and follows, and makes notifications and counters of it at the end.
///
/// Nothing is decided before: whom the graph parts, what was deleted and which like was taken back is known only then, so
/// the order of arrival changes nothing. Memory: 150 MB at most, more waits in nameless files; 24 bytes a follow with a
/// time; 100 MB at most while authors are looked for.
public struct EngagementLog: ~Copyable {
  /// What is made of it.
  public struct Wishes: Sendable {
    /// Whether notifications are.
    public var notices = false
    /// How long the window of a digest is, in ms; nil for a record each.
    public var window: Int64?
    /// Whether counters are.
    public var counters = false

    /// Nothing.
    public init() {}
  }

  private let folder: String
  private let limit: Int
  private let wishes: Wishes
  private let holds: (UInt64) -> Bool
  private var rows: RowSorter<Occurrence>
  private var follows = FollowLog()
  private var filtered = 0

  /// An empty log.
  /// - Parameters:
  ///   - folder: where files lie that do not fit into memory.
  ///   - holds: whether an account is of this run's shard: notifications are made for recipients, counters of actors of it.
  public init(folder: String, _ wishes: Wishes, holds: @escaping (UInt64) -> Bool) {
    self.init(folder: folder, wishes, limit: RowSorter<Occurrence>.usualLimit, holds: holds)
  }

  // With so few rows in memory that tests see files.
  init(folder: String, _ wishes: Wishes, limit: Int, holds: @escaping (UInt64) -> Bool) {
    self.folder = folder
    self.limit = limit
    self.wishes = wishes
    self.holds = holds
    rows = RowSorter(folder: folder, limit: limit)
  }

  /// Adds what was read of records. - Throws: `SystemError`.
  public mutating func add(_ batch: ActivityBatch) throws(SystemError) {
    for engagement in batch.engagements where isUsed(engagement) { try rows.add(Occurrence(engagement)) }
    for like in batch.likes {
      // Who is told of a like is known at the end only.
      if wishes.notices || holds(like.user) { try rows.add(Occurrence(like)) } else { filtered += 1 }
    }
    add(batch.relations)
  }

  /// Adds what was read of a graph file.
  public mutating func add(_ batch: RelationBatch) {
    if !wishes.notices { return }
    for change in batch.changes where holds(change.target) { follows.add(change) }
  }

  // A tweet without an author is used by nothing.
  private func isUsed(_ engagement: Engagement) -> Bool {
    if engagement.actor == 0 { return false }
    if wishes.counters && engagement.target > 0 && holds(engagement.actor) { return true }
    if !wishes.notices || engagement.recipient == engagement.actor { return false }
    return engagement.recipient == 0 || holds(engagement.recipient)
  }

  /// Makes them: nothing can be added then.
  /// - Parameters:
  ///   - graph: of all runs.
  ///   - notices: takes the bytes of notifications or digests, in order.
  ///   - counters: takes those of counters, in order.
  /// - Throws: what `notices`, `counters` and `known` throw, `SystemError`.
  /// - Complexity: O(n log n), and O(known tweets) where authors are looked for.
  public consuming func finish(
    _ graph: FollowGraph, _ known: some KnownTweets, notices: (Span<UInt8>) throws -> Void,
    counters: (Span<UInt8>) throws -> Void
  ) throws -> EngagementSums {
    let rules = NoticeRules(graph: graph, known: known, holds: holds)
    let wishes = self.wishes
    let (folder, limit) = (self.folder, self.limit)
    let filtered = self.filtered
    let follows = self.follows
    var pass = try EngagementPass(rows.finish(), rules, wishes, folder: folder, limit: limit)
    try pass.run(counters)
    pass.sums.filtered = filtered
    return try pass.finish(follows, notices)
  }
}

/// What became of a run's likes, and what was made.
public struct EngagementSums: Equatable, Sendable {
  /// Likes given and taken back, each once.
  public var applied = 0
  /// Those that were there already.
  public var duplicate = 0
  /// Those of another shard.
  public var filtered = 0
  /// Things of which users are told: records, or what digests count.
  public var notifications = 0
  /// Records of notifications or digests.
  public var noticeRecords = 0
  /// Engagements and likes of which nobody could be told: who made the tweet that they concern is unknown.
  public var unknownRecipients = 0
  /// Records of counters.
  public var counters = 0

  /// Nothing yet.
  public init() {}
}
