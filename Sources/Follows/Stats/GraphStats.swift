internal import Bytes

/// What a graph looks like at the end of its input: sizes, degrees, who is followed most, and what pushing would cost.
public struct GraphStats: Equatable, Sendable {
  /// One end of the degree distributions.
  public struct Bucket: Equatable, Sendable {
    /// The least degree: 0, 1, 2, 4, 8…
    public var from: Int
    /// The greatest.
    public var to: Int
    /// Accounts with so many followers.
    public var byFollowers = 0
    /// Accounts that follow so many.
    public var byFollowees = 0
  }

  /// The middle and the upper end of a distribution over accounts (nearest rank).
  public struct Quantiles: Equatable, Sendable {
    /// Half of the accounts have at most so many.
    public var median = 0
    /// Nine of ten.
    public var p90 = 0
    /// 99 of a hundred.
    public var p99 = 0
    /// All.
    public var most = 0
  }

  /// Someone with many followers.
  public struct Top: Equatable, Sendable {
    /// The account's id.
    public var user: UInt64
    /// How many follow it.
    public var followers: Int
    /// How many it follows.
    public var followees: Int
  }

  /// What a threshold would mean: authors with fewer followers are pushed to each follower, others are merged at read.
  public struct Threshold: Equatable, Sendable {
    /// Authors with fewer followers are pushed.
    public var pushBelow: Int
    /// Authors, accounts with followers, that are pushed.
    public var pushed = 0
    /// Authors that are merged at read.
    public var pulled = 0
    /// Writes when every author tweets once.
    public var writes = 0
    /// Accounts that follow at least one who is pulled.
    public var readers = 0
    /// The most that one account has to merge at read.
    public var mostMerged = 0
  }

  /// Accounts that an edge or a change names.
  public var users = 0
  /// Pairs of which one follows the other, at the end.
  public var follows = 0
  /// Pairs that follow each other.
  public var mutual = 0
  /// Edges without a time.
  public var edges = 0
  /// Changes with a time, and those other than follows without one.
  public var changes = 0
  /// Blocks in force at the end.
  public var blocks = 0
  /// Mutes in force at the end.
  public var mutes = 0
  /// Accounts that are protected at the end.
  public var protected = 0
  /// Bytes of the edges in memory.
  public var edgeBytes = 0
  /// Accounts without followers.
  public var withoutFollowers = 0
  /// Accounts that follow nobody.
  public var withoutFollowees = 0
  /// Of the numbers of followers.
  public var followers = Quantiles()
  /// Of the numbers of accounts that are followed.
  public var followees = Quantiles()
  /// Accounts by degree, up to the bucket of the greatest.
  public var buckets: [Bucket] = []
  /// The most followed; of equal ones the smaller id first.
  public var top: [Top] = []
  /// Powers of ten from 10 to one that pushes everyone, 100,000 at least.
  public var thresholds: [Threshold] = []
  /// Accounts in `top`.
  public static let shown = 10

  /// The share of follows that are returned, 0 to 1. (Reciprocity as in Newman, Networks, 2010, 7.10.)
  public var reciprocity: Double { follows == 0 ? 0 : Double(2 * mutual) / Double(follows) }

  /// Measures a graph. - Complexity: O(follows). Memory: 9 bytes an account.
  public init(_ graph: FollowGraph, threads: Int) {
    users = graph.users.count
    edges = graph.edges
    changes = graph.changes
    blocks = graph.blocks.pairs(at: FollowGraph.end)
    mutes = graph.mutes.pairs(at: FollowGraph.end)
    protected = graph.protection.pairs(at: FollowGraph.end)
    edgeBytes = graph.edgeBytes
    let degrees = Degrees(graph, threads: threads)
    follows = degrees.followers.reduce(0) { $0 + Int($1) }
    mutual = degrees.mutual
    withoutFollowers = degrees.followers.count { $0 == 0 }
    withoutFollowees = degrees.followees.count { $0 == 0 }
    followers = Self.quantiles(degrees.followers)
    followees = Self.quantiles(degrees.followees)
    buckets = Self.buckets(degrees)
    top = Self.top(graph, degrees)
    thresholds = Self.thresholds(graph, degrees, threads: threads)
  }

  private static func quantiles(_ degrees: [UInt32]) -> Quantiles {
    if degrees.isEmpty { return Quantiles() }
    let sorted = degrees.sorted()
    func rank(_ share: Int) -> Int { Int(sorted[max((sorted.count * share + 99) / 100, 1) - 1]) }
    return Quantiles(median: rank(50), p90: rank(90), p99: rank(99), most: Int(sorted[sorted.count - 1]))
  }

  private static func buckets(_ degrees: Degrees) -> [Bucket] {
    // 0, 1, 2–3, 4–7…: the bit length of a degree is its bucket.
    func place(_ degree: UInt32) -> Int { 32 - degree.leadingZeroBitCount }
    let most = max(degrees.followers.max() ?? 0, degrees.followees.max() ?? 0)
    var buckets = (0...place(most)).map { bits in
      Bucket(from: bits == 0 ? 0 : 1 << (bits - 1), to: (1 << bits) - 1)
    }
    for degree in degrees.followers { buckets[place(degree)].byFollowers += 1 }
    for degree in degrees.followees { buckets[place(degree)].byFollowees += 1 }
    return buckets
  }

  private static func top(_ graph: FollowGraph, _ degrees: Degrees) -> [Top] {
    var best: [UInt32] = []
    for user in degrees.followers.indices where degrees.followers[user] > 0 {
      let count = degrees.followers[user]
      if best.count == shown, count <= degrees.followers[Int(best[shown - 1])] { continue }
      // Equal ones stand in order of id.
      let place = best.firstIndex { degrees.followers[Int($0)] < count } ?? best.count
      best.insert(UInt32(user), at: place)
      if best.count > shown { best.removeLast() }
    }
    return best.map { user in
      Top(
        user: graph.users.id(user), followers: Int(degrees.followers[Int(user)]),
        followees: Int(degrees.followees[Int(user)]))
    }
  }
}
