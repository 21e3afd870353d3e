internal import Bytes
internal import Records
internal import ToolSupport

/// `--append FILE`: the rows of all runs in one file. Each run writes it anew, so that it is old or new, whole.
struct AppendedRows {
  static let option = OptionSpec(
    "append", value: "FILE", role: .updates,
    help: """
      With --state: add the rows to those in FILE, in the place of standard output. FILE is replaced as a whole just before \
      the state; windows that it holds already are not added again, so that a run can be repeated.
      """)
  // These write something else, or somewhere else.
  private static let others = ["output", "explain", "series", "backtest"]

  private let path: String

  /// What the arguments ask for; nil without `--append`. - Throws: `ToolError(.usage)`.
  init?(_ arguments: Arguments) throws {
    guard let path = arguments.value(Self.option.name) else { return nil }
    guard arguments.has("state") else {
      throw ToolError(
        .usage, "option --append: it goes with --state, which says where the rows go on",
        hint: "or use -o FILE")
    }
    for other in Self.others where arguments.has(other) {
      throw ToolError(.usage, "option --append does not go with --\(other)")
    }
    if let format = arguments.value("format"), format != "ndjson" {
      throw ToolError(.usage, "option --append: a file of records cannot take --format \(format)")
    }
    self.path = path
  }

  /// The next version of the file, with the rows of the one before.
  func open() throws -> ToolOutput {
    var file = try AtomicFile(path)
    guard try Syscalls.status(path) != nil else { return .file(file) }
    var input = try InputStream(path)
    var bytes = ByteBuffer(capacity: 1 << 20)
    var last: UInt8 = 10
    while true {
      bytes.removeAll()
      let count = try input.read(into: &bytes, upTo: 1 << 20)
      if count == 0 { break }
      last = bytes.span[count - 1]
      try file.write(bytes.span)
    }
    if last != 10 { try file.write("\n") }
    return .file(file)
  }

  /// The end of the last window that the file holds; the least number when it holds none.
  func heldEnd() throws -> Int64 {
    guard let status = try Syscalls.status(path) else { return .min }
    guard status.isRegular else {
      throw ToolError(.cannotCreate, "\(path): expected a file", hint: "rows are appended to files only")
    }
    var file = try TrendFile(path)
    do throws(TrendFile.Fault) { return try file.lastEnd() ?? .min } catch {
      throw ToolError(
        .badData, "\(path), offset \(error.offset): \(error.reason)",
        hint: "--append goes on from such a file")
    }
  }
}
