internal import Bytes
internal import ToolSupport
internal import Trends
internal import YAML

/// The file of `--rules`.
struct RuleFile {
  private let path: String
  /// What stands in it.
  let rules: TrendRules

  /// What the arguments ask for; nil without `--rules`. - Throws: before anything else is read or written.
  init?(_ arguments: Arguments, _ diagnostics: Diagnostics) throws {
    guard let path = arguments.value("rules") else { return nil }
    if path == "-" && (arguments.operands.isEmpty || arguments.operands.contains("-")) {
      throw ToolError(.usage, "standard input is either the rules or the records", hint: "name a FILE")
    }
    var input = try InputStream(path)
    var bytes = ByteBuffer(capacity: 1 << 12)
    // A byte more than it may have is enough to say that it is too long.
    while bytes.count <= TrendRules.maximumFileSize, try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
    self.path = input.path
    do throws(Faults) { rules = try TrendRules(yaml: bytes.span.array) } catch {
      for fault in error.faults { diagnostics.error(fault.text(file: input.path)) }
      throw ExitStatus.badConfiguration
    }
  }

  /// For `--verbose`: which rules met no trend in a run.
  func report(_ used: TrendRules, _ diagnostics: Diagnostics) {
    let unmet = used.unmet
    if unmet.isEmpty { return }
    let lines = unmet.prefix(20).map { "\($0)" }.joined(separator: ", ") + (unmet.count > 20 ? " …" : "")
    diagnostics.detail(
      "\(path): \(unmet.count) of \(used.count) rules met no trend: line\(unmet.count == 1 ? "" : "s") \(lines)"
    )
  }
}
