internal import Bytes
internal import ToolSupport
internal import Trends

/// A window's trends at a place as a table for people.
struct TrendTable {
  let usesColor: Bool
  private static let names = ["#", "term", "users", "expected", "p", "score", "stage", "so far"]
  /// Terms wider than this are cut.
  private static let widest = 40

  init(usesColor: Bool) { self.usesColor = usesColor }

  /// A heading, the names of the columns, a line a row, one for what rules denied, an empty line.
  func text(_ table: LastWindows.Table) -> String {
    let rows = zip(table.rows, table.users).map { row, users in
      [
        "\(row.rank)", TerminalText.safe(row.term.span.text), "\(row.users)", row.expectedText,
        row.probabilityText,
        row.scoreText, row.stage.rawValue, Sparkline.text(users),
      ]
    }
    let widths = Self.names.indices.map { column in
      min(rows.reduce(Self.names[column].count) { max($0, TerminalText.columns($1[column])) }, Self.widest)
    }
    let place = TerminalText.safe(table.place.bytes.span.text)
    var text = styled("1", place) + "  \(table.windowText)\n"
    if !rows.isEmpty { text += styled("2", line(Self.names, widths)) + "\n" }
    for row in rows { text += line(row, widths) + "\n" }
    if let denied = Self.denied(table) { text += styled("2", "  \(denied)") + "\n" }
    return text + "\n"
  }

  private static func denied(_ table: LastWindows.Table) -> String? {
    DeniedTrends.text(
      table.denied.map { row in
        let reason = row.denial ?? []
        return (row.term.span.text, reason.span.text)
      })
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      // Numbers stand to the right; nothing follows the last column.
      let isText = column == 1 || column >= 6
      line +=
        "  "
        + (column == cells.count - 1 ? cell : TerminalText.padded(cell, to: widths[column], right: !isText))
    }
    return line
  }

  private func styled(_ style: String, _ text: String) -> String {
    usesColor ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }
}
