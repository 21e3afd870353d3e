internal import Follows

/// Who is told nothing: by the graph as it stood when it happened, and by what was deleted, whatever came first.
struct NoticeRules<Known: KnownTweets> {
  let graph: FollowGraph
  let known: Known
  let holds: (UInt64) -> Bool

  /// Whether `notice.user` is told.
  /// - Parameter isProtected: whether only followers of the actor may see what it does.
  /// - Complexity: O(log n), and where `isProtected` the shorter of two lists of the graph.
  func allow(_ notice: Notice, isProtected: Bool = false) -> Bool {
    if notice.user == notice.actor || !holds(notice.user) { return false }
    if known.isDeleted(user: notice.actor) || known.isDeleted(user: notice.user) { return false }
    if notice.tweet > 0 && known.isDeleted(tweet: notice.tweet) { return false }
    guard let user = graph.users.number(of: notice.user), let actor = graph.users.number(of: notice.actor)
    else { return !isProtected }
    if graph.mutes(user, actor, at: notice.at) || graph.isBlocked(user, actor, at: notice.at) { return false }
    return !isProtected || graph.follows(user, actor, at: notice.at)
  }
}
