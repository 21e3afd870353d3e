internal import Bytes
internal import Containers
internal import Records
internal import SearchIndex
internal import TextAnalysis
public import ToolSupport

/// `index-build`: canonical records in, an immutable index out.
public enum IndexBuildCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "index-build", summary: "adds canonical records to an index and commits",
    operands: "-i DIR [FILE…]",
    details: """
      Reads canonical records (what ingest and tokenize write) from FILEs or standard input, adds them to the index in \
      DIR and makes them visible in one commit.
      """,
    examples: [("ingest dump.zst | index-build -i idx", "build an index, or add to one")],
    memory: "Below 1 GB for any input.",
    options: [OptionSpec("index", short: "i", value: "DIR", role: .folder, help: "The index folder.")] + RejectSink.options,
    asksGate: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    guard let path = context.arguments.value("index") else {
      throw ToolError(.usage, "no index named", hint: "index-build -i DIR [FILE…]")
    }
    let source = ChunkSource(context.arguments.operands)
    let cuts = SegmentCuts(source)
    let rejects = try RejectSink(context.arguments, context.diagnostics)
    var ledger = Ledger()
    let writer = try IndexWriter(path, threads: context.threads)
    if writer.analyzer.isEmpty { try writer.useAnalyzer(cuts.firstAnalyzer ?? AnalyzerSettings().identifier) }
    guard let settings = AnalyzerSettings(identifier: writer.analyzer) else {
      throw IndexError.otherAnalyzer(found: AnalyzerSettings().identifier, expected: writer.analyzer)
    }
    var progress = Progress(program: "index-build", total: nil, isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: { cuts.next() },
      context: { BatchReader(program: "index-build", settings: settings) },
      work: { reader, cut in reader.read(cut.chunk, segment: cut.segment) },
      consume: { (read: ReadBatch) in
        ledger.add(read.ledger)
        try rejects.add(read.rejects)
        try writer.add(read)
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try source.check()
    try rejects.finish(ledger)
    if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
      throw ToolError(.locked, "\(path): another stage of the pipeline failed; nothing was committed")
    }
    _ = try writer.commit()
    context.ledger = ledger
    return .done
  }
}
