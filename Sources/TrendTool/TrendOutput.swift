internal import Bytes
internal import ToolSupport
internal import Trends

/// Where trends go: records or tables to the output, and beside it a page.
struct TrendOutput: ~Copyable {
  /// What a command line says about it.
  static let options = [
    OptionSpec(
      "format", choices: ["table", "windows", "ndjson"],
      help: """
        How to show trends. "table": at the end of the input, the last window with trends of each place, at most \
        \(shownPlaces) places; "windows": a table for every window, as it closes; "ndjson": records, the only format for \
        other tools. Default: table on a terminal, ndjson elsewhere.
        """),
    OptionSpec(
      "html", value: "FILE", role: .writes,
      help: """
        Write a page with charts to FILE too: the \(StrongestTerms.shownTerms) strongest of the terms that are put out, for \
        each of at most \(StrongestTerms.shownPlaces) places. It needs no network and no script.
        """),
  ]
  private static let shownPlaces = 30

  private enum Format: String { case table, windows, ndjson }
  private let format: Format
  private let diagnostics: Diagnostics
  private var output: ToolOutput
  private let printer: TrendTable
  private var lastWindows = LastWindows()
  private var page: AtomicFile?
  private var strongest = StrongestTerms()
  private var isEmpty = true
  /// Whether rows go to the output; the page has them anyway.
  private let writesRows: Bool
  /// With `--append`: the end of the last window that the file holds already.
  private let heldEnd: Int64?

  private init(
    _ format: Format, _ printer: TrendTable, _ diagnostics: Diagnostics, output: consuming ToolOutput,
    page: consuming AtomicFile?, writesRows: Bool, heldEnd: Int64?
  ) {
    self.heldEnd = heldEnd
    self.writesRows = writesRows
    self.format = format
    self.printer = printer
    self.diagnostics = diagnostics
    self.output = output
    self.page = page
  }

  /// Opens what the arguments ask for.
  static func open(_ context: ToolContext, _ appended: AppendedRows?, writesRows: Bool) throws -> TrendOutput
  {
    let arguments = context.arguments
    let isFile = arguments.has("output") || appended != nil
    // Looked at before it is copied: what is no file of rows is left alone.
    let heldEnd = try appended?.heldEnd()
    let usual: Format = context.outputIsTerminal && !isFile ? .table : .ndjson
    return TrendOutput(
      arguments.value("format").flatMap(Format.init(rawValue:)) ?? usual,
      TrendTable(usesColor: context.outputUsesColor && !isFile), context.diagnostics,
      output: try appended.map { try $0.open() } ?? ToolOutput.open(arguments), page: try page(arguments),
      writesRows: writesRows, heldEnd: heldEnd)
  }

  private static func page(_ arguments: Arguments) throws -> AtomicFile? {
    guard let path = arguments.value("html") else { return nil }
    return try AtomicFile(path)
  }

  /// Takes rows in the order of the engine.
  mutating func write(_ rows: [Trend]) throws {
    if rows.isEmpty { return }
    isEmpty = false
    if page != nil { strongest.add(rows) }
    if !writesRows { return }
    switch format {
    case .ndjson:
      var lines = ByteBuffer()
      for row in rows where heldEnd.map({ row.windowEnd > $0 }) ?? true { row.write(to: &lines) }
      try output.write(lines.span)
    case .table: lastWindows.add(rows) { _ in }
    case .windows:
      var text = ""
      let printer = printer
      lastWindows.add(rows) { text += printer.text($0) }
      try output.write(text: text)
      try output.flush()
    }
  }

  /// Writes lines that are no trends, as they are.
  mutating func write(lines: Span<UInt8>) throws {
    if lines.isEmpty { return }
    isEmpty = false
    try output.write(lines)
  }

  /// Writes what waited for the end, and makes everything whole.
  consuming func finish() throws -> AtomicFile? {
    if format == .table && writesRows {
      for table in lastWindows.tables(Self.shownPlaces) { try output.write(text: printer.text(table)) }
      let hidden = lastWindows.count - Self.shownPlaces
      if hidden > 0 {
        try output.write(
          text: "and \(Quantities.grouped(hidden)) places more: see --by, --html or --format ndjson\n")
      }
    }
    if isEmpty && format != .ndjson && writesRows { diagnostics.note("nothing trends") }
    try Self.write(strongest, to: page.take())
    if heldEnd == nil {
      try output.finish()
      return nil
    }
    return try output.prepared()
  }

  private static func write(_ terms: StrongestTerms, to page: consuming AtomicFile?) throws {
    guard var page = page.take() else { return }
    try TrendPage.write(terms) { (bytes) throws(SystemError) in try page.write(bytes) }
    try page.commit()
  }
}
