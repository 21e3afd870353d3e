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
            protection: protection(tweet)))
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

  /// What a tweet's record says of its author's protection, drawn from its id: of a third nothing, of a third each.
  static func protection(_ tweet: NaiveTimeline.Tweet) -> TweetFacts.Protection {
    switch (tweet.id &* 2_654_435_761) >> 7 % 3 {
    case 0: .unsaid
    case 1: .open
    default: .protected
    }
  }

  /// The entries with what their tweets say of protection, and without what nothing but a tweet can say.
  static func told(_ entries: [NaiveTimeline.Entry]) -> [NaiveTimeline.Entry] {
    var told: [NaiveTimeline.Entry] = []
    let model = NaiveTimeline(entries)
    for entry in entries {
      if case .change(let change) = entry, change.kind == .protected { continue }
      told.append(entry)
      // A deleted tweet says nothing any more.
      if case .tweet(let tweet) = entry, protection(tweet) != .unsaid, !model.isGone(tweet) {
        told.append(
          .change(
            NaiveTimeline.Change(
              .protected, tweet.author, tweet.author, at: tweet.at, on: protection(tweet) == .protected)))
      }
    }
    return told
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

extension NaiveTimeline {
  /// Whether a tweet, what it retweets, or the author of either was deleted.
  func isGone(_ tweet: Tweet) -> Bool {
    entries.contains { entry in
      switch entry {
      case .deleted(let id): id == tweet.id || id == tweet.retweetOf
      case .userDeleted(let user): user == tweet.author || user == tweet.retweetedAuthor
      default: false
      }
    }
  }
}
