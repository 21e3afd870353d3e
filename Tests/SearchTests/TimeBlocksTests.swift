import Foundation
import IndexTestSupport
import QueryGrammar
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

/// Tweets whose times mostly rise with their ids: old ids that tell no time, snowflakes, and records that say a time of
/// their own, far away.
struct TimeWorld {
  struct One {
    var id: UInt64
    var time: Int64
    var words: [String]
    var line: String
  }
  var tweets: [One] = []

  init(_ random: inout SeededGenerator, count: Int, strays: Int) {
    for index in 0..<count {
      let isOld = index < count / 5
      let id =
        isOld
        ? UInt64(1000 + 3 * index)
        : Snowflake.firstID(at: Snowflake.epoch + 86_400_000 + Int64(index) * 3_600_000)
          + UInt64.random(in: 0..<4_000_000, using: &random)
      var time = Snowflake.time(id) ?? 1_200_000_000_000 + Int64(index) * 7_200_000
      time -= time % 1000
      if Int.random(in: 0..<1000, using: &random) < strays {
        time = Int64.random(in: 1_150_000_000...1_500_000_000, using: &random) * 1000
      }
      let words = (0..<4).map { _ in "w\(Int(pow(Double.random(in: 0..<1, using: &random), 2) * 30))" }
      let text = words.joined(separator: " ")
      tweets.append(
        One(
          id: id, time: time, words: words,
          line:
            "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"\(Timestamp.text(time))\",\"text\":\"\(text)\"}"
        ))
    }
  }
}

@Suite struct TimeBlocksTests {
  @Test(
    "bounds of time and id give what looking at each tweet gives, in every order and count",
    arguments: [0, 0, 3, 3, 40, 40].enumerated().map { ($0.offset, $0.element) })
  func twin(seed: Int, strays: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let world = TimeWorld(&random, count: 3000, strays: strays)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), world.tweets.map(\.line), every: seed % 2 == 0 ? nil : 1300)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    var some = 0
    for _ in 0..<15 {
      let pair = (0..<2).map { _ in world.tweets[Int.random(in: 0..<3000, using: &random)] }
      let from = pair.map(\.time).min() ?? 0
      let to = from + [0, 60_000, 86_400_000, 40 * 86_400_000].randomElement(using: &random)!
      let ids = pair.map(\.id).sorted()
      let byID = Int.random(in: 0..<3, using: &random) == 0
      let byTime = !byID || Bool.random(using: &random)
      let word = "w\(Int.random(in: 0..<30, using: &random))"
      let bounds =
        (byID ? "since_id:\(ids[0]) max_id:\(ids[1]) " : "")
        + (byTime ? "since_time:\(from / 1000) until_time:\(to / 1000 + 1)" : "")
      for (query, wanted) in [
        (bounds, { (_: TimeWorld.One) in true }), ("\(word) \(bounds)", { $0.words.contains(word) }),
        ("(\(word) OR w0) \(bounds)", { $0.words.contains(word) || $0.words.contains("w0") }),
        ("w0 \(word) \(bounds)", { $0.words.contains(word) && $0.words.contains("w0") }),
        ("-\(word) \(bounds)", { !$0.words.contains(word) }),
        ("\(word) -(\(bounds))", { $0.words.contains(word) }),
      ] as [(String, (TimeWorld.One) -> Bool)] {
        let isOutside = query.contains("-(")
        let expected = world.tweets.filter { tweet in
          let isIn =
            (!byTime || tweet.time >= from && tweet.time < to + 1000)
            && (!byID || tweet.id > ids[0] && tweet.id <= ids[1])
          return wanted(tweet) && isIn != isOutside
        }.map(\.id).sorted(by: >)
        let tree = try QueryParser.parse(query)
        #expect(try searcher.count(tree) == expected.count, "\(query)")
        #expect(try searcher.search(tree, sort: .latest, limit: 4000).map(\.id) == expected, "\(query)")
        searcher.ranksRuns = true
        let ranked = try searcher.search(tree, limit: 10)
        #expect(Set(ranked.map(\.id)).isSubset(of: expected) && ranked.count == min(10, expected.count))
        searcher.ranksRuns = false
        #expect(try searcher.search(tree, limit: 10) == ranked, "\(query)")
        some += expected.isEmpty ? 0 : 1
      }
    }
    #expect(some > 30)
  }

  @Test("spans hold every document of their times, and few others where records say what their ids say")
  func spans()
    throws
  {
    var random = SeededGenerator(seed: 77)
    for strays in [0, 30] {
      let world = TimeWorld(&random, count: 3000, strays: strays)
      let folder = TemporaryDirectory()
      try IndexLab.build(folder.file("i"), world.tweets.map(\.line))
      let segment = try IndexReader(folder.file("i")).segments[0].segment
      let blocks = try TimeBlocks(segment)
      let times = try (0..<segment.documentCount).map { try segment.time($0) }
      for _ in 0..<20 {
        let from = world.tweets[Int.random(in: 700..<2900, using: &random)].time
        let range = from...from + 86_400_000
        let spans = blocks.spans(range)
        for (document, time) in times.enumerated() where range.contains(time) {
          #expect(spans.first(from: document) == document)
        }
        if strays == 0 { #expect(spans.count <= 3 * 128, "24 tweets a day") }
      }
      // Of the block in which old ids end the tables tell nothing.
      #expect(blocks.spans(0...1).count <= 128)
      #expect(blocks.spans(Int64.min...Int64.max).runs == [0..<3000])
    }
  }
}
