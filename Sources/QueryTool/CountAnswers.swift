internal import Bytes
internal import Search
internal import ToolSupport

/// What of a query's matches is counted: `--count`, `--facet`, `--histogram`.
struct CountQuestion {
  let facets: [(field: FacetField, limit: Int)]
  let interval: Interval?
  let isCount: Bool

  /// Values of a facet where nothing is said.
  private static let usual = 10

  var isEmpty: Bool { facets.isEmpty && interval == nil && !isCount }

  /// Reads the options. - Throws: status 2.
  init(_ arguments: Arguments) throws {
    isCount = arguments.has("count")
    interval = arguments.value("histogram").flatMap { Interval(rawValue: $0) }
    facets = try arguments.all("facet").map { text in
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let field = FacetField(rawValue: parts[0]) else {
        let names = FacetField.allCases.map(\.rawValue)
        throw ToolError(
          .usage,
          "option --facet: expected \(names.joined(separator: ", ")), found \"\(TerminalText.safe(parts[0]))\"",
          hint: Nearest.match(parts[0], names).map { "did you mean \($0)?" })
      }
      if parts.count == 1 { return (field, Self.usual) }
      if parts[1] == "all" { return (field, .max) }
      guard let limit = Quantities.integer(parts[1]), limit > 0 else {
        throw ToolError(
          .usage,
          "option --facet: expected a number from 1 or all behind the colon, found \"\(TerminalText.safe(parts[1]))\""
        )
      }
      return (field, limit)
    }
  }
}

/// Counts, in the order: the number, the facets as they were asked for, the histogram.
enum CountAnswers {
  /// Answers. - Returns: whether anything matches.
  static func run(
    _ question: SearchQuestion, _ counts: CountQuestion, _ searcher: Searcher, _ format: String,
    _ output: inout ToolOutput
  ) throws -> Bool {
    if counts.facets.isEmpty && counts.interval == nil {
      let count = try searcher.count(question.query)
      if format == "html" {
        try output.write(text: "<p>\(Quantities.grouped(count)) tweets match</p>\n")
      } else {
        try output.write(text: "\(count)\n")
      }
      return count > 0
    }
    let matches = try Matches(question.query, in: searcher)
    var printer = CountPrinter(format)
    try printer.begin(&output)
    if counts.isCount { try printer.print(count: matches.count, &output) }
    for (field, limit) in counts.facets {
      try printer.print(field, try matches.facet(field, limit: limit), &output)
    }
    if let interval = counts.interval {
      try printer.print(interval, try matches.histogram(interval), &output)
    }
    return matches.count > 0
  }
}
