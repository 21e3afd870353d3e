import Activity
import Follows

/// The definitions of notifications and counters and nothing else: looks at all of the input for every question.
struct NaiveEngagements {
  var engagements: [Engagement] = []
  var likes: [LikeChange] = []
  var edges: [(UInt64, UInt64)] = []
  var changes: [RelationChange] = []
  /// Tweets and their authors.
  var authors: [UInt64: UInt64] = [:]
  var deletedTweets: Set<UInt64> = []
  var deletedUsers: Set<UInt64> = []

  struct Notice: Hashable {
    var kind: String
    var user: UInt64
    var actor: UInt64
    var tweet: UInt64
    /// Nil without a time.
    var at: Int64?

    var line: String {
      let id = tweet > 0 ? "\(kind):\(user):\(actor):\(tweet)" : "\(kind):\(user):\(actor)"
      var text = "{\"type\":\"notification\",\"id\":\"\(id)\",\"user\":\"\(user)\",\"kind\":\"\(kind)\""
      text += ",\"actor\":\"\(actor)\""
      if tweet > 0 { text += ",\"tweet\":\"\(tweet)\"" }
      if let at { text += ",\"at\":\"\(NaiveEngagements.time(at))\"" }
      return text + "}"
    }
  }

  /// Of times below a second.
  static func time(_ at: Int64) -> String { "1970-01-01T00:00:00.\(String(at + 1000).suffix(3))Z" }

  // MARK: The graph

  func isOn(_ relation: Relation, _ user: UInt64, _ target: UInt64, at time: Int64) -> Bool {
    var state = relation == .follow && edges.contains { $0 == (user, target) }
    var latest = Int64.min
    for change in changes
    where change.relation == relation && change.user == user && change.target == target && change.at <= time {
      if change.at > latest {
        state = change.isOn
      } else if change.at == latest {
        state = state && change.isOn
      }
      latest = max(latest, change.at)
    }
    return state
  }

  // Nobody is told of what he does, nor by an account that he muted, or that a block parts from him.
  func tells(_ user: UInt64, of actor: UInt64, at time: Int64) -> Bool {
    user != actor && !deletedUsers.contains(user) && !deletedUsers.contains(actor)
      && !isOn(.mute, user, actor, at: time) && !isOn(.block, user, actor, at: time)
      && !isOn(.block, actor, user, at: time)
  }

  func author(_ tweet: UInt64) -> UInt64? {
    guard let author = authors[tweet], !deletedTweets.contains(tweet), !deletedUsers.contains(author) else {
      return nil
    }
    return author
  }

  /// Since when a like is in force at the end; nil when it is not.
  func began(_ like: LikeChange) -> Int64? {
    let all = likes.filter { $0.user == like.user && $0.tweet == like.tweet }
    let ended = all.filter { !$0.isOn }.map(\.at).max()
    return all.filter { like in like.isOn && ended.map { like.at > $0 } ?? true }.map(\.at).min()
  }

  // MARK: Notifications

  func notices() -> Set<Notice> {
    var notices = Set<Notice>()
    for (index, kind) in ["reply", "quote", "mention", "retweet"].enumerated() {
      for notice in ofTweets(kind) {
        let stronger = ["reply", "quote", "mention"].prefix(index).contains { stronger in
          ofTweets(stronger).contains { $0.user == notice.user && $0.tweet == notice.tweet }
        }
        if !stronger { notices.insert(notice) }
      }
    }
    for like in likes {
      guard let at = began(like), let author = author(like.tweet), tells(author, of: like.user, at: at) else {
        continue
      }
      notices.insert(
        Notice(
          kind: "like", user: author, actor: like.user, tweet: like.tweet,
          at: at == LikeChange.oldest ? nil : at)
      )
    }
    for change in changes where change.relation == .follow && change.isOn && change.at > RelationChange.oldest
    {
      // In force from then to the end, and not before.
      let times = changes.map(\.at).filter { $0 >= change.at }
      if times.allSatisfy({ isOn(.follow, change.user, change.target, at: $0) }),
        !isOn(.follow, change.user, change.target, at: change.at - 1),
        tells(change.target, of: change.user, at: change.at)
      {
        notices.insert(
          Notice(kind: "follow", user: change.target, actor: change.user, tweet: 0, at: change.at))
      }
    }
    return notices
  }

  private func ofTweets(_ kind: String) -> [Notice] {
    engagements.compactMap { engagement in
      guard "\(engagement.kind)" == kind, !deletedTweets.contains(engagement.tweet) else { return nil }
      if kind == "retweet" && deletedTweets.contains(engagement.target) { return nil }
      guard let user = engagement.recipient > 0 ? engagement.recipient : author(engagement.target),
        tells(user, of: engagement.actor, at: engagement.at),
        !engagement.isProtected || isOn(.follow, user, engagement.actor, at: engagement.at)
      else { return nil }
      return Notice(
        kind: kind, user: user, actor: engagement.actor, tweet: engagement.tweet, at: engagement.at)
    }
  }

  /// The lines that are to come.
  func lines() -> [String] {
    notices().sorted { a, b in
      if a.at != b.at { return (a.at ?? .min) < (b.at ?? .min) }
      if a.kind != b.kind { return a.kind < b.kind }
      return (a.user, a.actor, a.tweet) < (b.user, b.actor, b.tweet)
    }.map(\.line)
  }

  // MARK: Counters

  /// What is counted of each tweet, by name.
  func counters() -> [UInt64: [String: Int]] {
    var counters: [UInt64: [String: Int]] = [:]
    func isGone(_ tweet: UInt64, _ user: UInt64?) -> Bool {
      deletedTweets.contains(tweet) || user.map { deletedUsers.contains($0) } ?? false
    }
    let names: [Engagement.Kind: String] = [.reply: "replies", .quote: "quotes", .retweet: "retweets"]
    for engagement in Set(engagements) where engagement.target > 0 {
      guard let name = names[engagement.kind], !isGone(engagement.tweet, engagement.actor),
        !isGone(
          engagement.target, engagement.recipient > 0 ? engagement.recipient : authors[engagement.target])
      else { continue }
      counters[engagement.target, default: [:]][name, default: 0] += 1
    }
    struct Pair: Hashable {
      var user: UInt64
      var tweet: UInt64
    }
    for pair in Set(likes.filter { began($0) != nil }.map { Pair(user: $0.user, tweet: $0.tweet) })
    where !deletedUsers.contains(pair.user) && !isGone(pair.tweet, authors[pair.tweet]) {
      counters[pair.tweet, default: [:]]["likes", default: 0] += 1
    }
    return counters
  }
}
