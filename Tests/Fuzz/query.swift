import Bytes

@testable import QueryGrammar
@testable import QueryMatching
@testable import Records
@testable import Search
@testable import SearchIndex

/// Queries asked of the golden index: ranked, by time and counted they give the same, and what the stored records say.
func fuzz(_ bytes: [UInt8]) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  do throws(QueryError) { ask(try QueryParser.parse(text)) } catch {}
}

nonisolated(unsafe) private let searcher = golden()
/// All that the index has, newest first.
private let all = hits(.all, .latest)

private func golden() -> Searcher {
  do {
    return try Searcher([IndexReader("Tests/SegmentCompatibilityTests/Golden/index-v1")])
  } catch { fatalError("the golden index does not open: \(error)") }
}

private func hits(_ tree: QueryNode, _ sort: SortOrder) -> [Hit] {
  do { return try unsafe searcher.search(tree, sort: sort, limit: 1000) } catch { fatalError("\(error)") }
}

private func ask(_ tree: QueryNode) {
  let newest = hits(tree, .latest).map(\.id)
  require(newest == hits(tree, .relevance).map(\.id).sorted(by: >), "ranked and by time differ: \(tree.text)")
  do {
    let count = try unsafe searcher.count(tree)
    require(newest.count == count, "\(newest.count) hits, \(count) counted: \(tree.text)")
    var matcher = QueryMatcher(tree, now: try unsafe searcher.compiler.now())
    var expected: [UInt64] = []
    var tweet = Tweet()
    for hit in all {
      try unsafe searcher.read(hit, into: &tweet)
      if matcher.matches(tweet) { expected.append(hit.id) }
    }
    // What is kept hangs on pointers with tags in them, which the search for leaks does not follow.
    unsafe searcher.compiler.forget()
    require(newest == expected, "\(newest) by the index, \(expected) by records: \(tree.text)")
  } catch { fatalError("\(error)") }
}
