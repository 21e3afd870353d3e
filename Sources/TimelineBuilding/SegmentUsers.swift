internal import Timelines

/// The accounts of a segment among those of the whole graph: numbers of both compare as ids do.
struct SegmentUsers {
  /// As numbers of the graph, ascending.
  let users: [UInt32]
  private let ranks: [UInt32]

  /// Those that are used, by number of the graph.
  init(_ isUsed: [Bool]) {
    var users: [UInt32] = []
    var ranks = [UInt32](repeating: 0, count: isUsed.count)
    for user in isUsed.indices where isUsed[user] {
      ranks[user] = UInt32(users.count)
      users.append(UInt32(user))
    }
    self.users = users
    self.ranks = ranks
  }

  /// The segment's number of a used account.
  func number(_ user: UInt32) -> UInt32 { ranks[Int(user)] }

  func renamed(_ row: ChangeRow) -> ChangeRow {
    ChangeRow(owner: number(row.owner), other: number(row.other), stamp: row.stamp)
  }
}
