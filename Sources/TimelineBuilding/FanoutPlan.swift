internal import Bytes
public import Follows

/// What each threshold between pushing and pulling would cost for a graph and what its accounts write: `--plan`.
///
/// Exact for the tweets and the graph of one input, but for bytes, which are estimated from how densely a user's entries lie.
/// - Complexity: O(edges). Memory: 1 byte an account, 1 MB a thread.
public struct FanoutPlan: Sendable {
  /// One threshold.
  public struct Row: Equatable, Sendable {
    /// Authors with fewer followers are pushed; `Int.max`: all are.
    public var pushBelow: Int
    /// Authors who write and are pulled.
    public var pulledAuthors = 0
    /// Entries written into timelines when all is fanned out, own tweets among them, before the cap.
    public var writes = 0
    /// Those that the cap leaves.
    public var kept = 0
    /// Bytes of the timelines that are kept, and of the lists of all authors.
    public var bytes = 0
    /// Lists merged in when a timeline is read: summed over all readers, for 99 of 100, and at most.
    public var merges = (sum: 0, p99: 0, most: 0)

    /// Equal figures.
    public static func == (a: Row, b: Row) -> Bool {
      (a.pushBelow, a.pulledAuthors, a.writes, a.kept, a.bytes) == (
        b.pushBelow, b.pulledAuthors, b.writes, b.kept, b.bytes
      ) && a.merges == b.merges
    }
  }

  /// Accounts that follow someone or write.
  public let readers: Int
  /// Tweets.
  public let tweets: Int
  /// By threshold, ascending: 1 pushes nobody, the last one everybody.
  public let rows: [Row]

  /// Lists that may be merged in for 99 of 100 readers: a list that lies cold costs some 20 µs, so these cost 1 ms.
  public static let mergesAllowed = 50

  /// The threshold with the fewest writes that leaves 99 of 100 readers `mergesAllowed` lists to merge at most.
  public var recommended: Row { rows.first { $0.merges.p99 <= Self.mergesAllowed } ?? rows[rows.count - 1] }

  /// A plan for what each account of the graph wrote (`tweets`, by number) when `cap` tweets of a timeline are kept.
  public init(_ graph: FollowGraph, tweets: [UInt32], cap: Int, threads: Int) {
    let followers = (0..<tweets.count).map { user in
      tweets[user] == 0 ? 0 : graph.followerCount(UInt32(user), at: FollowGraph.end)
    }
    let thresholds = Self.thresholds(most: followers.max() ?? 0)
    // By author: how many of the thresholds it reaches.
    let classes = followers.map { count in UInt8(thresholds.count { $0 <= count }) }
    let total = tweets.reduce(0) { $0 + Int($1) }
    let step = 1 << 16
    let parts = OrderedWork.map((tweets.count + step - 1) / step, threads: threads) { part in
      Self.part(
        graph, part * step..<min((part + 1) * step, tweets.count), classes, tweets, thresholds.count, total,
        cap: cap)
    }
    var rows = thresholds.map { Row(pushBelow: $0) }
    for place in rows.indices {
      var histogram: [Int] = []
      for part in parts {
        rows[place].writes += part.writes[place]
        rows[place].kept += part.kept[place]
        rows[place].bytes += part.bytes[place]
        for (merges, count) in part.merges[place].enumerated() where count > 0 {
          while histogram.count <= merges { histogram.append(0) }
          histogram[merges] += count
          rows[place].merges.sum += merges * count
        }
      }
      rows[place].bytes += 4 * total
      rows[place].merges.most = max(histogram.count - 1, 0)
      rows[place].merges.p99 = Self.percentile(histogram)
      rows[place].pulledAuthors = tweets.indices.count { tweets[$0] > 0 && Int(classes[$0]) > place }
    }
    self.rows = rows
    self.tweets = total
    readers = parts.reduce(0) { $0 + $1.readers }
  }

  // Powers of ten up to the first that nobody reaches, and all.
  private static func thresholds(most: Int) -> [Int] {
    var thresholds = [1]
    while let last = thresholds.last, last <= most { thresholds.append(last * 10) }
    while thresholds.count < 6 { thresholds.append((thresholds.last ?? 1) * 10) }
    return thresholds
  }

  // The least number that 99 of 100 do not exceed.
  private static func percentile(_ histogram: [Int]) -> Int {
    let total = histogram.reduce(0, +)
    var seen = 0
    for (value, count) in histogram.enumerated() {
      seen += count
      if seen * 100 >= total * 99 { return value }
    }
    return 0
  }

  private struct Part: Sendable {
    var readers = 0
    var writes: [Int]
    var kept: [Int]
    var bytes: [Int]
    // By threshold: how many readers merge so many lists.
    var merges: [[Int]]
  }

  private static func part(
    _ graph: FollowGraph, _ users: Range<Int>, _ classes: [UInt8], _ tweets: [UInt32], _ thresholds: Int,
    _ total: Int, cap: Int
  ) -> Part {
    let zeros = [Int](repeating: 0, count: thresholds)
    var part = Part(
      writes: zeros, kept: zeros, bytes: zeros, merges: Array(repeating: [], count: thresholds))
    var list: [UInt32] = []
    // By class: tweets, and authors.
    var written = [Int](repeating: 0, count: thresholds + 1)
    var lists = written
    for user in users {
      graph.followees(UInt32(user), at: FollowGraph.end, into: &list)
      if list.isEmpty && tweets[user] == 0 { continue }
      part.readers += 1
      for place in written.indices {
        written[place] = 0
        lists[place] = 0
      }
      list.append(UInt32(user))
      for author in list where tweets[Int(author)] > 0 {
        written[Int(classes[Int(author)])] += Int(tweets[Int(author)])
        lists[Int(classes[Int(author)])] += 1
      }
      var pushed = 0
      var merged = lists.reduce(0, +)
      for place in 0..<thresholds {
        pushed += written[place]
        merged -= lists[place]
        part.writes[place] += pushed
        part.kept[place] += min(pushed, cap)
        part.bytes[place] += bytes(min(pushed, cap), of: total, pushed)
        while part.merges[place].count <= merged { part.merges[place].append(0) }
        part.merges[place][merged] += 1
      }
    }
    return part
  }

  // Entries as varints of the gaps between tweets, were they spread evenly.
  private static func bytes(_ kept: Int, of total: Int, _ pushed: Int) -> Int {
    if kept == 0 { return 0 }
    let gap = total / pushed
    return kept * (gap < 1 << 7 ? 1 : gap < 1 << 14 ? 2 : gap < 1 << 21 ? 3 : 4)
  }
}
