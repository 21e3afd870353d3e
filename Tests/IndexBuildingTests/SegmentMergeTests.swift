import Commits
import Foundation
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

/// A stream in which everything that a merge renumbers, joins or leaves out comes up often.
struct MergeWorld {
  var random: SeededGenerator
  private let base = RandomStream.base

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func flip(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &random) == 0 }

  // Authors have an id, a name, both or nothing; names are the same in any case of letters.
  private mutating func author(_ id: UInt64) -> String {
    let user = id % 23
    let name = flip(2) ? "Some\(user)" : "sOME\(user)"
    switch user % 4 {
    case 0:
      return user == 0 ? "" : ",\"user\":{\"id\":\"\(user)\"" + (flip(3) ? "}" : ",\"username\":\"\(name)\"}")
    case 1: return ",\"user\":{\"username\":\"\(name)\"}"
    default: return ",\"user\":{\"id\":\"\(user)\",\"username\":\"\(name)\"}"
    }
  }

  private mutating func tweet(_ number: UInt64) -> String {
    let id = base + number * 977
    var words = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
      "w\(Int.random(in: 0..<12, using: &random))"
    }
    if flip(4) { words.append("rare\(number)") }
    if flip(6) {
      words.append("#tag\(number % 5) @some\(number % 7) http://host\(number % 3).org/a/b\(number % 4)")
    }
    // Terms that are cut to the same beginning.
    if flip(20) { words += ["x", "y"].map { String(repeating: "long", count: 300) + $0 } }
    var line = "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"2018-08-29T20:2\(number % 10):02.000Z\""
    line += author(id) + ",\"text\":\"\(words.shuffled(using: &random).joined(separator: " "))\""
    if flip(2) { line += ",\"lang\":\"\(["de", "en", "ja", "und"][Int.random(in: 0..<4, using: &random)])\"" }
    if id % 7 == 1 {
      line +=
        ",\"retweet_of\":{\"id\":\"\(base + number % 90 * 977)\",\"user\":{\"id\":\"\(number % 9 + 1)\"}}"
    }
    if id % 7 == 2 {
      line +=
        ",\"quote_of\":{\"id\":\"\(base + number % 50 * 977)\",\"user\":{\"id\":\"\(number % 9 + 1)\"},\"text\":\"seen\"}"
    }
    if flip(3) {
      let place = Int.random(in: 0..<6, using: &random)
      line += ",\"geo\":{" + (flip(2) ? "\"lon\":\(place).5,\"lat\":0," : "")
      line += "\"place\":\"Place \(place)\",\"place_id\":\"p\(place)\",\"country\":\"D\(place)\"}"
    }
    if flip(2) { line += ",\"counts\":{\"likes\":\(Int.random(in: 0..<2000, using: &random))}" }
    return line + "}"
  }

  private mutating func event(_ tweets: UInt64) -> String {
    let id = base + UInt64.random(in: 0..<min(tweets, 60), using: &random) * 977
    let user = UInt64.random(in: 1..<9, using: &random)
    let at = flip(2) ? "" : ",\"at\":\"2019-01-0\(Int.random(in: 1..<9, using: &random))T00:00:00.000Z\""
    switch Int.random(in: 0..<7, using: &random) {
    case 0: return "{\"type\":\"user_delete\",\"user\":\"\(user)\"\(at)}"
    case 1, 2:
      let limit = flip(3) ? "" : ",\"up_to\":\"\(id)\""
      return "{\"type\":\"scrub_geo\",\"user\":\"\(user)\"\(limit)\(at)}"
    default: return "{\"type\":\"delete\",\"id\":\"\(id)\"\(at)}"
    }
  }

  /// Tweets, later versions of some, and events among them.
  mutating func lines(_ tweets: UInt64, events: Int, isShuffled: Bool) -> [String] {
    var numbers = Array(0..<tweets)
    if isShuffled { numbers.shuffle(using: &random) }
    var lines = numbers.map { tweet($0) }
    func insert(_ line: String) { lines.insert(line, at: Int.random(in: 0...lines.count, using: &random)) }
    for _ in 0..<tweets / 8 { insert(tweet(UInt64.random(in: 0..<tweets, using: &random))) }
    for _ in 0..<events { insert(event(tweets)) }
    return lines
  }
}

@Suite struct SegmentMergeTests {
  static func segments(_ path: String) throws -> [[UInt8]] {
    try IndexLab.segmentFiles(path).map { try IndexLab.bytes($0) }
  }

