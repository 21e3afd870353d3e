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
    memory: """
      Below 1 GB for any input: a segment is written for every 560 MiB of records. --merge and --purge take about 20 bytes \
      a tweet.
      """,
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
      OptionSpec(
        "purge",
        help: """
          Write every segment with anything deleted anew, remove all older commits at once, and prove that nothing deleted \
          is left. A line of audit.ndjson says so.
          """),
      OptionSpec("dry-run", help: "With --merge, --gc or --purge: say what would be done."),
      OptionSpec(
        "counters", value: "FILE", arity: .repeated, role: .reads,
        help: """
          Raise likes, retweets, replies and quotes to the sums of these files of fanout --counters, where they are higher. \
          All partial sums of one period belong to one run.
          """),
      OptionSpec(
        "keep-for", value: "LENGTH",
        help: "Let go of tweets made more than so long (90d, 12h) before the newest one of the index."),
      OptionSpec(
        "shards", value: "N",
        help: "Build N indexes side by side: DIR/shard-000, DIR/shard-001…, a commit each."),
      OptionSpec("shard", value: "i/N", help: "Build one of them: DIR/shard-00i."),
      OptionSpec(
        "shard-by", choices: Sharding.Key.allCases.map(\.rawValue),
        help: """
          What decides on a tweet's shard, by its XXH64 modulo N: its id, its author's id, its day, or the country of its \
          place. Default: id.
          """),
      OptionSpec(
        "add-segments",
        help:
          "Add the segments FILE…, built elsewhere, in one commit. What is not disjoint is added tweet by tweet."
      ),
      OptionSpec(
        "archive", value: "FILE", role: .writes,
        help: "Write the newest commit to FILE (- for standard output): one archive, a tar of zstd."),
      OptionSpec(
        "restore", value: "FILE", role: .reads,
        help: "Make the index of an archive (- for standard input) in the new folder DIR."),
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
    let kind = try IndexBuildKind.read(arguments, description.options)
    if kind == .verify { return try IndexReports.verify(try paths.flatMap(ShardOptions.whole), context) }
    guard paths.count == 1 else { throw ToolError(.usage, "several -i go with --verify only") }
    if kind == .upkeep { return try IndexUpkeep.run(try ShardOptions.whole(path), context) }
    let sharding = try ShardOptions.sharding(arguments)
    if sharding == nil { try ShardOptions.refuseShards(path) }
    let file = arguments.value(kind.rawValue) ?? ""
    switch kind {
    case .info: return try IndexReports.info(path, arguments)
    case .dump: return try IndexReports.dump(path, arguments)
    case .archive: return try IndexTransfers.archive(path, file, context)
    case .restore: return try IndexTransfers.restore(path, file, context)
    case .addSegments: return try IndexTransfers.addSegments(path, context)
    default:
      if arguments.all("counters").contains("-"),
        arguments.operands.isEmpty || arguments.operands.contains("-")
      {
        throw ToolError(
          .usage, "--counters -: standard input gives the records", hint: "name a file of counters")
      }
      let folders = try ShardOptions.folders(path, sharding)
      return try IndexErrors.told { try build(path, folders, sharding ?? .none, &context) }
    }
  }

  private static func build(
    _ path: String, _ folders: [String], _ sharding: Sharding, _ context: inout ToolContext
  ) throws -> ExitStatus {
    let arguments = context.arguments
    let rule = try CommitInterval.rule(arguments.value("commit-every"))
    let source = ChunkSource(arguments.operands)
    let cuts = SegmentCuts(
      source, rule, live: try live(rule, arguments.operands), shards: sharding.built.count)
    // A missing input is told before a folder is made.
    let analyzer = cuts.firstAnalyzer
    try cuts.check()
    // In a pipeline nothing is committed before all stages have ended well, whatever the interval.
    let commitsOften = rule != .size && Syscalls.environment(CommitGate.variable) == nil
    let rejects = try RejectSink(arguments, context.diagnostics)
    var ledger = Ledger()
    let writers = try folders.map { try IndexWriter($0, threads: context.threads) }
    for writer in writers {
      if arguments.has("replace") { try writer.replaceAll() }
      if writer.analyzer.isEmpty { try writer.useAnalyzer(analyzer ?? AnalyzerSettings().identifier) }
    }
    guard let first = writers.first, let settings = AnalyzerSettings(identifier: first.analyzer) else {
      throw IndexError.otherAnalyzer(
        found: AnalyzerSettings().identifier, expected: writers.first?.analyzer ?? "")
    }
    for writer in writers { try writer.useAnalyzer(first.analyzer) }
    var progress = Progress(
      program: "index-build", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    var segment = 0
    try OrderedWork.run(
      threads: context.threads, produce: { cuts.next() },
      context: { BatchReader(program: "index-build", settings: settings, sharding: sharding) },
      work: { reader, cut in reader.read(cut) },
      consume: { (read: ReadBatch) in
        if commitsOften && read.segment != segment { for writer in writers { try writer.commit() } }
        segment = read.segment
        ledger.add(read.ledger)
        try rejects.add(read.rejects)
        for (shard, writer) in writers.enumerated() { try writer.add(read, shard: shard) }
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try cuts.check()
    try rejects.finish(ledger)
    let (raised, expired) = try IndexUpkeep.change(writers, context)
    // All that can fail for want of space comes before the gate.
    for writer in writers { try writer.prepare() }
    try CommitPermission.wait(path)
    var generation = 0
    for writer in writers { generation = max(generation, try writer.commit()) }
    ledger.add("commit", generation)
    ledger.add("replaced", writers.reduce(0) { $0 + $1.replaced })
    ledger.add("unchanged", writers.reduce(0) { $0 + $1.unchanged })
    ledger.add("deleted", writers.reduce(0) { $0 + $1.deleted })
    if arguments.has("counters") { ledger.add("raised", raised) }
    if arguments.has("keep-for") { ledger.add("expired", expired) }
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
