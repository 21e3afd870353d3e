internal import QueryGrammar
internal import Search
internal import ToolSupport

/// A query's errors, with the place pointed at.
enum QueryErrors {
  static func parse(_ query: String) throws -> QueryNode {
    do throws(QueryError) {
      return try QueryParser.parse(query)
    } catch {
      throw ToolError(.usage, "query, column \(error.column): \(error.message)", hint: error.hint)
    }
  }
}
