internal import Bytes
internal import Containers
internal import Ingestion
internal import Records
public import ToolSupport

/// `ingest`: any dump in, canonical records out.
public enum IngestCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "ingest", summary: "reads tweet dumps of any shape and writes canonical records",
    operands: "[FILE|FOLDER…]",
    details: """
      Reads FILEs, all files of FOLDERs, or standard input, and writes one canonical NDJSON record a line. Containers are \
      told by their first bytes and may nest: gz, bz2, xz, zst, lz4, tar, zip. Shapes are told record by record: v1.1 \
      statuses and stream notices, v2 pages and flattened v2, account archives, GNIP activities, CSV and TSV with a \
      header, our own records. JSON may be laid out in any way.
      """,
    examples: [
      ("ingest dump.tar > tweets.ndjson", "one record a line, each id once"),
      ("ingest --rejects bad.ndjson --stats ledger.json 'dumps/*.json.gz'", "what was refused, and the sums"),
      (
        "ingest --clusters dump.tar | jq -r .cluster | sort | uniq -c",
        "which texts are repeated, and how often"
      ),
      ("ingest --where 'lang:de has:media -is:retweet' dump.tar", "only what a query matches"),
      ("ingest --csv-map id=tweet_id,text=content tweets.csv", "a table"),
    ],
    memory:
      "Below 256 MB for any input; a zstd or xz window over 128 MB comes on top, and with --clusters 70 bytes a "
      + "remembered text, at most 150 MB. Ids beyond 3 million, and with last and "
      + "richest all records, go to nameless files in TMPDIR.",
    options: IngestOptions.table + [ToolDescription.output], asksGate: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    do {
      return try ingest(&context)
    } catch let error as SeenFileError {
      throw ToolError(
        .badData, "corrupt: \(error.path): \(error.what)", hint: "remove it to begin with no ids seen")
    } catch let error as ReplayError {
      throw ToolError(
        .badData, "\(error.path), line \(error.line): expected a reject", hint: "give a file of --rejects")
    } catch IngestError.noHeader(let path) {
      throw ToolError(
        .badData, "\(path): expected a header that names a text and an id or a time",
        hint: "name the columns: --csv-map id=…,text=…,created_at=…")
    }
  }

  private static func ingest(_ context: inout ToolContext) throws -> ExitStatus {
    // Long values come and go: what they leave behind goes back to the system.
    Memory.keepLargeBlocksApart(from: 4 << 20)
    let arguments = context.arguments
    let options = try IngestOptions.decoding(arguments)
    if arguments.has("replay") && !arguments.operands.isEmpty {
      throw ToolError(.usage, "option --replay: it takes the place of FILEs")
    }
    let stage = try RecordStage(
      dedupe: RecordStage.Dedupe(rawValue: arguments.value("dedupe") ?? "first") ?? .first,
      seen: arguments.value("seen"), worker: try arguments.integer("worker", in: 0...1023) ?? 0,
      clusters: options.clusters, folder: Syscalls.environment("TMPDIR") ?? "/tmp")
    var output = try ToolOutput.open(arguments)
    let rejects = try RejectSink(arguments, context.diagnostics)
    let source = InputSource(arguments.operands, options: options)
    let replay = arguments.value("replay").map { ReplaySource($0) }
    var ledger = Ledger()
    var findings = IngestFindings()
    var progress = Progress(
      program: "ingest", total: context.showsProgress ? InputPaths.totalSize(arguments.operands) : nil,
      isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: { if let replay { replay.next() } else { source.next() } },
      context: { ChunkDecoder(program: "ingest", options: options) },
      work: { decoder, chunk in decoder.decode(chunk) },
      consume: { (result: DecodedChunk) in
        ledger.read += result.ledger.read
        ledger.rejected += result.ledger.rejected
        ledger.filtered += result.ledger.filtered
        findings.add(result)
        try rejects.add(result.rejects)
        try stage.take(result, &ledger) { bytes, range in try output.write(bytes.span.extracting(range)) }
        progress.update(records: ledger.read, bytes: source.bytesRead)
      })
    progress.finish()
    try replay?.check()
    try source.check()
    try stage.finish(&ledger) { bytes, range in try output.write(bytes.span.extracting(range)) }
    try rejects.finish(ledger)
    try output.finish()
    var seen = try stage.nextSeen()
    if let seen = seen.take() {
      if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
        throw ToolError(.locked, "another stage of the pipeline failed; the ids seen are as they were")
      }
      try seen.commit()
    }
    findings.skippedMembers = source.skippedMembers
    findings.clustered = stage.clustered
    findings.forgottenTexts = stage.forgottenTexts
    ledger.details = findings.details
    context.ledger = ledger
    return .done
  }
}
