internal import Bytes
internal import JSON
internal import Records
internal import ToolSupport

/// Writes trend records in one of the formats.
struct TrendPrinter: ~Copyable {
  private let format: String
  private var line = ByteBuffer()
  private var isFirst = true

  init(format: String) { self.format = format }

  private static let columns = [
    "window_start", "window_end", "place", "kind", "term", "rank", "count", "users", "expected", "p", "score",
    "velocity", "stage", "onset",
  ]

  /// The header line, where the format has one.
  mutating func begin(_ output: inout ToolOutput) throws {
    switch format {
    case "csv": try output.write(text: Self.columns.joined(separator: ",") + "\r\n")
    case "tsv": try output.write(text: Self.columns.joined(separator: "\t") + "\n")
    default: break
    }
  }

  /// One record; `bytes` are its own, which NDJSON hands on.
  mutating func print(_ record: TrendRecord, _ bytes: Span<UInt8>, _ output: inout ToolOutput) throws {
    line.removeAll()
    switch format {
    case "csv", "tsv": writeRow(record, isCSV: format == "csv")
    case "table": writeTable(record)
    default:
      line.append(bytes)
      line.append("\n")
    }
    try output.write(line.span)
    isFirst = false
  }

  private mutating func writeRow(_ record: TrendRecord, isCSV: Bool) {
    let separator: UInt8 = isCSV ? UInt8(ascii: ",") : 9
    Timestamp.append(record.windowStart, to: &line)
    line.append(separator)
    Timestamp.append(record.windowEnd, to: &line)
    for text in [record.place, record.kind, record.term] {
      line.append(separator)
      line.append(cell: text.span, isCSV: isCSV)
    }
    for count in [record.rank, record.count, record.users] {
      line.append(separator)
      line.append(decimal: count)
    }
    for number in [record.expected, record.p, record.score, record.velocity] {
      line.append(separator)
      line.append(number: number)
    }
    line.append(separator)
    line.append(cell: record.stage.span, isCSV: isCSV)
    line.append(separator)
    Timestamp.append(record.onset, to: &line)
    line.append(isCSV ? "\r\n" : "\n")
  }

  // A title with place and window, then a line each; the term comes last, since its width is known to terminals alone.
  private mutating func writeTable(_ record: TrendRecord) {
    if isFirst {
      let place = TerminalText.safe(record.place.span.text)
      line.append(
        string: "\(place), \(Self.minute(record.windowStart)) to \(Self.minute(record.windowEnd)) UTC\n"
          + "rank  users  expected   score  stage      since             term\n")
    }
    let stage = TerminalText.safe(record.stage.span.text)
    line.append(
      string: Self.right("\(record.rank)", 4) + Self.right("\(record.users)", 7)
        + Self.right(Self.short(record.expected), 10) + Self.right(Self.short(record.score), 8) + "  "
        + stage + String(repeating: " ", count: max(0, 9 - stage.count)) + "  "
        + Self.minute(record.onset) + "  " + TerminalText.safe(record.term.span.text) + "\n")
  }

  private static func minute(_ time: Int64) -> String {
    String(Timestamp.text(time).prefix(16).map { $0 == "T" ? " " : $0 })
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  // One decimal for what is small.
  private static func short(_ number: Double) -> String {
    if number.magnitude >= 1e15 { return "\(number)" }
    return number.magnitude >= 100 ? "\(Int(number.rounded()))" : "\((number * 10).rounded() / 10)"
  }
}
