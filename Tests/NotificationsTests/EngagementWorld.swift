import Activity
import Bytes
import Follows
import TestSupport

@testable import Notifications

/// Small worlds in which everything meets everything, and what the library makes of them.
struct EngagementWorld {
  var model = NaiveEngagements()
  var batches: [ActivityBatch] = []

  /// What a run writes.
  struct Output {
    var notices: [String] = []
    var counters: [String] = []
    var sums = EngagementSums()
  }

  // What nothing but the test knows of tweets.
  private struct Known: KnownTweets {
    var model: NaiveEngagements
    func find(_ table: inout AuthorTable) throws {
      for (id, author) in model.authors where !model.deletedTweets.contains(id) {
        table.set(id, author: author)
      }
    }
    func isDeleted(tweet: UInt64) -> Bool { model.deletedTweets.contains(tweet) }
    func isDeleted(user: UInt64) -> Bool { model.deletedUsers.contains(user) }
    var hasDeletedUsers: Bool { !model.deletedUsers.isEmpty }
  }

  /// Accounts 1 to 7, tweets from 100 on, times 0 to 40 ms.
  init(seed: UInt64, count: Int = 160) {
    var random = SeededGenerator(seed: seed)
    for index in 0..<count { add(index, &random) }
    if seed % 3 == 0 { model.deletedUsers.insert(UInt64.random(in: 1...7, using: &random)) }
  }

  private mutating func add(_ index: Int, _ random: inout SeededGenerator) {
    let user = UInt64.random(in: 1...7, using: &random)
    let other = UInt64.random(in: 1...7, using: &random)
    let at = Int64.random(in: 0...40, using: &random)
    let tweets = model.authors.keys.sorted()
    let target = tweets.randomElement(using: &random) ?? 99
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<8: addTweet(UInt64(100 + index), by: user, at: at, target, other, &random)
    case 8..<13:
      let isOn = Int.random(in: 0..<3, using: &random) > 0
      let time = Int.random(in: 0..<9, using: &random) == 0 ? LikeChange.oldest : at
      model.likes.append(
        LikeChange(user: user, tweet: Bool.random(using: &random) ? target : 104, at: time, isOn: isOn))
    case 13: model.deletedTweets.insert(UInt64(100 + Int.random(in: 0..<200, using: &random)))
    case 14: if user != other { model.edges.append((user, other)) }
    default:
      let relation =
        [Relation.follow, .follow, .follow, .block, .mute].randomElement(using: &random) ?? .follow
      if user != other {
        model.changes.append(RelationChange(relation, user, other, at: at, isOn: Bool.random(using: &random)))
      }
    }
  }

  private mutating func addTweet(
    _ id: UInt64, by user: UInt64, at: Int64, _ target: UInt64, _ other: UInt64,
    _ random: inout SeededGenerator
  ) {
    model.authors[id] = user
    let isProtected = Int.random(in: 0..<4, using: &random) == 0
    func engage(_ kind: Engagement.Kind, _ recipient: UInt64, _ target: UInt64) {
      model.engagements.append(
        Engagement(
          kind, actor: user, recipient: recipient, tweet: id, target: target, at: at, isProtected: isProtected
        ))
    }
    // The author of a target that nobody knows is someone all the same.
    let author = Bool.random(using: &random) ? 0 : model.authors[target] ?? other
    if Int.random(in: 0..<4, using: &random) == 0 { return engage(.retweet, author, target) }
    if Bool.random(using: &random) { engage(.reply, author, target) }
    if Bool.random(using: &random) { engage(.quote, author, target) }
    if Bool.random(using: &random) { engage(.mention, other, 0) }
    if Bool.random(using: &random) { engage(.mention, model.authors[target] ?? other, 0) }
  }

  /// All of it as a run reads it: in one batch, or shuffled, with repetitions, in many.
  func input(shuffled random: inout SeededGenerator, repeats: Bool) -> [ActivityBatch] {
    var parts: [ActivityBatch] = []
    func add(_ fill: (inout ActivityBatch) -> Void) {
      var batch = ActivityBatch()
      fill(&batch)
      parts.append(batch)
      if repeats && Bool.random(using: &random) { parts.append(batch) }
    }
    for engagement in model.engagements { add { $0.engagements = [engagement] } }
    for like in model.likes { add { $0.likes = [like] } }
    for edge in model.edges { add { $0.relations.edges = [edge.0, edge.1] } }
    for change in model.changes { add { $0.relations.changes = [change] } }
    if repeats { parts.shuffle(using: &random) }
    return parts
  }

  /// Runs the library.
  /// - Parameter limit: rows in memory.
  func run(
    _ input: [ActivityBatch], _ wishes: EngagementLog.Wishes, limit: Int = 1 << 20, shard: UInt64 = 0,
    of shards: UInt64 = 1
  ) throws -> Output {
    let folder = TemporaryDirectory()
    var log = EngagementLog(folder: folder.path, wishes, limit: limit) { $0 % shards == shard }
    var relations = RelationLog()
    for batch in input {
      try log.add(batch)
      relations.add(batch.relations)
    }
    var output = Output()
    var notices: [UInt8] = []
    var counters: [UInt8] = []
    output.sums = try log.finish(
      relations.finish(threads: 1), Known(model: model), notices: { notices += $0.array },
      counters: { counters += $0.array })
    output.notices = String(decoding: notices, as: UTF8.self).split(separator: "\n").map(String.init)
    output.counters = String(decoding: counters, as: UTF8.self).split(separator: "\n").map(String.init)
    return output
  }
}
