internal import Bytes
internal import ToolSupport
internal import Trends

/// `--backtest`: where the rows go, and the comparison with the labels.
struct BacktestRun {
  private var backtest: Backtest

  /// What the arguments ask for; nil without `--backtest`. - Throws: before anything is read or written.
  init?(_ arguments: Arguments, _ settings: TrendSettings) throws {
    guard let path = arguments.value("backtest") else { return nil }
    var input = try InputStream(path)
    var bytes = ByteBuffer()
    while try input.read(into: &bytes, upTo: 1 << 16) > 0 {}
    do throws(BacktestLabelError) {
      backtest = Backtest(labels: try BacktestLabels.read(bytes), kinds: settings.kinds)
    } catch {
      throw ToolError(
        .badData, "\(input.path), line \(error.line): \(error.reason)",
        hint: "labels look as those of `bench trend-world`")
    }
  }

  /// Takes rows into account.
  mutating func add(_ rows: [Trend]) { backtest.add(rows) }

  /// Writes the measures to standard output.
  func finish() throws {
    var lines = ByteBuffer()
    backtest.write(to: &lines)
    var output = OutputStream.standard()
    try output.write(lines.span)
    try output.finish()
  }
}
