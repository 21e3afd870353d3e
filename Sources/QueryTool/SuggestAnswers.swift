internal import Bytes
internal import JSON
internal import Records
internal import Search
internal import SearchIndex
internal import ToolSupport

/// `--suggest` and `--users`.
enum SuggestAnswers {
  /// Completions of a word. - Returns: whether there was one.
  static func suggest(
    _ typed: String, _ searcher: Searcher, _ context: ToolContext, _ output: inout ToolOutput
  )
    throws -> Bool
  {
    let format = try format(context)
    let found = try searcher.suggest(typed, limit: try limit(context))
    var line = ByteBuffer()
    header(["kind", "text", "count", "newest", "score"], format, &line)
    for suggestion in found {
      let text = Array(suggestion.text.utf8)
      switch format {
      case "csv", "tsv":
        let cells = [
          suggestion.kind.rawValue, suggestion.text, "\(suggestion.count)", Timestamp.text(suggestion.newest),
          number(suggestion.score),
        ]
        row(cells, format, &line)
      case "table":
        let count = TerminalText.padded(Quantities.grouped(suggestion.count), to: 11, right: true)
        line.append(string: "\(count)  \(TerminalText.safe(suggestion.text))\n")
      default:
        line.append("{\"type\":\"suggestion\",\"kind\":\"")
        line.append(string: suggestion.kind.rawValue)
        line.append("\",\"text\":")
        line.append(jsonString: text.span)
        line.append(",\"count\":")
        line.append(decimal: UInt64(suggestion.count))
        line.append(",\"newest\":\"")
        Timestamp.append(suggestion.newest, to: &line)
        line.append("\",\"score\":")
        line.append(number: suggestion.score)
        if suggestion.isCorrected { line.append(",\"corrected\":true") }
        line.append("}\n")
      }
    }
    try output.write(line.span)
    return !found.isEmpty
  }

  /// Accounts. - Returns: whether there was one.
  static func users(_ text: String, _ searcher: Searcher, _ context: ToolContext, _ output: inout ToolOutput)
    throws -> Bool
  {
    let format = try format(context)
    let found = try searcher.people(text, limit: try limit(context))
    var line = ByteBuffer()
    var tweet = Tweet()
    var projection = FieldProjection()
    header(["id", "username", "name", "count", "newest", "match"], format, &line)
    for person in found {
      try searcher.read(person.newest, into: &tweet)
      let user = tweet.user ?? User()
      let handle = tweet.bytes(user.username).text
      let name = tweet.bytes(user.name).text
      switch format {
      case "csv", "tsv":
        let cells = [
          user.id > 0 ? "\(user.id)" : "", handle, name, "\(person.count)", Timestamp.text(person.time),
          person.match.rawValue,
        ]
        row(cells, format, &line)
      case "table":
        let count = TerminalText.padded(Quantities.grouped(person.count), to: 11, right: true)
        line.append(string: "\(count)  @\(TerminalText.safe(handle))")
        if !name.isEmpty { line.append(string: "  \(TerminalText.safe(name))") }
        line.append("\n")
      default:
        var record = ByteBuffer()
        TweetWriter.write(tweet, to: &record)
        line.append("{\"type\":\"user\",\"user\":")
        try projection.writeMember("user", of: record, to: &line)
        line.append(",\"count\":")
        line.append(decimal: UInt64(person.count))
        line.append(",\"newest\":\"")
        Timestamp.append(person.time, to: &line)
        line.append("\",\"score\":")
        line.append(number: person.score)
        line.append(",\"match\":\"")
        line.append(string: person.match.rawValue)
        line.append("\"}\n")
      }
    }
    try output.write(line.span)
    return !found.isEmpty
  }

  /// Suggestions where nothing is said.
  private static let usual = 10

  private static func limit(_ context: ToolContext) throws -> Int {
    context.arguments.has("limit") ? try QueryCommand.limit(context.arguments) : usual
  }

  private static func format(_ context: ToolContext) throws -> String {
    let format = AnswerFormat.of(context)
    if format == "ids" || format == "html" {
      throw ToolError(.usage, "option --format: expected table, ndjson, csv or tsv here, found \(format)")
    }
    return format
  }

  private static func number(_ value: Double) -> String {
    var text = ByteBuffer()
    text.append(number: value)
    return text.span.text
  }

  private static func header(_ columns: [String], _ format: String, _ line: inout ByteBuffer) {
    if format == "csv" || format == "tsv" { row(columns, format, &line) }
  }

  private static func row(_ cells: [String], _ format: String, _ line: inout ByteBuffer) {
    for (place, cell) in cells.enumerated() {
      if place > 0 { line.append(format == "csv" ? UInt8(ascii: ",") : 9) }
      let bytes = Array(cell.utf8)
      line.append(cell: bytes.span, isCSV: format == "csv")
    }
    line.append(format == "csv" ? "\r\n" : "\n")
  }
}
