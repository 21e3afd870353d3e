internal import Bytes
internal import JSON
internal import Records
internal import Search
internal import ToolSupport

/// Writes counts: records `count`, `facet` and `bucket`, rows of one shape, or tables with bars.
struct CountPrinter: ~Copyable {
  private let format: String
  private var line = ByteBuffer()

  init(_ format: String) { self.format = format }

  private static let columns = ["type", "field", "value", "id", "count"]
  /// Cells of the longest bar.
  private static let barWidth = 30

  /// The header line, where the format has one.
  mutating func begin(_ output: inout ToolOutput) throws {
    switch format {
    case "csv": try output.write(text: Self.columns.joined(separator: ",") + "\r\n")
    case "tsv": try output.write(text: Self.columns.joined(separator: "\t") + "\n")
    case "ids": throw ToolError(.usage, "option --format: counts have no ids")
    default: break
    }
  }

  mutating func print(count: Int, _ output: inout ToolOutput) throws {
    line.removeAll()
    switch format {
    case "ndjson": line.append(string: "{\"type\":\"count\",\"count\":\(count)}\n")
    case "csv", "tsv": writeRow("count", "", "", nil, count)
    case "html": line.append(string: "<p>\(Quantities.grouped(count)) tweets match</p>\n")
    default: line.append(string: "\(Quantities.grouped(count)) tweets match\n")
    }
    try output.write(line.span)
  }

  mutating func print(_ field: FacetField, _ values: [FacetCount], _ output: inout ToolOutput) throws {
    line.removeAll()
    for value in values where format == "ndjson" {
      line.append("{\"type\":\"facet\",\"field\":\"")
      line.append(string: field.rawValue)
      line.append("\",\"value\":")
      let text = Array(value.value.utf8)
      line.append(jsonString: text.span)
      if let id = value.id {
        line.append(",\"id\":")
        let bytes = Array(id.utf8)
        line.append(jsonString: bytes.span)
      }
      line.append(",\"count\":")
      line.append(decimal: UInt64(value.count))
      line.append("}\n")
    }
    for value in values where format == "csv" || format == "tsv" {
      writeRow("facet", field.rawValue, value.value, value.id, value.count)
    }
    if format == "table" || format == "html" {
      writeBars(field.rawValue, values.map { (TerminalText.safe($0.value), $0.count) })
    }
    try output.write(line.span)
  }

  mutating func print(_ interval: Interval, _ buckets: [Bucket], _ output: inout ToolOutput) throws {
    line.removeAll()
    for bucket in buckets where format == "ndjson" {
      line.append("{\"type\":\"bucket\",\"interval\":\"")
      line.append(string: interval.rawValue)
      line.append("\",\"start\":\"")
      Timestamp.append(bucket.start, to: &line)
      line.append("\",\"count\":")
      line.append(decimal: UInt64(bucket.count))
      line.append("}\n")
    }
    for bucket in buckets where format == "csv" || format == "tsv" {
      writeRow("bucket", interval.rawValue, Timestamp.text(bucket.start), nil, bucket.count)
    }
    if format == "table" || format == "html" {
      var rows: [(String, Int)] = []
      for (place, bucket) in buckets.enumerated() {
        if place > 0 {
          // A gap is a row of its own, however long it is.
          let end = interval.bucket(holding: buckets[place - 1].start).upperBound
          if end < bucket.start { rows.append(("…", 0)) }
        }
        rows.append((Self.label(bucket.start, interval), bucket.count))
      }
      writeBars(interval.rawValue, rows)
    }
    try output.write(line.span)
  }

  private static func label(_ start: Int64, _ interval: Interval) -> String {
    let text = Timestamp.text(start)
    switch interval {
    case .minute, .hour: return String(text.prefix(16).map { $0 == "T" ? " " : $0 })
    case .day, .week: return String(text.prefix(10))
    case .month: return String(text.prefix(7))
    }
  }

  private mutating func writeRow(
    _ type: String, _ field: String, _ value: String, _ id: String?, _ count: Int
  ) {
    let isCSV = format == "csv"
    for text in [type, field, value, id ?? ""] {
      let bytes = Array(text.utf8)
      line.append(cell: bytes.span, isCSV: isCSV)
      line.append(isCSV ? UInt8(ascii: ",") : 9)
    }
    line.append(decimal: UInt64(count))
    line.append(isCSV ? "\r\n" : "\n")
  }

  // A title, then a line each: the value, its count, a bar; the greatest has the longest.
  private mutating func writeBars(_ title: String, _ rows: [(label: String, count: Int)]) {
    let most = rows.map(\.count).max() ?? 0
    if format == "html" {
      line.append(string: "<h2>\(HTMLPage.escaped(title))</h2>\n<table>\n")
      for row in rows {
        let share = most == 0 ? 0 : Double((row.count * 1000 + most / 2) / most) / 10
        line.append(
          string:
            "<tr><td>\(HTMLPage.escaped(row.label))</td><td class=\"n\">\(Quantities.grouped(row.count))</td>"
            + "<td><span class=\"bar\" style=\"width:\(share * 0.2)rem\"></span></td></tr>\n")
      }
      line.append("</table>\n")
      return
    }
    let width = min(rows.map { TerminalText.columns($0.label) }.max() ?? 0, 40)
    let digits = rows.map { Quantities.grouped($0.count).count }.max() ?? 0
    line.append(string: title + (rows.isEmpty ? ": none\n" : "\n"))
    for row in rows {
      if row.count == 0 {
        line.append(string: "  \(row.label)\n")
        continue
      }
      let label = TerminalText.padded(row.label, to: width)
      let count = TerminalText.padded(Quantities.grouped(row.count), to: digits, right: true)
      line.append(string: "  \(label)  \(count)  \(Self.bar(row.count, of: most))\n")
    }
  }

  // In eighths of a cell; what is not nothing has at least one.
  private static func bar(_ count: Int, of most: Int) -> String {
    let eighths = max(Int((Double(count) / Double(max(most, 1)) * Double(barWidth * 8)).rounded()), 1)
    let rest: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8)
      + (eighths % 8 == 0 ? "" : String(rest[eighths % 8 - 1]))
  }
}
