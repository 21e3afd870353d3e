import Activity
import Follows
import TestSupport
import TimelineBuilding
import TimelineTestSupport
import Timelines

/// The entries of the naive model as a run of `fanout` would read them.
enum StoredTimeline {
  /// A batch of some entries, in their order.
  static func batch(_ entries: [NaiveTimeline.Entry]) -> ActivityBatch {
    var batch = ActivityBatch()
    for entry in entries {
      switch entry {
      case .tweet(let tweet):
        batch.tweets.append(
          TweetFacts(
            id: tweet.id, at: tweet.at, author: tweet.author, replyTo: tweet.replyTo ?? 0,
            original: tweet.retweetOf ?? 0, originalAuthor: tweet.retweetedAuthor ?? 0,
            protection: tweet.isProtected.map { $0 ? .protected : .open } ?? .unsaid))
      case .deleted(let tweet): batch.deletes.append(tweet)
      case .userDeleted(let user): batch.userDeletes.append(user)
      case .edge(let user, let other): batch.relations.edges += [user, other]
      case .change(let change):
        guard let relation = relation(change.kind) else { continue }
        batch.relations.changes.append(
          RelationChange(relation, change.user, change.target, at: change.at, isOn: change.isOn))
      }
    }
    return batch
  }

  private static func relation(_ kind: NaiveTimeline.Change.Kind) -> Relation? {
    switch kind {
    case .follow: .follow
    case .block: .block
    case .mute: .mute
    case .protected: nil
    }
  }

  /// The ids of a timeline. - Throws: what the store throws.
  static func ids(_ store: TimelineStore, _ user: UInt64, at time: Int64?) throws -> [UInt64] {
    var timeline = try Timeline(store, of: user, at: time)
    var ids: [UInt64] = []
    while let entry = try timeline.next() { ids.append(entry.tweet) }
    return ids
  }
}
