import IndexTestSupport
import QueryGrammar
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct EmptyAnswerTests {
  static let lines = [
    #"{"type":"tweet","id":"30","created_at":"2018-08-29T20:21:02.000Z","text":"storks and cranes","lang":"en"}"#,
    #"{"type":"tweet","id":"31","created_at":"2018-08-29T20:21:03.000Z","text":"only cranes","lang":"de"}"#,
  ]

  @Test(
    "the clause that leaves nothing is named",
    arguments: [
      ("storks herons", ["nothing matches word herons"]),
      ("storks lang:de", ["without word storks: 1", "without language = de: 1"]),
      ("storks cranes lang:de", ["without word storks: 1", "without language = de: 1"]),
      ("herons", []),
    ])
  func reasons(query: String, expected: [String]) throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("index"), Self.lines)
    let searcher = try Searcher([try IndexReader(folder.file("index"))])
    #expect(try searcher.reasonsForNoHit(try QueryParser.parse(query)) == expected)
  }
}
