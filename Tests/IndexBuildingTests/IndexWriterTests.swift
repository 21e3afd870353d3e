import Commits
import Bytes
import Foundation
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

/// Random streams of tweets and deletes, and what must come of them whatever their order.
struct RandomStream {
  /// One tweet as the model sees it.
  struct Tweet {
    var id: UInt64
    var user: UInt64
    var retweets: UInt64
    var quotes: UInt64
    var hasGeo: Bool
    var likes: Int

    var line: String {
      var more = "\"user\":{\"id\":\"\(user)\",\"username\":\"u\(user)\"}"
      if retweets > 0 {
        more += ",\"retweet_of\":{\"id\":\"\(retweets)\",\"user\":{\"id\":\"\(retweets % 5 + 1)\"}}"
      }
      if quotes > 0 {
        more +=
          ",\"quote_of\":{\"id\":\"\(quotes)\",\"user\":{\"id\":\"\(quotes % 5 + 1)\"},\"text\":\"quoted \(quotes)\"}"
      }
      if hasGeo { more += ",\"geo\":{\"place\":\"Kiel\",\"country\":\"DE\"}" }
      if likes >= 0 { more += ",\"counts\":{\"likes\":\(likes)}" }
      return IndexLab.tweet(id, "word\(id % 7) and word\(id % 11)", more)
    }
  }
  enum Item {
    case tweet(Tweet), delete(UInt64), userDelete(UInt64), scrub(UInt64, UInt64)

    var line: String {
      switch self {
      case .tweet(let tweet): tweet.line
      case .delete(let id): "{\"type\":\"delete\",\"id\":\"\(id)\"}"
      case .userDelete(let user): "{\"type\":\"user_delete\",\"user\":\"\(user)\"}"
      case .scrub(let user, let upTo):
        "{\"type\":\"scrub_geo\",\"user\":\"\(user)\"" + (upTo > 0 ? ",\"up_to\":\"\(upTo)\"}" : "}")
      }
    }
  }

  static let base: UInt64 = 1_034_898_743_869_534_208

  /// A tweet's author follows from its id (as in the world), so that versions differ in counts only.
  static func random(_ count: Int, deletes: Int, _ random: inout SeededGenerator) -> [Item] {
    func id() -> UInt64 { base + UInt64.random(in: 0..<40, using: &random) }
    var items: [Item] = (0..<count).map { _ in
      let id = id()
      return .tweet(
        Tweet(
          id: id, user: id % 5 + 1, retweets: id % 4 == 0 ? base + id % 13 : 0,
          quotes: id % 4 == 1 ? base + id % 17 : 0,
          hasGeo: id % 3 == 0, likes: Int.random(in: -1..<20, using: &random)))
    }
    for _ in 0..<deletes {
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1: items.append(.delete(id()))
      case 2: items.append(.userDelete(UInt64.random(in: 1..<9, using: &random)))
      default:
        items.append(.scrub(UInt64.random(in: 1..<6, using: &random), Bool.random(using: &random) ? 0 : id()))
      }
    }
    return items.shuffled(using: &random)
  }

  /// The live tweets, by the contract: highest counts, tombstones win, retweets of the deleted hide, quotes lose their text.
  static func model(_ items: [Item]) -> [String] {
    var tweets: [UInt64: Tweet] = [:]
    var deleted = Set<UInt64>()
    var users = Set<UInt64>()
    var scrubs: [(user: UInt64, upTo: UInt64)] = []
    for item in items {
      switch item {
      case .tweet(var tweet):
        tweet.likes = max(tweet.likes, tweets[tweet.id]?.likes ?? -1)
        tweets[tweet.id] = tweet
      case .delete(let id): deleted.insert(id)
      case .userDelete(let user): users.insert(user)
      case .scrub(let user, let upTo): scrubs.append((user, upTo == 0 ? .max : upTo))
      }
    }
    func isGone(_ id: UInt64, _ user: UInt64) -> Bool { deleted.contains(id) || users.contains(user) }
    return tweets.values.sorted { $0.id < $1.id }.compactMap { tweet in
      if isGone(tweet.id, tweet.user) || tweet.retweets > 0 && isGone(tweet.retweets, tweet.retweets % 5 + 1)
      {
        return nil
      }
      var shown = tweet
      if scrubs.contains(where: { $0.user == tweet.user && tweet.id <= $0.upTo }) { shown.hasGeo = false }
      let line = shown.line
      return tweet.quotes > 0 && isGone(tweet.quotes, tweet.quotes % 5 + 1)
        ? line.replacing(",\"text\":\"quoted \(tweet.quotes)\"", with: "") : line
    }
  }
}

