internal import Bytes
public import Containers
internal import Follows
internal import Records
internal import Timelines

/// Reads chunks of canonical records for fan-out. One per thread.
public final class ActivityReader {
  private var records: RecordChunkReader
  private let wantsEngagements: Bool

  /// A reader for `program`, which rejects name. Engagements and likes are collected where they are asked for.
  public init(program: String, wantsEngagements: Bool) {
    records = RecordChunkReader(program: program)
    self.wantsEngagements = wantsEngagements
  }

  /// Reads a chunk. Never throws: what is refused is a reject of the batch.
  ///
  /// What timelines do not use is counted as filtered: tweets without an author, `scrub_geo`, and likes unless they are
  /// asked for.
  public func read(_ chunk: Chunk) -> ActivityBatch {
    var batch = ActivityBatch()
    var ledger = Ledger()
    var rejects: [Reject] = []
    var filtered = 0
    let wantsEngagements = self.wantsEngagements
    records.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        if let facts = TweetFacts(tweet) { batch.tweets.append(facts) } else { filtered += 1 }
        Self.addNames(tweet, &batch.names)
        if wantsEngagements { Self.addEngagements(tweet, &batch.engagements) }
      case .event(let event):
        if try !Self.add(event, &batch, wantsLikes: wantsEngagements) { filtered += 1 }
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
    }
    ledger.filtered = filtered
    batch.relations.ledger = ledger
    batch.relations.rejects = rejects
    return batch
  }

  // Whether the event is used.
  private static func add(_ event: Event, _ batch: inout ActivityBatch, wantsLikes: Bool) throws(Rejection)
    -> Bool
  {
    switch event.kind {
    case .delete: batch.deletes.append(event.tweet)
    case .userDelete: batch.userDeletes.append(event.user)
    case .scrubGeo: return false
    case .like, .unlike:
      if !wantsLikes { return false }
      batch.likes.append(
        LikeChange(
          user: event.user, tweet: event.tweet, at: event.at ?? LikeChange.oldest, isOn: event.kind == .like))
    default:
      guard let change = RelationChange(event) else { return false }
      if change.user == change.target {
        throw Rejection(.badID, "expected two accounts, found \(change.user) twice")
      }
      batch.relations.changes.append(change)
    }
    return true
  }

  private static func addNames(_ tweet: borrowing Tweet, _ names: inout NameBatch) {
    if let user = tweet.user { names.add(user.id, tweet.bytes(user.username), at: tweet.createdAt) }
    for mention in tweet.mentions {
      names.add(mention.id, tweet.bytes(mention.username), at: tweet.createdAt)
    }
    if let reply = tweet.replyTo { names.add(reply.user, tweet.bytes(reply.username), at: tweet.createdAt) }
  }

  private static func addEngagements(_ tweet: borrowing Tweet, _ list: inout [Engagement]) {
    let actor = tweet.user?.id ?? 0
    func add(_ kind: Engagement.Kind, _ recipient: UInt64, _ target: UInt64, _ tweet: borrowing Tweet) {
      list.append(
        Engagement(
          kind, actor: actor, recipient: recipient, tweet: tweet.id, target: target, at: tweet.createdAt,
          isProtected: tweet.user?.protected == true))
    }
    if let retweet = tweet.retweetOf {
      // Its text, and so its mentions, are another's.
      return add(.retweet, retweet.userID, retweet.id, tweet)
    }
    if let reply = tweet.replyTo { add(.reply, reply.user, reply.tweet, tweet) }
    if let quote = tweet.quoteOf { add(.quote, quote.userID, quote.id, tweet) }
    for mention in tweet.mentions where mention.id > 0 { add(.mention, mention.id, 0, tweet) }
  }
}

extension TweetFacts {
  /// The facts of a tweet; nil without an author.
  init?(_ tweet: borrowing Tweet) {
    guard let user = tweet.user, user.id > 0 else { return nil }
    self.init(id: tweet.id, at: tweet.createdAt, author: user.id)
    if let reply = tweet.replyTo { replyTo = reply.user > 0 ? reply.user : Self.someone }
    if let retweet = tweet.retweetOf {
      original = retweet.id
      originalAuthor = retweet.userID
    }
    protection = user.protected.map { $0 ? .protected : .open } ?? .unsaid
  }
}
