internal import Bytes
internal import Follows

/// Who follows whom at the end of a run, for some accounts: ascending numbers, the account itself among them, since one
/// sees one's own tweets, and replies to oneself.
///
/// Memory: 4 bytes a follower and account.
struct Audiences: Sendable {
  /// Whose lists there are, ascending.
  let accounts: [UInt32]
  /// By account: the place of its list, or −1.
  private(set) var lists: [Int32]
  /// Where each list begins in `members`, and where the last one ends.
  private(set) var starts: [Int]
  /// All lists, one behind the other.
  private(set) var members: [UInt32]

  /// Accounts whose lists one worker makes at a time.
  private static let step = 4096

  /// The lists of `accounts`, ascending. - Complexity: O(their followers).
  init(_ graph: FollowGraph, of accounts: [UInt32], threads: Int) {
    self.accounts = accounts
    lists = [Int32](repeating: -1, count: graph.users.count)
    for (place, account) in accounts.enumerated() { lists[Int(account)] = Int32(place) }
    starts = [0]
    starts.reserveCapacity(accounts.count + 1)
    members = []
    let pieces = (accounts.count + Self.step - 1) / Self.step
    let next = BoundedQueue<Int>(capacity: max(pieces, 1))
    for piece in 0..<pieces { next.push(piece) }
    next.close()
    var made: (starts: [Int], members: [UInt32]) = ([0], [])
    // Nothing throws.
    try? OrderedWork.run(
      threads: threads, produce: { next.pop() }, context: {},
      work: { _, piece in
        Self.lists(graph, accounts[piece * Self.step..<min((piece + 1) * Self.step, accounts.count)])
      },
      consume: { part in
        for end in part.ends { made.starts.append(made.members.count + end) }
        made.members += part.members
      })
    starts = made.starts
    members = made.members
  }

  private static func lists(_ graph: FollowGraph, _ accounts: ArraySlice<UInt32>) -> (
    ends: [Int], members: [UInt32]
  ) {
    var ends: [Int] = []
    var members: [UInt32] = []
    var list: [UInt32] = []
    for account in accounts {
      graph.followers(account, at: FollowGraph.end, into: &list)
      var isIn = false
      for follower in list {
        if !isIn && follower >= account {
          isIn = true
          if follower > account { members.append(account) }
        }
        members.append(follower)
      }
      if !isIn { members.append(account) }
      ends.append(members.count)
    }
    return (ends, members)
  }

  /// How many lists there are.
  var count: Int { starts.count - 1 }

  /// The part of a list that lies in a range of users. - Complexity: O(log n).
  @inline(__always)
  static func part(_ members: Span<UInt32>, _ range: Range<Int>, of users: Range<Int>) -> Range<Int> {
    let start = place(members, range, UInt32(users.lowerBound))
    let end = place(members, start..<range.upperBound, UInt32(truncatingIfNeeded: users.upperBound))
    return start..<end
  }

  // The first place of `range` whose member is not below `user`.
  private static func place(_ members: Span<UInt32>, _ range: Range<Int>, _ user: UInt32) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < user { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
