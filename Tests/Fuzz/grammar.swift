import Bytes

@testable import QueryGrammar

/// The query grammar alone: a query's one spelling means the same tree, and is its own spelling; errors point inside.
func fuzz(_ bytes: [UInt8]) {
  guard let text = String(validating: bytes, as: UTF8.self) else { return }
  let tree: QueryNode
  do throws(QueryError) {
    tree = try QueryParser.parse(text)
  } catch {
    require(error.column >= 1 && error.column <= text.count + 1, "column \(error.column)")
    return
  }
  _ = tree.words
  do throws(QueryError) {
    let again = try QueryParser.parse(tree.text)
    require(again.outline == tree.outline, "\(tree.text) is another tree")
    require(again.text == tree.text, "\(tree.text) has another spelling")
  } catch { fatalError("\(tree.text) is refused: \(error)") }
}
