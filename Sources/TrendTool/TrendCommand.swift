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
      "Grows with the distinct terms of the baseline, about 100 bytes for each and place: there is no bound yet.",
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
    ] + TrendOutput.options + [ToolDescription.output] + RejectSink.options)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let settings = try TrendOptions.settings(arguments)
    let rejects = try RejectSink(arguments, context.diagnostics)
    let source = ChunkSource(arguments.operands)
    var output = try TrendOutput.open(context)
    var engine = TrendEngine(settings)
    var ledger = Ledger()
    var progress = Progress(
      program: "trend-compute", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: { source.next() },
      context: { TrendReader(program: "trend-compute", settings: settings) },
      work: { reader, chunk in reader.read(chunk) },
      consume: { (batch: TrendBatch) in
        ledger.add(batch.ledger)
        try rejects.add(batch.rejects)
        let trends = engine.add(batch)
        ledger.emitted += trends.count
        try output.write(trends)
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try source.check()
    try rejects.finish(ledger)
    let last = engine.finish()
    ledger.emitted += last.count
    try output.write(last)
    try output.finish()
    // What came too late was read, and counted nowhere.
    ledger.applied -= engine.late
    ledger.filtered += engine.late
    ledger.add("late", engine.late)
    ledger.add("untested_windows", engine.untested)
    context.ledger = ledger
    return .done
  }
}
