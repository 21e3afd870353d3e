internal import Bytes
internal import Containers
internal import IndexAccess
internal import Records
internal import IndexBuilding
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
      DIR and makes them visible in one commit. Records without tokens are analysed here. A tweet whose id is in the index \
      replaces the older record, the higher counts win; deletes win whatever came first. Readers see the old commit or \
      the new one, whole; exit 0 means that the new one is durable.
      """,
    examples: [
      ("ingest dump.zst | tokenize | index-build -i idx", "build an index, or add to one"),
      ("index-build -i idx --info", "what is in it, bytes by structure"),
      ("index-build -i idx --verify full", "exit 1 and what is wrong, if anything is"),
    ],
    memory: "Below 1 GB for any input: a segment is written for every 560 MiB of records.",
    options: [
      OptionSpec(
        "index", short: "i", value: "DIR", arity: .repeated, role: .folder,
        help: "The index folder; made when it is not there."),
      OptionSpec(
        "commit-every", value: "N|Ts",
        help:
          "Commit after N records, or every T seconds while records come. What was committed stays when --max-rejects ends the run later. Default: once, at the end."
      ),
      OptionSpec("replace", help: "Publish this run's records only. Tombstones stay."),
      OptionSpec(
        "verify", choices: IndexCheck.Depth.allCases.map(\.rawValue),
        help:
          "Check the index and add nothing: all checksums, or everything. Several -i: also that no tweet lives in two."
      ),
      OptionSpec("info", help: "Say what is in the index, and its bytes by structure."),
      OptionSpec(
        "dump", choices: ["records", "terms"], help: "Write every live record, or every term with its counts."
      ),
      OptionSpec("merge", help: "Make all segments one, without what is dead."),
      OptionSpec(
        "gc", help: "Remove what no commit needs: the last 3 commits and all of the last hour are kept."),
      OptionSpec("dry-run", help: "With --merge or --gc: say what would be done."),
      ToolDescription.output,
    ] + RejectSink.options,
    asksGate: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    Memory.keepLargeBlocksApart()
    let arguments = context.arguments
    let paths = arguments.all("index")
    guard let path = paths.first else {
      throw ToolError(.usage, "no index named", hint: "index-build -i DIR [FILE…]")
    }
    if arguments.has("verify") { return try IndexReports.verify(paths, context) }
    guard paths.count == 1 else { throw ToolError(.usage, "several -i go with --verify only") }
    if arguments.has("info") { return try IndexReports.info(path, arguments) }
    if arguments.has("dump") { return try IndexReports.dump(path, arguments) }
    if arguments.has("merge") || arguments.has("gc") { return try IndexUpkeep.run(path, context) }
    if arguments.has("dry-run") { throw ToolError(.usage, "--dry-run goes with --merge or --gc") }
    return try IndexErrors.told { try build(path, &context) }
  }

  private static func build(_ path: String, _ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let rule = try CommitInterval.rule(arguments.value("commit-every"))
    let source = ChunkSource(arguments.operands)
    let cuts = SegmentCuts(source, rule, live: try live(rule, arguments.operands))
    // A missing input is told before a folder is made.
    let analyzer = cuts.firstAnalyzer
    try cuts.check()
    // In a pipeline nothing is committed before all stages have ended well, whatever the interval.
    let gate = CommitGate.fromEnvironment()
    let commitsOften = rule != .size && gate == nil
    let rejects = try RejectSink(arguments, context.diagnostics)
    var ledger = Ledger()
    let writer = try IndexWriter(path, threads: context.threads)
    if arguments.has("replace") { try writer.replaceAll() }
    if writer.analyzer.isEmpty { try writer.useAnalyzer(analyzer ?? AnalyzerSettings().identifier) }
    guard let settings = AnalyzerSettings(identifier: writer.analyzer) else {
      throw IndexError.otherAnalyzer(found: AnalyzerSettings().identifier, expected: writer.analyzer)
    }
    var progress = Progress(
      program: "index-build", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    var segment = 0
    try OrderedWork.run(
      threads: context.threads, produce: { cuts.next() },
      context: { BatchReader(program: "index-build", settings: settings) },
      work: { reader, cut in reader.read(cut) },
      consume: { (read: ReadBatch) in
        if commitsOften && read.segment != segment { try writer.commit() }
        segment = read.segment
        ledger.add(read.ledger)
        try rejects.add(read.rejects)
        try writer.add(read)
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try cuts.check()
    try rejects.finish(ledger)
    // All that can fail for want of space comes before the gate.
    try writer.prepare()
    if let gate, !gate.waitForPermission() {
      throw ToolError(.locked, "\(path): another stage of the pipeline failed; nothing was committed")
    }
    let generation = try writer.commit()
    ledger.add("commit", generation)
    ledger.add("replaced", writer.replaced)
    ledger.add("unchanged", writer.unchanged)
    ledger.add("deleted", writer.deleted)
    context.ledger = ledger
    context.diagnostics.detail("commit \(generation): \(Quantities.grouped(ledger.applied)) records applied")
    return .done
  }

  // Commits by the clock serve those who wait for what arrives now: standard input is then read as it comes.
  private static func live(_ rule: SegmentCuts.Rule, _ operands: [String]) throws -> LiveChunker? {
    guard case .seconds(let seconds) = rule, operands.isEmpty || operands == ["-"] else { return nil }
    return try LiveChunker(patience: min(seconds, 1) / 2)
  }
}
