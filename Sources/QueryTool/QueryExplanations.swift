internal import IndexAccess
internal import QueryGrammar
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--explain-query`: how a query was understood, and with an index what its clauses match and cost.
enum QueryExplanations {
  static func run(_ query: QueryNode, _ arguments: Arguments) throws -> ExitStatus {
    let folders = arguments.has("index") ? try IndexFolders.named(arguments) : []
    var text = query.outline
    if !folders.isEmpty {
      text = try IndexErrors.told {
        let searcher = try Searcher(try folders.map { try IndexReader($0) })
        searcher.now = try now(arguments)
        return try searcher.explain(query).map(line).joined()
      }
    }
    var output = try ToolOutput.open(arguments)
    try output.write(text: "query \(query.text)\n" + text)
    try output.finish()
    return .done
  }

  private static func line(_ clause: ExplainedClause) -> String {
    let kind =
      switch clause.look {
      case .lists: "entries of lists"
      case .columns: "numbers of a column"
      case .records: "stored records"
      }
    return String(repeating: "  ", count: clause.depth) + clause.text + "  ["
      + (clause.isEstimate ? "about " : "")
      + "\(Quantities.grouped(clause.tweets)) tweets; \(Quantities.grouped(clause.documents)) \(kind)]\n"
  }

  /// What `--now` says, in ms since 1970. - Throws: status 2.
  static func now(_ arguments: Arguments) throws -> Int64? {
    guard let text = arguments.value("now") else { return nil }
    guard let time = Timestamp.parse(Array(text.utf8).span) else {
      throw ToolError(
        .usage,
        "option --now: expected a date or time such as 2018-08-29 or 2018-08-29T20:21:02Z, found \"\(text)\"")
    }
    return time
  }
}
