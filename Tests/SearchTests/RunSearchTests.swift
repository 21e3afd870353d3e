import Foundation
import IndexTestSupport
import QueryGrammar
import SearchIndex
import TestSupport
import TextAnalysis
import Testing

@testable import Search

@Suite struct RunSearchTests {
  /// Texts of skewed words and skewed lengths, so that lists have many blocks and ties abound.
  static func lines(_ count: Int, _ random: inout SeededGenerator, lengths: ClosedRange<Int>? = nil)
    -> [String]
  {
    (0..<count).map { index in
      let length =
        lengths.map { Int.random(in: $0, using: &random) }
        ?? 1 + Int(pow(Double.random(in: 0..<1, using: &random), 2) * 20)
      let words = (0..<length).map { _ in
        "w\(Int(pow(Double.random(in: 0..<1, using: &random), 3) * 80))"
      }
      return IndexLab.tweet(
        1_034_898_743_869_534_208 + UInt64(index), words.joined(separator: " "),
        "\"lang\":\"\(index % 3 == 0 ? "de" : "en")\",\"counts\":{\"likes\":\(index % 7)}")
    }
  }

  static func query(_ random: inout SeededGenerator) -> String {
    func word() -> String { "w\(Int(pow(Double.random(in: 0..<1, using: &random), 2) * 82))" }
    let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in word() }
    var query: String
    switch Int.random(in: 0..<4, using: &random) {
    case 0: query = words.joined(separator: " ")
    case 1: query = "(" + words.joined(separator: " OR ") + ")"
    case 2: query = "\"" + words.prefix(3).joined(separator: " ") + "\""
    default: query = words[0]
    }
    for more in [" lang:de", " -lang:de", " -" + word(), " min_likes:5"]
    where Int.random(in: 0..<5, using: &random) == 0 {
      query += more
    }
    return query
  }

  @Test(
    "the best of a flat query are those that a walk along iterators finds, to the last bit", arguments: 0..<6)
  func twin(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = TemporaryDirectory()
    // The last ones of texts that are hardly short, so that documents outside the tiers are among the best.
    let lines = Self.lines(6000, &random, lengths: seed < 4 ? nil : 9...12)
    try IndexLab.build(folder.file("i"), lines, every: seed % 2 == 0 ? nil : 2500)
    // Some die later.
    try IndexLab.build(
      folder.file("i"),
      (0..<40).map { "{\"type\":\"delete\",\"id\":\"\(1_034_898_743_869_534_208 + UInt64($0 * 31))\"}" })
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    var flat = 0
    for _ in 0..<150 {
      let text = Self.query(&random)
      let tree = try QueryParser.parse(text)
      for limit in [1, 10, 200] {
        searcher.ranksRuns = true
        let found = try searcher.search(tree, limit: limit)
        searcher.ranksRuns = false
        let expected = try searcher.search(tree, limit: limit)
        #expect(found == expected, "\(text), limit \(limit)")
        flat += found.isEmpty ? 0 : 1
      }
    }
    #expect(flat > 200)
  }

  @Test("pages of a flat query, one behind the other, are the one long page", arguments: 0..<2)
  func pages(seed: UInt64) throws {
    var random = SeededGenerator(seed: 40 + seed)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), Self.lines(6000, &random), every: seed == 0 ? nil : 2500)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    for text in ["w0 w1", "w0 OR w3", "w2", "\"w0 w0\"", "w0 w1 w2", "w1 OR w9 OR w70", "w0 lang:de"] {
      let tree = try QueryParser.parse(text)
      let all = try searcher.search(tree, limit: 60)
      var found: [Hit] = []
      for _ in 0..<12 {
        found += try searcher.search(tree, Ranking(.relevance), limit: 5, after: found.last)
      }
      #expect(found == all, "\(text)")
      #expect(all.count == 60, "\(text)")
    }
  }

  @Test("a query whose rarest word is rarer than the blocks of the others is left to iterators") func sparse()
    throws
  {
    var random = SeededGenerator(seed: 9)
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"), Self.lines(6000, &random) + [IndexLab.tweet(2_034_898_743_869_534_208, "w0 rare")])
    let reader = try IndexReader(folder.file("i"))
    let segment = reader.segments[0].segment
    let compiler = QueryCompiler(segments: [segment], analyzer: .init())
    func isFlat(_ text: String) throws -> Bool {
      FlatQuery(try compiler.iterator(QueryParser.parse(text), segment, scores: true)) != nil
    }
    #expect(try !isFlat("w0 rare"))
    #expect(try isFlat("w0 w1"))
    #expect(try isFlat("w0 OR rare"))
    #expect(try isFlat("rare"))
    #expect(try isFlat("\"w0 w1\" -lang:de"))
    #expect(try !isFlat("w0 (w1 OR w2)"))
  }
}
