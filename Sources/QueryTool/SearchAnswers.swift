internal import Bytes
internal import IndexAccess
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// The hits of a query, page by page.
enum SearchAnswers {
  /// Answers. - Returns: whether there was a hit.
  static func run(_ context: ToolContext) throws -> Bool {
    let arguments = context.arguments
    let question = try SearchQuestion(arguments)
    try check(arguments, question)
    let counts = try CountQuestion(arguments)
    let cursor = try cursor(arguments, question)
    let format = AnswerFormat.of(context)
    let fields = try FieldPaths.read(arguments, format)
    return try IndexErrors.told {
      let readers = try cursor.map { try IndexFolders.open($0, context) } ?? IndexFolders.open(context)
      let searcher = try Searcher(readers)
      searcher.now = question.ranking.now
      if let cursor, cursor.commits != searcher.fingerprint { throw IndexFolders.foreign }
      if context.diagnostics.isVerbose {
        context.diagnostics.detail(try searcher.skippedSegments(question.query).text)
      }
      var output = try ToolOutput.open(arguments)
      var found = false
      let showsHits = counts.isEmpty || arguments.has("limit") && !arguments.has("count")
      let page = HTMLPage(question.text)
      if format == "html" { try page.begin(&output) }
      if showsHits {
        found = try hits(question, cursor, searcher, format, fields, context, &output)
      }
      if !counts.isEmpty {
        let matched = try CountAnswers.run(question, counts, searcher, format, &output)
        found = found || matched
      }
      if format == "html" { try page.end(&output) }
      try output.finish()
      return found
    }
  }

  private static func check(_ arguments: Arguments, _ question: SearchQuestion) throws {
    if arguments.has("explain") && question.ranking.sort != .relevance {
      throw ToolError(.usage, "option --explain goes with --sort relevance")
    }
    if arguments.has("explain"), let format = arguments.value("format"),
      ["csv", "tsv", "ids"].contains(format)
    {
      throw ToolError(
        .usage, "option --explain does not go with --format \(format)", hint: "--format table, ndjson or html"
      )
    }
    let isCount = arguments.has("count") || arguments.has("facet") || arguments.has("histogram")
    let showsHits = !isCount || arguments.has("limit") && !arguments.has("count")
    for option in ["cursor", "collapse", "explain", "fields"] where arguments.has(option) && !showsHits {
      throw ToolError(
        .usage, "option --\(option) is for hits, and counts alone are asked for",
        hint: "leave --\(option) out, or add --limit N to see hits too")
    }
  }

  private static func cursor(_ arguments: Arguments, _ question: SearchQuestion) throws -> SearchCursor? {
    guard let text = arguments.value("cursor") else { return nil }
    guard let cursor = SearchCursor(text) else {
      throw ToolError(
        .usage, "option --cursor: expected what a page ended with, found \"\(TerminalText.safe(text))\"")
    }
    guard cursor.question == question.number else {
      throw ToolError(
        .usage, "option --cursor: it belongs to another question",
        hint: "repeat the query and the options it came with")
    }
    return cursor
  }

  private static func hits(
    _ question: SearchQuestion, _ cursor: SearchCursor?, _ searcher: Searcher, _ format: String,
    _ fields: FieldPaths?, _ context: ToolContext, _ output: inout ToolOutput
  ) throws -> Bool {
    let page = try searcher.page(
      question.query, question.ranking, limit: question.limit, cursor: cursor, collapse: question.collapse)
    var printer = HitPrinter(
      format, fields: fields, color: context.outputUsesColor, Highlighter(question.asked, in: searcher))
    let explanations =
      context.arguments.has("explain")
      ? try searcher.explain(page.hits, question.asked, question.ranking) : []
    try printer.begin(&output)
    var tweet = Tweet()
    for (place, hit) in page.hits.enumerated() {
      if format != "ids" { try searcher.read(hit, into: &tweet) }
      try printer.print(
        rank: page.firstRank + place, hit, tweet, explanations.isEmpty ? nil : explanations[place], &output)
    }
    var next: SearchCursor?
    if page.hasMore, let last = page.hits.last {
      next = SearchCursor(
        searcher, question: question.number, behind: last, shown: page.firstRank + page.hits.count - 1)
    }
    try end(question, page, next, searcher, format, &output)
    if page.hits.isEmpty && format == "table" && cursor == nil { try tellWhy(question, searcher, context) }
    return !page.hits.isEmpty
  }

  private static func end(
    _ question: SearchQuestion, _ page: SearchPage, _ next: SearchCursor?, _ searcher: Searcher,
    _ format: String,
    _ output: inout ToolOutput
  ) throws {
    guard let next else { return }
    switch format {
    case "ndjson": try output.write(text: "{\"type\":\"cursor\",\"next\":\"\(next.text)\"}\n")
    case "table", "html":
      let last = page.firstRank + page.hits.count - 1
      var told = "\(Quantities.grouped(page.firstRank)) to \(Quantities.grouped(last)) are shown"
      if question.collapse == nil {
        told = "\(Quantities.grouped(try searcher.count(question.query))) tweets match, " + told
      }
      if format == "html" {
        return try output.write(text: "<p class=\"more\">\(HTMLPage.escaped(told))</p>\n")
      }
      try output.write(text: "\(told)\nmore: --cursor \(next.text)\n")
    default: break
    }
  }

  private static func tellWhy(_ question: SearchQuestion, _ searcher: Searcher, _ context: ToolContext) throws
  {
    context.diagnostics.note("no tweet matches")
    for reason in try searcher.reasonsForNoHit(question.query) { context.diagnostics.note("  " + reason) }
  }
}

/// How answers are shown where nothing is said.
enum AnswerFormat {
  static func of(_ context: ToolContext) -> String {
    context.arguments.value("format")
      ?? (context.outputIsTerminal && !context.arguments.has("output") ? "table" : "ndjson")
  }
}
