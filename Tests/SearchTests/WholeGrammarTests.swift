import Foundation
import IndexTestSupport
import QueryGrammar
import SearchIndex
import TestSupport
import Testing

@testable import Search

/// What an index answers is what the records say. `TWEETMILL_QUERIES=10000` asks so many queries in all.
@Suite struct WholeGrammarTests {
  static let seeds = 8
  static let queries =
    (ProcessInfo.processInfo.environment["TWEETMILL_QUERIES"].flatMap(Int.init) ?? 2000) / seeds

  /// Some of the samples, as canonical lines.
  static let samples: [String] = {
    let run = try? ToolRunner.run("ingest", ["--quiet", ToolRunner.root + "/samples/tweets.ndjson.zst"])
    let lines = (run?.output ?? "").split(separator: "\n").filter { $0.hasPrefix("{\"type\":\"tweet\"") }
    return stride(from: 0, to: lines.count, by: 53).map { String(lines[$0]) }
  }()

  @Test(
    "random queries over the whole grammar give what a look at every record gives, counted, ranked and in order of time",
    arguments: 0..<seeds)
  func naive(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) * 1_000_003)
    let world = try GrammarWorld(150, samples: Self.samples, &random)
    #expect(world.tweets.count > 200)
    let lines = world.tweets.map(\.line)
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("one"), lines)
    try IndexLab.build(folder.file("many"), lines, every: 60)
    let searchers = try ["one", "many"].map { try Searcher([try IndexReader(folder.file($0))]) }
    var queries = GrammarQueries(random)
    var matched = 0
    for _ in 0..<Self.queries {
      let query = queries.query(3)
      let tree = try QueryParser.parse(query)
      #expect(try QueryParser.parse(tree.text).outline == tree.outline, "\(query)")
      let expected = world.matching(tree)
      if !expected.isEmpty && expected.count < world.tweets.count { matched += 1 }
      for searcher in searchers {
        let newest = try searcher.search(tree, sort: .latest, limit: .max).map(\.id)
        #expect(newest == expected, "\(query)")
        #expect(try searcher.count(tree) == expected.count, "\(query)")
        let ranked = try searcher.search(tree, limit: .max)
        #expect(ranked.map(\.id).sorted(by: >) == expected, "\(query)")
        #expect(try searcher.search(tree, limit: 5) == Array(ranked.prefix(5)), "\(query)")
      }
    }
    // Queries that say nothing prove nothing.
    #expect(matched * 3 > Self.queries, "\(matched) of \(Self.queries)")
  }
}
