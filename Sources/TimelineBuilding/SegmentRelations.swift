internal import Commits
internal import Timelines
internal import Follows

extension ChangeKind {
  /// The relation of which it is one side.
  var relation: Relation {
    switch self {
    case .follow: .follow
    case .block, .blockedBy: .block
    case .mute: .mute
    }
  }
}

extension FollowGraph {
  /// All changes, a list a kind, sorted.
  var changeRows: [[ChangeRow]] {
    ChangeKind.allCases.map { kind in
      var rows: [ChangeRow] = []
      forEachChange(kind.relation) { owner, other, at, isOn in
        let row = ChangeRow(owner: owner, other: other, stamp: at << 1 | (isOn ? 0 : 1))
        rows.append(kind == .blockedBy ? ChangeRow(owner: other, other: owner, stamp: row.stamp) : row)
      }
      if kind == .blockedBy { rows.sort() }
      return rows
    }
  }
}

extension TimelineSegment {
  /// Adds its accounts, edges and changes to a log. - Throws: `SegmentError`.
  func addGraph(to log: inout RelationLog) throws(SegmentError) {
    // One hash look-up an account, none an edge.
    var names: [UInt32] = []
    names.reserveCapacity(users)
    for user in 0..<UInt32(users) {
      let id = try id(user)
      guard id > 0 else {
        throw .corrupt(
          file: archive.file, member: TimelineFormat.Member.users.rawValue, offset: 8 * Int(user),
          reason: "an account with the id 0")
      }
      names.append(log.add(user: id))
    }
    var list: [UInt32] = []
    for user in 0..<UInt32(users) {
      try followees(user, into: &list)
      for other in list { log.add(numbered: names[Int(user)], names[Int(other)]) }
    }
    for kind in [ChangeKind.follow, .block, .mute] {
      for index in 0..<changes.count(kind) {
        let row = try changes.row(kind, index)
        log.add(
          RelationChange(
            kind.relation, try id(row.owner), try id(row.other), at: row.at, isOn: row.isOn))
      }
    }
  }

  /// Appends its edges and changes as numbers of a graph that knows its accounts.
  func addRelations(numbers: UserTable, edges: inout [UInt64], changes rows: inout [[ChangeRow]])
    throws(SegmentError)
  {
    let names = try self.numbers(numbers)
    var list: [UInt32] = []
    for user in 0..<UInt32(users) {
      try followees(user, into: &list)
      for other in list { edges.append(UInt64(names[Int(user)]) << 32 | UInt64(names[Int(other)])) }
    }
    for kind in ChangeKind.allCases {
      for index in 0..<changes.count(kind) {
        var row = try changes.row(kind, index)
        row.owner = try number(row.owner, names)
        row.other = try number(row.other, names)
        rows[kind.rawValue].append(row)
      }
    }
  }

  /// Those for whom older segments hold no longer all, as numbers of a graph.
  func resets(numbers: UserTable) throws(SegmentError) -> [UInt32] {
    let names = try self.numbers(numbers)
    var resets: [UInt32] = []
    for user in 0..<UInt32(users) where try flags(user).contains(.reset) { resets.append(names[Int(user)]) }
    return resets
  }

  private func numbers(_ table: UserTable) throws(SegmentError) -> [UInt32] {
    var names: [UInt32] = []
    names.reserveCapacity(users)
    for user in 0..<UInt32(users) {
      let id = try id(user)
      guard let number = table.number(of: id) else { fatalError("account \(id) has no number") }
      names.append(number)
    }
    return names
  }

  private func number(_ user: UInt32, _ names: [UInt32]) throws(SegmentError) -> UInt32 {
    // Throws for a number that is none.
    _ = try id(user)
    return names[Int(user)]
  }
}

/// What a run says of the graph that no older segment says.
struct NewRelations {
  /// Follower and followee in one word each, as numbers of the whole graph, ascending.
  private(set) var edges: [UInt64] = []
  /// A list a kind, sorted.
  private(set) var changes: [[ChangeRow]] = Array(repeating: [], count: ChangeKind.allCases.count)
  /// Those who begin to follow someone, ascending.
  private(set) var beginners: [UInt32] = []
  /// Edges and changes that were known.
  private(set) var known = 0

  /// - Complexity: O(edges of the run), and of their followers in the older segments.
  init(_ run: FollowGraph, beyond segments: [TimelineSegment], numbers: UserTable) throws(SegmentError) {
    let names = (0..<UInt32(run.users.count)).map { user -> UInt32 in
      guard let number = numbers.number(of: run.users.id(user)) else { fatalError("no number") }
      return number
    }
    var list: [UInt32] = []
    var old: [UInt64] = []
    for user in 0..<UInt32(run.users.count) {
      var own: [UInt32] = []
      run.forEachEdge(user) { own.append($0) }
      if own.isEmpty { continue }
      old.removeAll(keepingCapacity: true)
      for segment in segments {
        guard let number = try segment.number(of: run.users.id(user)) else { continue }
        try segment.followees(number, into: &list)
        for other in list { old.append(try segment.id(other)) }
      }
      old = old.sortedDistinct()
      var isBeginner = false
      for other in own {
        if old.holds(run.users.id(other)) {
          known += 1
          continue
        }
        edges.append(UInt64(names[Int(user)]) << 32 | UInt64(names[Int(other)]))
        isBeginner = true
      }
      if isBeginner { beginners.append(names[Int(user)]) }
    }
    for (kind, rows) in zip(ChangeKind.allCases, run.changeRows) {
      for row in rows {
        if try Self.isKnown(row, kind, run.users, segments) {
          if kind != .blockedBy { known += 1 }
          continue
        }
        let owner = names[Int(row.owner)]
        changes[kind.rawValue].append(
          ChangeRow(owner: owner, other: names[Int(row.other)], stamp: row.stamp))
        if kind == .follow && row.isOn { beginners.append(owner) }
      }
    }
    beginners = beginners.sortedDistinct()
  }

  private static func isKnown(
    _ row: ChangeRow, _ kind: ChangeKind, _ users: UserTable, _ segments: [TimelineSegment]
  ) throws(SegmentError) -> Bool {
    for segment in segments where segment.changes.count(kind) > 0 {
      guard let owner = try segment.number(of: users.id(row.owner)),
        let other = try segment.number(of: users.id(row.other))
      else { continue }
      if try segment.changes.holds(kind, ChangeRow(owner: owner, other: other, stamp: row.stamp)) {
        return true
      }
    }
    return false
  }
}
