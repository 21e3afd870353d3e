internal import Bytes

/// Sorts more rows than memory holds: full lots go, sorted, to nameless files, which are merged when they are read.
///
/// Memory: `limit` rows, and 256 KB a file of as many.
struct RowSorter<Row: SortedRow>: ~Copyable {
  private let folder: String
  private let limit: Int
  private var rows: [Row] = []
  private var files: [ScratchFile] = []

  /// A million rows of 48 bytes: few enough for memory, many enough for few files.
  static var usualLimit: Int { 1 << 20 }

  /// Files lie in `folder`; each holds `limit` rows.
  init(folder: String, limit: Int) {
    self.folder = folder
    self.limit = limit
  }

  /// Adds a row. - Throws: `SystemError`.
  mutating func add(_ row: Row) throws(SystemError) {
    rows.append(row)
    if rows.count >= limit { try flush() }
  }

  private mutating func flush() throws(SystemError) {
    rows.sort()
    let file = try ScratchFile(in: folder)
    var buffer = ByteBuffer(capacity: 1 << 18)
    for row in rows {
      row.append(to: &buffer)
      if buffer.count > 1 << 17 {
        try file.write(buffer.span)
        buffer.removeAll()
      }
    }
    try file.write(buffer.span)
    try file.seal()
    files.append(file)
    rows.removeAll(keepingCapacity: true)
  }

  /// All rows, in order. - Complexity: O(n log n).
  consuming func finish() -> SortedRows<Row> {
    var last = rows
    rows = []
    last.sort()
    return SortedRows(last: last, files: files)
  }
}

/// Rows in order, to be read any number of times.
struct SortedRows<Row: SortedRow> {
  fileprivate let last: [Row]
  fileprivate let files: [ScratchFile]

  /// A cursor at the first row. - Throws: `SystemError`.
  func cursor() throws(SystemError) -> RowCursor<Row> {
    var sources: [RowSource<Row>] = []
    for file in files { sources.append(RowSource(file)) }
    sources.append(RowSource(last))
    return try RowCursor(sources)
  }
}
