import Foundation
import IndexTestSupport
import QueryGrammar
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct BM25Tests {
  @Test("idf by hand") func idf() {
    #expect(abs(BM25.idf(df: 1, n: 3) - 0.9808292530117262) < 1e-15)  // ln(1 + 2.5 / 1.5)
    #expect(abs(BM25.idf(df: 3, n: 3) - 0.13353139262452263) < 1e-15)  // ln(1 + 0.5 / 3.5)
    #expect(abs(BM25.idf(df: 0, n: 1) - 1.3862943611198906) < 1e-15)  // ln(1 + 1.5 / 0.5)
  }

  @Test("scores by hand: two terms, three texts") func scores() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"),
      [IndexLab.tweet(1000, "crane crane"), IndexLab.tweet(1001, "stork"), IndexLab.tweet(1002, "a crane")])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    // N = 3, df = 2, mean length 5/3: idf = ln(1.6); tf × 2.2 / (tf + 1.2 × (0.25 + 0.75 × length × 3/5)).
    func expected(_ idf: Double, _ tf: Double, _ length: Double) -> Double {
      let norm: Double = 1.2 * (0.25 + 0.75 * length * 0.6)
      return idf * tf * 2.2 / (tf + norm)
    }
    let hits = try searcher.search(try QueryParser.parse("crane"), limit: 9)
    #expect(hits.map { $0.id } == [1000, 1002])
    #expect(abs(hits[0].score - expected(log(1.6), 2, 2)) < 1e-12)
    #expect(abs(hits[1].score - expected(log(1.6), 1, 2)) < 1e-12)
    let either = try searcher.search(try QueryParser.parse("crane OR stork"), limit: 9)
    #expect(either.map { $0.id } == [1001, 1000, 1002])
    #expect(abs(either[0].score - expected(log(1 + 2.5 / 1.5), 1, 1)) < 1e-12)
  }
}
