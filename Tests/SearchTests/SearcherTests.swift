import Bytes
import Foundation
import IndexTestSupport
import QueryGrammar
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct SearcherTests {
  /// Indexes of one world, cut in different ways: one segment, many, two folders.
  static func searchers(_ world: NaiveWorld, _ folder: TemporaryDirectory) throws -> [Searcher] {
    let lines = world.tweets.map(\.line)
    try IndexLab.build(folder.file("one"), lines)
    try IndexLab.build(folder.file("many"), lines, every: lines.count / 5 + 1)
    try IndexLab.build(folder.file("half"), Array(lines[..<(lines.count / 2)]))
    try IndexLab.build(folder.file("rest"), Array(lines[(lines.count / 2)...]))
    return try [["one"], ["many"], ["half", "rest"]].map { names in
      try Searcher(try names.map { try IndexReader(folder.file($0)) })
    }
  }

  @Test(
    "random trees find, count, score and order as a look at every tweet does, in one segment, many, or two folders",
    arguments: 0..<6)
  func naive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = NaiveWorld([30, 200, 700][Int(seed) % 3], &random)
    let folder = TemporaryDirectory()
    let searchers = try Self.searchers(world, folder)
    for _ in 0..<40 {
      let clause = world.clause(3, &random)
      let tree = try QueryParser.parse(clause.text)
      let ranked = world.expected(clause, .relevance)
      for (number, searcher) in searchers.enumerated() {
        #expect(try searcher.count(tree) == ranked.count, "\(clause.text)")
        let all = try searcher.search(tree, limit: .max)
        let scores = Dictionary(uniqueKeysWithValues: ranked.map { ($0.id, $0.score) })
        #expect(
          all.count == ranked.count && all.allSatisfy { abs($0.score - (scores[$0.id] ?? -1)) < 1e-9 },
          "\(clause.text)")
        for index in all.indices.dropFirst() {
          let (a, b) = (all[index - 1], all[index])
          #expect(a.score > b.score || a.score == b.score && a.id > b.id)
        }
        // The best few, found with whole blocks passed over, are the first of all.
        for limit in [1, 3, 10] {
          let best = try searcher.search(tree, limit: limit)
          #expect(
            best.map(\.id) == all.prefix(limit).map(\.id), "\(clause.text), limit \(limit), cut \(number)")
        }
        for sort in [Search.SortOrder.latest, .oldest, .likes] {
          let found = try searcher.search(tree, sort: sort, limit: 5).map(\.id)
          #expect(found == world.expected(clause, sort).prefix(5).map(\.id), "\(clause.text), \(sort)")
        }
      }
    }
  }

  @Test("a tweet in two folders is shown once, from the later") func twice() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("a"), [IndexLab.tweet(1000, "crane old"), IndexLab.tweet(1001, "crane")])
    try IndexLab.build(folder.file("b"), [IndexLab.tweet(1000, "crane new")])
    let searcher = try Searcher(try ["a", "b"].map { try IndexReader(folder.file($0)) })
    let tree = try QueryParser.parse("crane")
    let hits = try searcher.search(tree, sort: .oldest, limit: 9)
    #expect(hits.map(\.id) == [1000, 1001] && hits.map(\.folder) == [1, 0])
    #expect(try searcher.count(tree) == 2)
    let found = try #require(try searcher.find(1000))
    var tweet = Tweet()
    try searcher.read(found, into: &tweet)
    #expect(tweet.bytes(tweet.text).text == "crane new")
    #expect(try searcher.find(1002) == nil)
  }

  @Test("an empty index finds nothing, and one without documents too") func empty() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("e"), ["{\"type\":\"delete\",\"id\":\"5\"}"])
    let searcher = try Searcher([try IndexReader(folder.file("e"))])
    for query in ["a", "-a", "*", "\"a b\"", "a*", "likes:0..5", "a OR b", "max_id:5", "from:x -y"] {
      let tree = try QueryParser.parse(query)
      #expect(try searcher.count(tree) == 0 && searcher.search(tree, limit: 9).isEmpty)
    }
  }

  @Test("a long OR of words, accounts and numbers gives what its parts give, with the words' scores")
  func longOr() throws {
    let folder = TemporaryDirectory()
    let lines = (1...300).map { number in
      IndexLab.tweet(
        UInt64(number), "word\(number % 50)",
        "\"user\":{\"id\":\"\(number % 90 + 1)\"},\"counts\":{\"likes\":\(number)}")
    }
    try IndexLab.build(folder.file("i"), lines)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    let accounts = (1...30).map { "from:\($0)" }
    let words = (0..<20).map { "word\($0)" }
    let query = (accounts + words + ["min_likes:299", "\"word49\""]).joined(separator: " OR ")
    let expected = (1...300).filter { $0 % 90 + 1 <= 30 || $0 % 50 < 20 || $0 >= 299 || $0 % 50 == 49 }
    let tree = try QueryParser.parse(query)
    #expect(try searcher.count(tree) == expected.count)
    #expect(try searcher.search(tree, sort: .oldest, limit: .max).map(\.id) == expected.map(UInt64.init))
    for hit in try searcher.search(tree, limit: .max) {
      #expect((hit.score > 0) == (hit.id % 50 < 20 || hit.id % 50 == 49), "\(hit)")
    }
  }

  @Test("a prefix in a phrase may be any of many terms") func manyTerms() throws {
    let folder = TemporaryDirectory()
    let lines = (1...500).map {
      IndexLab.tweet(UInt64($0), "a pre\($0 % 100)x end pre\($0)y\($0 % 3 == 0 ? " end" : "")")
    }
    try IndexLab.build(folder.file("i"), lines)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    for (query, count) in [
      ("\"pre* end pre* end\"", 166), ("\"a pre* end\"", 500), ("\"pre* pre*\"", 0), ("\"pre* pre*\"~1", 500),
      ("\"pre7* end\"", 55),
    ] {
      #expect(try searcher.count(try QueryParser.parse(query)) == count, "\(query)")
    }
  }

  @Test(
    "the oldest, page by page, are the newest backwards, however far they lie from a segment's end",
    arguments: [nil, 3000])
  func oldest(every: Int?) throws {
    let folder = TemporaryDirectory()
    // "rare" lies beyond the documents that are looked at first; "late" at the other end.
    let lines = (1...5500).map { number in
      let rare = [2, 700, 1001, 4096, 4097, 4098, 5490].contains(number) ? " rare" : ""
      return IndexLab.tweet(UInt64(number), "all\(rare)\(number > 5400 ? " late" : "") n\(number % 700)")
    }
    try IndexLab.build(folder.file("i"), lines + ["{\"type\":\"delete\",\"id\":\"700\"}"], every: every)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    for (query, count) in [("rare", 6), ("late", 100), ("n3", 8), ("rare OR n3", 14), ("-all", 0)] {
      let tree = try QueryParser.parse(query)
      let newest = try searcher.search(tree, sort: .latest, limit: 5500).map(\.id)
      #expect(newest.count == count)
      var oldest: [Hit] = []
      repeat {
        let page = try searcher.search(tree, Ranking(.oldest), limit: 7, after: oldest.last)
        oldest += page
        if page.isEmpty { break }
      } while oldest.count < 20_000
      #expect(oldest.map(\.id) == newest.reversed(), "\(query)")
    }
  }
}
