internal import Bytes

/// How many follow each account and how many it follows, at the end of the input.
struct Degrees: Sendable {
  private(set) var followers: [UInt32] = []
  private(set) var followees: [UInt32] = []
  /// Pairs that follow each other.
  private(set) var mutual = 0

  /// Counts them. - Complexity: O(follows).
  init(_ graph: FollowGraph, threads: Int) {
    let parts = Self.parts(graph.users.count)
    let counted = OrderedWork.map(parts.count, threads: threads) { Self.count(graph, parts[$0]) }
    followers.reserveCapacity(graph.users.count)
    followees.reserveCapacity(graph.users.count)
    for part in counted {
      followers += part.followers
      followees += part.followees
      mutual += part.mutual
    }
  }

  /// Accounts in ranges that threads share out.
  static func parts(_ users: Int) -> [Range<Int>] {
    stride(from: 0, to: users, by: 1 << 14).map { $0..<min($0 + 1 << 14, users) }
  }

  private static func count(_ graph: FollowGraph, _ part: Range<Int>)
    -> (followers: [UInt32], followees: [UInt32], mutual: Int)
  {
    var followers: [UInt32] = []
    var followees: [UInt32] = []
    var mutual = 0
    var inward: [UInt32] = []
    var outward: [UInt32] = []
    for user in part {
      graph.followers(UInt32(user), at: FollowGraph.end, into: &inward)
      graph.followees(UInt32(user), at: FollowGraph.end, into: &outward)
      followers.append(UInt32(inward.count))
      followees.append(UInt32(outward.count))
      mutual += common(inward, outward, above: UInt32(user))
    }
    return (followers, followees, mutual)
  }

  // Members of both lists, each pair of accounts counted at the smaller one.
  private static func common(_ a: [UInt32], _ b: [UInt32], above user: UInt32) -> Int {
    var i = a.count
    var j = b.count
    var count = 0
    while i > 0, j > 0, a[i - 1] > user, b[j - 1] > user {
      if a[i - 1] == b[j - 1] {
        count += 1
        i -= 1
        j -= 1
      } else if a[i - 1] > b[j - 1] {
        i -= 1
      } else {
        j -= 1
      }
    }
    return count
  }
}
