internal import Bytes
public import Records

/// What becomes of refused records: `--rejects FILE`, or the first few on standard error; `--max-rejects` ends a run.
public final class RejectSink {
  /// The options of tools that refuse records.
  public static let options: [OptionSpec] = [
    OptionSpec(
      "rejects", value: "FILE", role: .writes,
      help:
        "Write refused records to FILE with place and reason. Default: the first few are shown on standard error."
    ),
    OptionSpec(
      "max-rejects", value: "N|P%",
      help:
        "Publish nothing and exit 65 when more records, or a greater part of them, are refused. Default: no limit."
    ),
  ]

  private enum Limit { case none, count(Int), percent(Double) }
  private let limit: Limit
  private let diagnostics: Diagnostics
  private var file: AtomicFile?
  private var line = ByteBuffer()
  private var count = 0
  private static let shownAtMost = 5

  /// Opens the file that the arguments name.
  public init(_ arguments: Arguments, _ diagnostics: Diagnostics) throws {
    self.diagnostics = diagnostics
    limit = try Self.limit(arguments.value("max-rejects"))
    if let path = arguments.value("rejects") { file = try AtomicFile(path) }
  }

  private static func limit(_ text: String?) throws -> Limit {
    guard let text else { return .none }
    if text.hasSuffix("%"), let percent = decimal(text.dropLast()), percent <= 100 {
      return .percent(percent)
    }
    if let count = Quantities.integer(text), count >= 0 { return .count(count) }
    throw ToolError(
      .usage, "option --max-rejects: expected a count or a percentage such as 0.5%, found \"\(text)\"")
  }

  private static func decimal(_ text: Substring) -> Double? {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 46 }) else { return nil }
    return Double(text)
  }

  /// Takes rejects in input order. - Throws: status 65 beyond a limit by count.
  public func add(_ rejects: [Reject]) throws {
    for reject in rejects {
      count += 1
      if file != nil {
        line.removeAll()
        reject.write(to: &line)
        try Self.write(line, to: &file)
        // One long reject is no reason to keep so much.
        if line.count > 1 << 20 { line = ByteBuffer() }
      } else if count <= Self.shownAtMost {
        let place = reject.member.isEmpty ? reject.source : "\(reject.source), \(reject.member)"
        diagnostics.warning(
          "\(place), line \(reject.line), offset \(reject.offset): \(reject.rejection.reason.rawValue): \(reject.rejection.detail)"
        )
      }
      if case .count(let most) = limit, count > most { throw tooMany("more than \(most)") }
    }
  }

  private static func write(_ line: borrowing ByteBuffer, to file: inout AtomicFile?) throws {
    try file?.write(line.span)
  }

  /// Publishes the file. Call before the output is closed.
  /// - Throws: status 65 beyond a limit by percentage, and for input of which nothing was recognised.
  public func finish(_ ledger: Ledger) throws {
    if case .percent(let most) = limit, Double(count) * 100 > most * Double(ledger.read) {
      throw tooMany("more than \(most) % of \(ledger.read)")
    }
    try file.take()?.commit()
    if count > Self.shownAtMost || count > 0 && diagnostics.isVerbose {
      diagnostics.warning(
        "\(Quantities.grouped(count)) of \(Quantities.grouped(ledger.read)) records were refused")
    }
    if ledger.read > 0 && ledger.rejected == ledger.read {
      throw ToolError(
        .badData, "none of the \(Quantities.grouped(ledger.read)) records was recognised",
        hint: "see the reasons above, or in --rejects FILE")
    }
  }

  private func tooMany(_ what: String) -> ToolError {
    ToolError(
      .badData, "\(what) records were refused; nothing is published",
      hint: "see --rejects FILE, or raise --max-rejects")
  }
}
