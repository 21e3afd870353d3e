import QueryGrammar
import Foundation
import TestSupport
import Testing

@testable import Search

@Suite struct RankingTests {
  @Test("weights of 0 change nothing, a half-life halves, engagement grows by its logarithm") func formulas()
  {
    let plain = Weights()
    #expect(plain.isPlain && plain.recency(of: 0, at: .max) == 1 && plain.engagement(of: 1e9) == 1)
    let weights = Weights(halfLife: 1000, engagement: 0.5)
    #expect(weights.recency(of: 5000, at: 6000) == 0.5 && weights.recency(of: 4000, at: 6000) == 0.25)
    #expect(weights.recency(of: 7000, at: 6000) == 1)
    #expect(weights.engagement(of: 0) == 1 && weights.engagement(of: 7) == 2.5)
    #expect(weights.recency(of: .min, at: .max) == 0)
  }

  @Test(
    "weighed hits come in the order that a product for every tweet gives, whatever is passed over",
    arguments: 0..<4)
  func naive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld([60, 200, 400, 700][Int(seed)], &random)
    let folder = TemporaryDirectory()
    let times = Dictionary(uniqueKeysWithValues: world.tweets.map { ($0.id, $0) })
    let newest = world.tweets.map(\.time).max() ?? 0
    let rankings = [
      Ranking(weights: Weights(halfLife: 86_400_000)), Ranking(weights: Weights(engagement: 0.7)),
      Ranking(weights: Weights(halfLife: 500_000_000, engagement: 2)),
      Ranking(weights: Weights(halfLife: 3_600_000, engagement: 1), now: AnswerWorld.start + 86_400_000),
    ]
    for (cut, searcher) in try world.searchers(folder).enumerated() {
      for query in ["crane", "stork OR heron", "crane stork", "lang:de"] {
        let tree = try QueryParser.parse(query)
        let plain = try searcher.search(tree, limit: .max)
        for ranking in rankings {
          let naive = plain.map { hit -> (id: UInt64, score: Double) in
            guard let tweet = times[hit.id] else { return (0, 0) }
            let age = max(Double((ranking.now ?? newest) - tweet.time), 0)
            let recency = ranking.weights.halfLife == 0 ? 1 : exp2(-age / Double(ranking.weights.halfLife))
            let engagement = 1 + ranking.weights.engagement * log2(1 + Double(tweet.engagement))
            return (hit.id, hit.score * (recency * engagement))
          }.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id > $1.id }
          for limit in [1, 5, .max] {
            let found = try searcher.search(tree, ranking, limit: limit)
            #expect(found.map(\.id) == naive.prefix(limit).map(\.id), "\(query), \(limit), cut \(cut)")
            #expect(found.map(\.score) == naive.prefix(limit).map(\.score))
          }
        }
      }
    }
  }
}