  @Test(
    "segments of any commits, merged in any steps, give the bytes of one build: versions, deletes, scrubs, handles",
    arguments: 0..<24)
  func bytes(seed: UInt64) throws {
    var world = MergeWorld(seed: seed)
    let tweets = [40, 300, 900][Int(seed % 3)] as UInt64
    let lines = world.lines(tweets, events: Int(seed % 5) * 9, isShuffled: seed % 2 == 0)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("one"), lines)
    let expected = try Self.segments(folder.file("one"))
    #expect(expected.count == 1)
    for every in [lines.count / 2 + 1, Int(tweets) / 7 + 2] {
      let path = folder.file("every\(every)")
      try IndexLab.build(path, lines, every: every, threads: every % 2 + 1)
      // Of few commits none are merged before; of more, commits merge some.
      #expect(try every < lines.count / 2 || Self.segments(path).count == 2)
      try IndexLab.build(path, [], threads: 2 - every % 2, merge: true)
      let isSame = try Self.segments(path) == expected
      #expect(isSame, "a commit every \(every) lines")
      #expect(try IndexLab.problems(path) == [])
    }
  }

  @Test("a purge of each segment, and then a merge, give these bytes, too", arguments: 0..<6)
  func purged(seed: UInt64) throws {
    var world = MergeWorld(seed: 50 + seed)
    let lines = world.lines(200, events: 25, isShuffled: true)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("one"), lines)
    let path = folder.file("many")
    try IndexLab.build(path, lines, every: 50)
    _ = try IndexWriter(path, threads: 1).purge()
    #expect(try IndexLab.problems(path) == [])
    try IndexLab.build(path, [], merge: true)
    #expect(try Self.segments(path) == Self.segments(folder.file("one")))
  }

  @Test("counters that rise before a merge or behind it end in the same bytes", arguments: 0..<4)
  func counters(seed: UInt64) throws {
    var world = MergeWorld(seed: 80 + seed)
    let lines = world.lines(300, events: 6, isShuffled: true)
    let folder = TemporaryDirectory()
    let file = folder.file("counters")
    let sums = (UInt64(0)..<40).map {
      "{\"type\":\"counters\",\"id\":\"\(RandomStream.base + $0 * 5 * 977)\",\"likes\":\(900 + $0),\"quotes\":3}\n"
    }
    try IndexLab.write(Array(sums.joined().utf8), to: file)
    var results: [[[UInt8]]] = []
    for (name, every, mergesFirst) in [("a", nil, false), ("b", 70, false), ("c", 41, true)]
      as [(String, Int?, Bool)]
    {
      try IndexLab.build(folder.file(name), lines, every: every, merge: mergesFirst)
      var counters = CounterSums()
      try counters.read([file])
      let writer = try IndexWriter(folder.file(name), threads: 1)
      _ = try writer.raise(counters)
      _ = try writer.mergeAll()
      try writer.commit()
      results.append(try Self.segments(folder.file(name)))
    }
    #expect(results[0].count == 1 && results[1] == results[0] && results[2] == results[0])
  }

  @Test("where nothing lives and nothing was deleted no segment is left") func nothing() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, (0..<9).map { IndexLab.tweet(1000 + UInt64($0), "x") })
    let writer = try IndexWriter(path, threads: 1)
    writer.live[0].markDead(Array(0..<9))
    #expect(try writer.mergeAll() == 1)
    try writer.commit()
    #expect(try Self.segments(path) == [])
    #expect(try IndexLab.problems(path) == [])
  }

  @Test(
    "a damaged byte of any member is told, the commit before stays, and no file is left", arguments: [1, 2])
  func damage(threads: Int) throws {
    var world = MergeWorld(seed: 7)
    let lines = world.lines(400, events: 4, isShuffled: false)
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, lines, every: 300)
    let whole = try Self.segments(path)
    #expect(whole.count == 2)
    let file = try IndexLab.segmentFiles(path)[0]
    let names = try FileManager.default.contentsOfDirectory(atPath: path + "/segments").sorted()
    var at = 0
    var members = 0
    while whole[0][at] != 0 {
      let name = String(decoding: whole[0][at..<at + 100].prefix { $0 != 0 }, as: UTF8.self)
      let digits = String(decoding: whole[0][at + 124..<at + 135], as: UTF8.self)
      let size = try #require(Int(digits, radix: 8))
      for place in size == 0 ? [] : [at + 512, at + 512 + size / 2, at + 511 + size] {
        var bytes = whole[0]
        bytes[place] ^= 4
        try IndexLab.write(bytes, to: file)
        let error = #expect(throws: SegmentError.self, "\(name), byte \(place - at - 512)") {
          let writer = try IndexWriter(path, threads: threads)
          _ = try writer.mergeAll()
        }
        #expect(error?.message.hasPrefix("corrupt: ") ?? false)
        #expect(try FileManager.default.contentsOfDirectory(atPath: path + "/segments").sorted() == names)
      }
      at += 512 + (size + 511) / 512 * 512
      members += 1
    }
    #expect(members == 26)
    try IndexLab.write(whole[0], to: file)
    try IndexLab.build(path, [], merge: true)
    #expect(try Self.segments(path).count == 1)
  }
}