@Suite struct IndexWriterTests {
  /// The records of an index without its tombstones, in the words of the model.
  static func records(_ path: String) throws -> [String] {
    try IndexLab.dump(path).filter { $0.hasPrefix("{\"type\":\"tweet\"") }.map(Self.plain)
  }

  // The canonical order of keys is another than the model's.
  static func plain(_ line: String) -> String {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)),
      let data = try? JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    else { return line }
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    "deletes, replacements and scrubs give what a naive model gives, in any order and any number of commits",
    arguments: 0..<14)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let items = RandomStream.random(60, deletes: Int(seed) % 7, &random)
    let expected = RandomStream.model(items).map(Self.plain)
    let folder = TemporaryDirectory()
    var merged: [UInt8]?
    for (round, every) in [nil, 7, 20].enumerated() as EnumeratedSequence<[Int?]> {
      let path = folder.file("index\(round)")
      let lines = (round == 0 ? items : items.shuffled(using: &random)).map(\.line)
      try IndexLab.build(path, lines, every: every, threads: round % 2 + 1)
      #expect(try Self.records(path) == expected)
      #expect(try IndexLab.problems(path) == [])
      try IndexLab.build(path, [], merge: true)
      #expect(try Self.records(path) == expected)
      let files = try IndexLab.segmentFiles(path)
      #expect(files.count <= 1)
      let bytes = try files.first.map { try IndexLab.bytes($0) } ?? []
      #expect(merged == nil || merged == bytes, "a merge gives the bytes of one build")
      merged = bytes
    }
  }

  static func manyLines(_ random: inout SeededGenerator) -> [String] {
    (0..<500).map { index in
      IndexLab.tweet(
        RandomStream.base + UInt64(index) * 1000,
        "word\(Int.random(in: 0..<90, using: &random)) x\(index % 3) x\(index % 3)",
        "\"user\":{\"id\":\"\(index % 40 + 1)\",\"username\":\"U\(index % 40)\"},\"hashtags\":[\"T\(index % 6)\"]"
      )
    }
  }

  @Test(
    "shuffled, repeated, in many commits and merged, on one thread or two: the same bytes as one build",
    arguments: 0..<3)
  func sameBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = Self.manyLines(&random)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("one"), lines)
    let expected = try IndexLab.segmentFiles(folder.file("one")).map { try IndexLab.bytes($0) }
    #expect(expected.count == 1)
    let ways: [(String, [String], Int?, Int)] = [
      ("shuffled", lines.shuffled(using: &random), nil, 1), ("threads", lines, nil, 2),
      ("repeated", lines + lines, nil, 1),
      ("commits", lines, 60, 1), ("both", lines.shuffled(using: &random) + lines, 130, 2),
    ]
    for (name, input, every, threads) in ways {
      try IndexLab.build(folder.file(name), input, every: every, threads: threads, merge: every != nil)
      let found = try IndexLab.segmentFiles(folder.file(name)).map { try IndexLab.bytes($0) }
      #expect(found == expected, "\(name)")
    }
  }

  @Test("repeating an input publishes no new commit") func repeated() throws {
    var random = SeededGenerator(seed: 1)
    let lines = Self.manyLines(&random)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), lines)
    let generation = try IndexReader(folder.file("i")).generation
    try IndexLab.build(folder.file("i"), lines.shuffled(using: &random))
    #expect(try IndexReader(folder.file("i")).generation == generation)
  }

  @Test("--replace publishes this run's records only, and keeps tombstones") func replace() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(
      path,
      [IndexLab.tweet(1000, "old"), IndexLab.tweet(1001, "deleted"), "{\"type\":\"delete\",\"id\":\"1001\"}"])
    try IndexLab.build(
      path, [IndexLab.tweet(1002, "new"), IndexLab.tweet(1001, "deleted, again")], replace: true)
    #expect(
      try IndexLab.dump(path) == [
        IndexLab.tweet(1002, "new"), "{\"type\":\"delete\",\"id\":\"1001\"}",
      ])
  }

  @Test("a second writer is told that the index is locked, and a reader is not") func locked() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, [IndexLab.tweet(1000, "x")])
    let writer = try IndexWriter(path, threads: 1)
    #expect(throws: CommitError.locked(path)) { _ = try IndexWriter(path, threads: 1) }
    #expect(try IndexLab.dump(path).count == 1)
    #expect(try writer.commit() == 1)
  }

  @Test("a reader keeps its commit while a writer publishes, merges and collects") func snapshot() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, (0..<200).map { IndexLab.tweet(1000 + UInt64($0), "first \($0)") })
    let reader = try IndexReader(path)
    let before = try IndexLab.dump(path)
    for round in 0..<6 {
      try IndexLab.build(
        path, (0..<200).map { IndexLab.tweet(1000 + UInt64($0), "round \(round) \($0)") }, merge: true)
    }
    // All old files go: readers that have them open read on.
    for file in try FileManager.default.contentsOfDirectory(atPath: path + "/segments") {
      let path = path + "/segments/" + file
      if !(try IndexLab.segmentFiles(folder.file("i")).contains(path)) {
        try FileManager.default.removeItem(atPath: path)
      }
    }
    var lines: [String] = []
    try IndexDump(reader).records { tweet in
      lines.append(RandomTweet.line(tweet).trimmingCharacters(in: .newlines))
    } tombstones: { _ in
    }
    #expect(lines == before)
    #expect(try IndexLab.dump(path).allSatisfy { $0.contains("round 5 ") })
  }

  @Test("a folder that holds other things is left alone") func otherFolder() throws {
    let folder = TemporaryDirectory()
    try IndexLab.write([1], to: folder.file("precious.txt"))
    #expect(throws: CommitError.notAStore(folder.path, .index)) {
      _ = try IndexWriter(folder.path, threads: 1)
    }
    #expect(throws: CommitError.notAStore(folder.file("precious.txt"), .index)) {
      _ = try IndexReader(folder.file("precious.txt"))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["precious.txt"])
  }

  @Test("records that were analysed in another way are refused") func analyzer() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), [IndexLab.tweet(1000, "x")])
    let foreign = IndexLab.tweet(1001, "y", "\"analyzer\":\"other-9\",\"tokens\":[\"y\"]")
    #expect(throws: IndexError.self) { try IndexLab.build(folder.file("i"), [foreign]) }
    #expect(try IndexLab.dump(folder.file("i")).count == 1)
  }

  @Test("the greatest counts that JSON can hold are kept and trap nothing") func greatestCounts() throws {
    let folder = TemporaryDirectory()
    let line = IndexLab.tweet(
      1000, "x",
      "\"counts\":{\"likes\":9223372036854775807,\"retweets\":9223372036854775807,\"replies\":0,\"quotes\":1}"
    )
    try IndexLab.build(folder.file("i"), [line])
    try IndexLab.build(folder.file("i"), [line, IndexLab.tweet(1000, "x", "\"counts\":{\"likes\":3}")])
    try IndexLab.build(folder.file("i"), [], merge: true)
    #expect(try IndexLab.dump(folder.file("i")) == [line])
    #expect(try IndexLab.problems(folder.file("i")) == [])
  }
}
