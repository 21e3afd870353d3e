import IndexTestSupport
import QueryGrammar
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct QueryExplanationTests {
  @Test("every clause tells how many match it and how many documents it looks at") func clauses() throws {
    let folder = TemporaryDirectory()
    let lines = (1...50).map { number in
      IndexLab.tweet(
        UInt64(number), number % 5 == 0 ? "crane stork" : "crane",
        "\"user\":{\"id\":\"1\",\"followers\":\(number)}")
    }
    try IndexLab.build(folder.file("i"), lines, every: 20)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    let tree = try QueryParser.parse("stork -likes:1.. (crane OR max_id:3) followers_count:41..")
    let found = try searcher.explain(tree).map {
      "\($0.depth) \($0.text): \($0.tweets) of \($0.documents) \($0.look)"
    }
    #expect(
      found == [
        "0 all of: 2 of 10 records", "1 word stork: 10 of 10 lists", "1 not: 50 of 50 columns",
        "2 likes 1..: 0 of 50 columns", "1 any of: 50 of 50 lists", "2 word crane: 50 of 50 lists",
        "2 id 0..3: 3 of 3 lists", "1 followers 41..: 10 of 50 records",
      ])
    #expect(try searcher.count(tree) == 2)
  }

  @Test("beyond the records that may be read a count is an estimate, of negations too") func estimate() throws
  {
    let folder = TemporaryDirectory()
    let lines = (1...Searcher.recordsOfExplanation * 2).map { number in
      IndexLab.tweet(UInt64(number), "x", "\"user\":{\"followers\":\(number % 4)}")
    }
    try IndexLab.build(folder.file("i"), lines)
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    for (query, expected) in [("followers_count:0..0", 10_000), ("-followers_count:0..0", 30_000)] {
      let clause = try #require(try searcher.explain(try QueryParser.parse(query)).first)
      #expect(clause.isEstimate && abs(clause.tweets - expected) < 10, "\(clause)")
    }
    #expect(try searcher.count(try QueryParser.parse("followers_count:0..0")) == 10_000)
  }
}
