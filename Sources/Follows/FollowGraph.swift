/// Who follows, blocks and mutes whom, and who is protected, at any time.
///
/// Accounts go by number (`users`), lists are ascending. Edges without a time are older than every change. A change is in
/// force from its own millisecond on; of two at one time the one that ends the relation holds, in whatever order they
/// came (DESIGN §3). Memory: 3 to 6 bytes an edge, 32 a timed follow, 16 any other change, 16 an account.
public struct FollowGraph: Sendable {
  /// The time after all changes.
  public static let end = Int64.max

  /// The accounts.
  public let users: UserTable
  /// Edges without a time.
  let followees: Adjacency
  let followers: Adjacency
  /// Follows and unfollows, by who follows and by whom.
  let follows: ChangeTable
  let followsOf: ChangeTable
  let blocks: ChangeTable
  let mutes: ChangeTable
  let protection: ChangeTable

  init(users: UserTable, followees: Adjacency, followers: Adjacency, tables: [ChangeTable]) {
    self.users = users
    self.followees = followees
    self.followers = followers
    follows = tables[Int(Relation.follow.rawValue)]
    followsOf = follows.reversed
    blocks = tables[Int(Relation.block.rawValue)]
    mutes = tables[Int(Relation.mute.rawValue)]
    protection = tables[Int(Relation.protected.rawValue)]
  }

  /// Edges and changes that are in the graph, each once.
  public var records: Int { followees.count + changes }
  /// Edges without a time.
  public var edges: Int { followees.count }
  /// Changes with a time, and those other than follows without one.
  public var changes: Int {
    follows.changes.count + blocks.changes.count + mutes.changes.count + protection.changes.count
  }
  /// Edges and changes that were given again.
  public var duplicates: Int {
    followers.duplicates + follows.duplicates + blocks.duplicates + mutes.duplicates + protection.duplicates
  }
  /// Bytes of the edges as they lie in memory, both directions.
  public var edgeBytes: Int { followees.bytes + followers.bytes }
}

extension FollowGraph {
  /// Whether `user` follows `author` at `time`. - Complexity: O(log n) and the shorter of their lists.
  public func follows(_ user: UInt32, _ author: UInt32, at time: Int64) -> Bool {
    if let said = follows.state(user, author, at: time) { return said }
    let forward = followees.list(user)
    let backward = followers.list(author)
    return forward.left <= backward.left
      ? Self.holds(forward, author) : Self.holds(backward, user)
  }

  /// Whether one of the two blocks the other at `time`. - Complexity: O(log n).
  public func isBlocked(_ user: UInt32, _ author: UInt32, at time: Int64) -> Bool {
    blocks.state(user, author, at: time) == true || blocks.state(author, user, at: time) == true
  }

  /// Whether `user` mutes `author` at `time`. - Complexity: O(log n).
  public func mutes(_ user: UInt32, _ author: UInt32, at time: Int64) -> Bool {
    mutes.state(user, author, at: time) == true
  }

  /// Whether `author` is protected at `time`; not before the first word about it. - Complexity: O(log n).
  public func isProtected(_ author: UInt32, at time: Int64) -> Bool {
    protection.state(author, author, at: time) == true
  }

  private static func holds(_ list: Neighbours, _ wanted: UInt32) -> Bool {
    for member in list where member >= wanted { return member == wanted }
    return false
  }
}

extension FollowGraph {
  /// Replaces `list` by those whom `user` follows at `time`. - Complexity: O(its edges and changes).
  public func followees(_ user: UInt32, at time: Int64, into list: inout [UInt32]) {
    Self.merge(followees.list(user), follows, user, time, &list)
  }

  /// Replaces `list` by the followers of `author` at `time`. - Complexity: O(its edges and changes).
  public func followers(_ author: UInt32, at time: Int64, into list: inout [UInt32]) {
    Self.merge(followers.list(author), followsOf, author, time, &list)
  }

  /// How many follow `author` at `time`. - Complexity: O(its changes, each with the shorter of two lists).
  public func followerCount(_ author: UInt32, at time: Int64) -> Int {
    var count = followers.list(author).left
    followsOf.forEachState(followsOf.range(author), at: time) { change, isOn in
      if Self.holds(followees.list(change.other), author) != isOn { count += isOn ? 1 : -1 }
    }
    return count
  }

  // Edges, less those ended, and those begun since, in order.
  private static func merge(
    _ edges: Neighbours, _ table: ChangeTable, _ owner: UInt32, _ time: Int64, _ list: inout [UInt32]
  ) {
    list.removeAll(keepingCapacity: true)
    var edges = edges
    let range = table.range(owner)
    if range.isEmpty {
      list.reserveCapacity(edges.left)
      while let member = edges.next() { list.append(member) }
      return
    }
    var next = edges.next()
    table.forEachState(range, at: time) { change, isOn in
      while let member = next, member < change.other {
        list.append(member)
        next = edges.next()
      }
      if next == change.other { next = edges.next() }
      if isOn { list.append(change.other) }
    }
    while let member = next {
      list.append(member)
      next = edges.next()
    }
  }
}

// For those who store a graph.
extension FollowGraph {
  /// Calls `body` with those whom `user` follows by an edge without a time, ascending. - Complexity: O(its edges).
  package func forEachEdge(_ user: UInt32, _ body: (UInt32) -> Void) {
    for other in followees.list(user) { body(other) }
  }

  /// Calls `body` with owner, other, time and state of every change of `relation`, in the order of the first three; of
  /// one time ending comes last.
  package func forEachChange(_ relation: Relation, _ body: (UInt32, UInt32, Int64, Bool) -> Void) {
    let table =
      switch relation {
      case .follow: follows
      case .block: blocks
      case .mute: mutes
      case .protected: protection
      }
    for change in table.changes { body(change.owner, change.other, change.stamp >> 1, change.isOn) }
  }
}
