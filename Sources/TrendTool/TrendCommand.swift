internal import Bytes
internal import Containers
internal import Records
public import ToolSupport
internal import Trends

/// `trend-compute`: says which terms are used by more people than one would expect, where and when.
public enum TrendCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "trend-compute", summary: "says what trends, where and when, with the evidence",
    operands: "[FILE…]",
    details: """
      Reads canonical records from FILEs or standard input and writes a "trend" record for every term that more accounts \
      used within a window than the same hours of the days before lead one to expect. Windows are of event time and \
      close when the data has passed them; input may be out of order by --lateness. Tokens are used where records \
      carry them.
      """,
    examples: [
      ("ingest dump.zst | trend-compute > trends.ndjson", "hashtags and phrases, everywhere"),
      (
        "trend-compute --by country --kind hashtag --top 5 tweets.ndjson",
        "five hashtags a country and window"
      ),
      ("trend-compute --format table tweets.ndjson", "what trended last, for people"),
      (
        "trend-compute --html trends.html tweets.ndjson > trends.ndjson",
        "the records, and a page with charts"
      ),
    ],
    memory:
      "At most --memory, of which about 50 MB are the program itself; 44 MB for a million tweets by hashtag.",
    options: [
      OptionSpec("window", value: "TIME", help: "The length of a window; it divides a day. Default: 1h."),
      OptionSpec("step", value: "TIME", help: "From one window to the next. Default: 5m."),
      OptionSpec("baseline", value: "TIME", help: "How far back is looked for what is usual. Default: 7d."),
      OptionSpec("lateness", value: "TIME", help: "How late a tweet may come and still count. Default: 10m."),
      OptionSpec(
        "by", value: "LEVEL,…",
        help: "Where to count: world, country, place, lang. Default: all four."),
      OptionSpec(
        "kind", value: "KIND,…",
        help: "What to count: hashtag, term, phrase, cashtag, mention, url, emoji. Default: hashtag,phrase."),
      OptionSpec("top", value: "N", help: "Rows a window and place. Default: 20."),
      OptionSpec("min-count", value: "N", help: "Uses that a trend has at least. Default: 5."),
      OptionSpec("min-users", value: "N", help: "Accounts that a trend has at least. Default: 5."),
      OptionSpec(
        "fdr", value: "P", help: "The share of false ones among the trends of a window. Default: 0.05."),
      OptionSpec(
        "memory", value: "BYTES",
        help: """
          What the run may take. All is counted exactly while it fits; then light windows of the past go into a sketch, and \
          of a window that is too full a sample of its accounts is counted. Rows that this touches have "error". \
          Default: 256MB.
          """),
      OptionSpec(
        "explain", value: "TERM",
        help: """
          Instead of trends say of every window in which TERM was used what was counted, what was expected and why, \
          and why it is a trend or none. Written as one would search for it: '#nyc'.
          """),
      OptionSpec(
        "series", value: "TERM", arity: .many,
        help: """
          Instead of trends write {"type":"series",…}: uses and accounts of each TERM in every step in which it was \
          used. End the list with another option or --.
          """),
      OptionSpec(
        "state", value: "FILE", role: .updates,
        help: """
          Go on where the run before stopped, and keep for the next: rows of runs one behind the other are those of one \
          run. Windows that are still open wait in it. Replaced as a whole when the rows are out.
          """),
      AppendedRows.option,
      OptionSpec(
        "final", help: "Close the open windows too: nothing more will come. Always so without --state."),
      OptionSpec(
        "backtest", value: "LABELS", role: .reads,
        help: """
          Compare the trends with the bursts and decoys of LABELS (NDJSON, as `bench trend-world` writes) and write recall, \
          precision and delays to standard output, a line of JSON each. Rows are then written only with -o FILE.
          """),
      OptionSpec(
        "rules", value: "FILE", role: .reads,
        help: """
          Deny trends, and allow some of these again, by the YAML of FILE: \
          deny: [{ term: "#follow*", place: country:TR, reason: follow trains }], allow: alike; also kind, from, until. \
          Records of denied ones have rank 0 and "denied" with the reason, and stand behind the others; tables and pages name \
          them in a line.
          """),
    ] + TrendOutput.options + [ToolDescription.output] + RejectSink.options, asksGate: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let settings = try TrendOptions.settings(arguments)
    // Not the chunks: fresh pages for each were half of all page faults. Where little may be taken their 5 MB matter more.
    Memory.keepLargeBlocksApart(from: settings.memory < 128_000_000 ? 1 << 20 : 9 << 17)
    var backtest = try BacktestRun(arguments, settings)
    let rules = try RuleFile(arguments, context.diagnostics)
    let wanted = try Wanted(arguments)
    let appendedRows = try AppendedRows(arguments)
    // Taken first: what a later run needs must not change under this one.
    var state: StateFile?
    if let path = arguments.value("state") { state = try StateFile(path) }
    let rejects = try RejectSink(arguments, context.diagnostics)
    let source = ChunkSource(arguments.operands)
    // The measures of a backtest take the place of rows on standard output.
    let writesRows = backtest == nil || arguments.value("output").map { $0 != "-" } ?? false
    var output = try TrendOutput.open(context, appendedRows, writesRows: writesRows)
    var engine = try Self.engine(state, settings)
    engine.watchedTerms = wanted.terms
    if let rules { engine.rules = rules.rules }
    var ledger = Ledger()
    var progress = Progress(
      program: "trend-compute", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    let pool = TrendBatchPool()
    try OrderedWork.run(
      threads: context.threads, produce: { source.next() },
      context: { TrendReader(program: "trend-compute", settings: settings, pool: pool) },
      work: { reader, chunk in reader.read(chunk) },
      consume: { (batch: TrendBatch) in
        ledger.add(batch.ledger)
        try rejects.add(batch.rejects)
        let trends = engine.add(batch)
        pool.give(batch)
        try Self.put(trends, &engine, &ledger, wanted, &output)
        backtest?.add(trends)
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try source.check()
    try rejects.finish(ledger)
    let last = arguments.has("final") || !arguments.has("state") ? engine.finish() : []
    try Self.put(last, &engine, &ledger, wanted, &output)
    backtest?.add(last)
    var appended = try output.finish()
    try backtest?.finish()
    if let open = state.take() {
      let next = try open.next(engine)
      if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
        throw ToolError(.locked, "another stage of the pipeline failed; the state is as it was")
      }
      // Rows first: those that are there already are not appended again, those that a state left behind never come.
      try appended.take()?.commit()
      try next.commit()
    }
    // What came too late was read, and counted nowhere.
    ledger.applied -= engine.late
    ledger.filtered += engine.late
    ledger.add("late", engine.late)
    // Those that the run before read are in its ledger.
    ledger.applied -= engine.early - engine.earlyInherited
    ledger.filtered += engine.early - engine.earlyInherited
    ledger.add("clock_ahead", engine.early)
    ledger.add("not_in_sample", engine.unsampled)
    ledger.add("untested_windows", engine.untested)
    if let rules {
      ledger.add("denied", engine.denied)
      rules.report(engine.rules, context.diagnostics)
    }
    context.ledger = ledger
    return .done
  }

  private static func engine(_ state: borrowing StateFile?, _ settings: TrendSettings) throws -> TrendEngine {
    switch state {
    case .some(let file): try file.engine(settings)
    case .none: TrendEngine(settings)
    }
  }

  // What a run puts out: trends, or what is asked of some terms.
  private static func put(
    _ trends: [Trend], _ engine: inout TrendEngine, _ ledger: inout Ledger, _ wanted: Wanted,
    _ output: inout TrendOutput
  ) throws {
    var lines = ByteBuffer()
    switch wanted {
    case .trends:
      ledger.emitted += trends.count
      return try output.write(trends)
    case .explanations: for explanation in engine.takeExplanations() { explanation.write(to: &lines) }
    case .series: for point in engine.takeSeries() { point.write(to: &lines) }
    }
    try output.write(lines: lines.span)
  }
}

/// What a run puts out.
private enum Wanted {
  case trends
  case explanations(String)
  case series([String])

  init(_ arguments: Arguments) throws {
    let explained = arguments.value("explain")
    let series = arguments.all("series")
    if explained != nil && !series.isEmpty {
      throw ToolError(.usage, "--explain and --series are two runs")
    }
    if arguments.has("backtest") && (explained != nil || !series.isEmpty) {
      throw ToolError(.usage, "--backtest is of trends: not with --explain or --series")
    }
    self = explained.map { .explanations($0) } ?? (series.isEmpty ? .trends : .series(series))
  }

  /// The terms it is about, as engines know them.
  var terms: Set<[UInt8]> {
    switch self {
    case .trends: []
    case .explanations(let term): [TrendReader.folded(term)]
    case .series(let terms): Set(terms.map { TrendReader.folded($0) })
    }
  }
}
