import QueryGrammar
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct NewHitsTests {
  @Test("only tweets that a commit before did not have are new, merges and repeats bring none") func new()
    throws
  {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    let tree = try QueryParser.parse("crane")
    try IndexLab.build(path, [IndexLab.tweet(1000, "crane"), IndexLab.tweet(1001, "stork")])
    var before = [try IndexReader(path)]
    func news() throws -> [UInt64] {
      let now = [try IndexReader(path)]
      defer { before = now }
      return try Searcher(now).hits(tree, since: before).map(\.id)
    }
    #expect(try news().isEmpty)
    try IndexLab.build(
      path, [IndexLab.tweet(1003, "crane"), IndexLab.tweet(1002, "a crane"), IndexLab.tweet(1004, "x")])
    #expect(try news() == [1002, 1003])
    try IndexLab.build(
      path, [IndexLab.tweet(1000, "crane", "\"counts\":{\"likes\":5}"), IndexLab.tweet(999, "crane")])
    #expect(try news() == [999])
    try IndexLab.build(path, ["{\"type\":\"delete\",\"id\":\"999\"}"], merge: true)
    #expect(try news().isEmpty)
  }
}
