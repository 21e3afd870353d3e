import QueryGrammar
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct ScoreExplainerTests {
  static func sum(_ parts: [ScorePart]) -> Double { parts.reduce(0) { $0 + $1.score } }

  static func addsUp(_ parts: [ScorePart]) -> Bool {
    parts.allSatisfy { part in
      switch part {
      case .term(let term): abs(term.terms.reduce(0) { $0 + $1.idf } - term.idf) < 1e-12
      case .group(let inner, let score): sum(inner) == score && addsUp(inner)
      }
    }
  }

  @Test("the sums of a hit give its score to the last bit", arguments: 0..<3) func exact(seed: UInt64) throws
  {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld(200, &random)
    let folder = TemporaryDirectory()
    for searcher in try world.searchers(folder) {
      for query in [
        "crane", "crane stork", "crane (stork OR \"heron tern\") -lang:de",
        "(crane stork) OR (heron (tern OR stern))",
        "鶴は OR журавль", "lang:de", "crane OR -crane",
      ] {
        let tree = try QueryParser.parse(query)
        for ranking in [Ranking(), Ranking(weights: Weights(halfLife: 86_400_000, engagement: 0.3))] {
          let hits = try searcher.search(tree, ranking, limit: 7)
          for (hit, told) in zip(hits, try searcher.explain(hits, tree, ranking)) {
            #expect(told.score == hit.score, "\(query)")
            #expect(Self.sum(told.parts) == told.bm25 && Self.addsUp(told.parts), "\(query)")
            #expect(told.bm25 * ((told.recency?.factor ?? 1) * (told.engagement?.factor ?? 1)) == told.score)
          }
        }
      }
    }
  }

  @Test("a term's part says how often it stands there and in how many tweets") func parts() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"),
      [
        IndexLab.tweet(1, "crane crane crane stork"), IndexLab.tweet(2, "crane heron"),
        IndexLab.tweet(3, "tern"),
      ])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    let tree = try QueryParser.parse("crane stork")
    let told = try #require(try searcher.explain(try searcher.search(tree, limit: 1), tree, Ranking()).first)
    #expect(told.documents == 3 && told.length == 4)
    guard case .term(let crane) = told.parts[0], case .term(let stork) = told.parts[1] else {
      Issue.record("two terms were expected")
      return
    }
    #expect(crane.frequency == 3 && crane.terms.map(\.df) == [2] && crane.text == "crane")
    #expect(stork.frequency == 1 && stork.terms.map(\.df) == [1])
  }
}
