internal import Follows

/// The follows of a run that began at a known time. Memory: 24 bytes each.
struct FollowLog {
  private struct Beginning: Comparable {
    var target: UInt64
    var user: UInt64
    var at: Int64

    static func < (a: Beginning, b: Beginning) -> Bool {
      (a.target, a.user, a.at) < (b.target, b.user, b.at)
    }
  }
  private var list: [Beginning] = []

  /// Adds a change; others than beginning follows, and those without a time, tell nobody anything.
  mutating func add(_ change: RelationChange) {
    guard change.relation == .follow, change.isOn, change.at > RelationChange.oldest else { return }
    list.append(Beginning(target: change.target, user: change.user, at: change.at))
  }

  /// Hands to `body` those that began a follow which is in force at the end, each once, by who is followed and by whom.
  /// - Complexity: O(n log n).
  consuming func forEach(_ graph: FollowGraph, _ body: (Notice) throws -> Void) rethrows {
    list.sort()
    for index in list.indices where index == 0 || list[index] != list[index - 1] {
      let follow = list[index]
      guard let user = graph.users.number(of: follow.user),
        let target = graph.users.number(of: follow.target),
        graph.beginning(ofFollow: user, target) == follow.at
      else { continue }
      try body(Notice(.follow, user: follow.target, actor: follow.user, tweet: 0, at: follow.at))
    }
  }
}
