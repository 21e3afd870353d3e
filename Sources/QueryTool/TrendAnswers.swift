internal import Bytes
internal import Records
internal import ToolSupport

/// `--trends`: the records of a place in a window of a file that `trend-compute` wrote. Those that its rules denied are no
/// answers; a table names them in a line.
enum TrendAnswers {
  /// Options that ask something else, which `--trends` has no answer to.
  private static let others = [
    "index", "sort", "get", "batch", "explain-query", "weights", "now", "collapse", "explain", "facet",
    "histogram",
    "suggest", "users", "thread", "follow", "fields", "partial", "cursor", "as-of",
  ]

  /// Answers. - Returns: whether anything trended.
  static func run(_ path: String, _ context: ToolContext) throws -> Bool {
    let arguments = context.arguments
    for other in others where arguments.has(other) {
      throw ToolError(.usage, "option --\(other) does not go with --trends")
    }
    if let word = arguments.operands.first {
      throw ToolError(
        .usage, "--trends answers no query, found \"\(word)\"", hint: "choose by --place and --at")
    }
    let format =
      arguments.value("format") ?? (context.outputIsTerminal && !arguments.has("output") ? "table" : "ndjson")
    if format == "ids" { throw ToolError(.usage, "option --format: trends have no ids") }
    let place = try place(arguments)
    let time = try time(arguments)
    let limit = try QueryCommand.limit(arguments)
    var file = try open(path)
    let all = try told(path) { () throws(TrendFile.Fault) in
      guard let window = try file.window(endingBy: time) else { return [TrendFile.Row]() }
      return try file.rows(in: window) { matches($0.place, place) }
    }
    let rows = all.filter { $0.record.denial == nil }
    let denied = DeniedTrends.text(
      all.compactMap { row in row.record.denial.map { (row.record.term.span.text, $0.span.text) } })
    var output = try ToolOutput.open(arguments)
    if arguments.has("count") {
      try output.write(text: "\(rows.count)\n")
    } else {
      var printer = TrendPrinter(format: format)
      try printer.begin(&output)
      for row in rows.prefix(limit) { try printer.print(row.record, file.text(row.line), &output) }
      if format == "table" {
        if rows.isEmpty { context.diagnostics.note("nothing trends at \(place) then") }
        if let denied { try output.write(text: "\(denied)\n") }
      }
    }
    try output.finish()
    return !rows.isEmpty
  }

  // MARK: Arguments

  private static func place(_ arguments: Arguments) throws -> String {
    guard let place = arguments.value("place") else { return "world" }
    let parts = place.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isLevel = parts.count == 2 && !parts[1].isEmpty && ["country", "place", "lang"].contains(parts[0])
    if place == "world" || isLevel { return place }
    throw ToolError(
      .usage, "option --place: expected world, country:XX, place:ID or lang:xx, found \"\(place)\"")
  }

  private static func time(_ arguments: Arguments) throws -> Int64? {
    guard let text = arguments.value("at") else { return nil }
    let bytes = Array(text.utf8)
    guard let time = Timestamp.parse(bytes.span) else {
      throw ToolError(
        .usage, "option --at: expected a time such as 2022-05-09T11:00Z, found \"\(text)\"")
    }
    return time
  }

  // Codes of countries and languages are the same in capitals.
  private static func matches(_ place: [UInt8], _ wanted: String) -> Bool {
    place.count == wanted.utf8.count
      && zip(place, wanted.utf8).allSatisfy { $0 == $1 || lower($0) == lower($1) }
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  // MARK: Errors

  static func open(_ path: String) throws -> TrendFile {
    do throws(SystemError) { return try TrendFile(path) } catch {
      // EINVAL: a pipe or a folder, which cannot be searched by halving.
      if error.code == 22 {
        throw ToolError(
          .noInput, "\(path): expected a file", hint: "write the trends to one: trend-compute -o")
      }
      throw error
    }
  }

  static func told<T>(_ path: String, _ body: () throws(TrendFile.Fault) -> T) throws -> T {
    do throws(TrendFile.Fault) { return try body() } catch { throw fault(path, error) }
  }

  private static func fault(_ path: String, _ fault: TrendFile.Fault) -> ToolError {
    ToolError(
      .badData, "\(path), offset \(fault.offset): \(fault.reason)",
      hint: "trend-compute -o writes such a file")
  }
}
