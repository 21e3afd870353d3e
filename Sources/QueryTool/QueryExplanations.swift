internal import IndexAccess
internal import QueryGrammar
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--explain-query`: how a query was understood, and with an index what its clauses match and cost.
enum QueryExplanations {
  /// Options of answers, which there are none of then.
  private static let others = [
    "limit", "format", "fields", "sort", "weights", "as-of", "cursor", "collapse", "explain", "count",
    "facet",
    "histogram",
  ]

  static func run(_ query: QueryNode, _ context: ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    for other in others + QueryKind.allCases.map(\.rawValue) where arguments.has(other) {
      throw ToolError(.usage, "option --\(other) does not go with --explain-query")
    }
    let asksIndex = arguments.has("index")
    for option in ["now", "partial"] where arguments.has(option) && !asksIndex {
      throw ToolError(.usage, "option --\(option) goes with -i DIR")
    }
    var text = query.outline
    if asksIndex {
      text = try IndexErrors.told {
        let searcher = try Searcher(try IndexFolders.open(context))
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
