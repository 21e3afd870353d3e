extension FollowGraph {
  /// When the follow of `author` by `user` began that is in force at the end; nil when none is, `RelationChange.oldest` when
  /// it is an edge without a time. A follow that is given again began when it was given first.
  ///
  /// - Complexity: O(log n), the changes between the two, and the shorter of their lists.
  public func beginning(ofFollow user: UInt32, _ author: UInt32) -> Int64? {
    var began = follows(user, author, at: RelationChange.oldest) ? RelationChange.oldest : nil
    for change in follows.changes[follows.range(user, author)] {
      began = change.isOn ? began ?? change.stamp >> 1 : nil
    }
    return began
  }
}
