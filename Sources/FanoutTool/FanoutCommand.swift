internal import Bytes
internal import Containers
internal import Follows
internal import Records
public import ToolSupport

/// `fanout`: so far the follow graph that timelines will be made of.
public enum FanoutCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "fanout", summary: "reads a follow graph and says what it looks like", operands: "[FILE…]",
    details: """
      Reads edges and events of --graph, then canonical records of FILEs or standard input, whose follow, unfollow, \
      block, unblock, mute and unmute events change the graph; tweets and other events do not. Standard input is not \
      read from a terminal when there is a --graph. Edges without a time are older than all events; the order of \
      arrival changes nothing, and repeating an input changes nothing. Timelines are not built yet.
      """,
    examples: [
      (
        "fanout --graph follows.tsv --graph-stats", "sizes, degrees, who is followed most, what pushing costs"
      ),
      (
        "ingest dump.zst | fanout --graph follows.csv.gz --graph-stats --format ndjson",
        "the same after the follows and unfollows of a dump, as records"
      ),
    ],
    memory:
      "10 bytes an edge and 50 an account while the graph is made, 6 and 16 after it: 200 MB for 15 million edges.",
    options: [
      OptionSpec(
        "graph", value: "FILE", arity: .many, role: .reads,
        help: """
          The follow graph: lines of "follower followee", parted by tab, comma, semicolon or blanks, perhaps with a time \
          (ISO, or 10 or 13 digits since 1970) behind them; or events, a record a line. In any container. End the list \
          with another option or --.
          """),
      OptionSpec("graph-stats", help: "Say what the graph looks like at the end of the input."),
      OptionSpec(
        "format", choices: ["table", "ndjson"],
        help: "How --graph-stats is written. Default: table on a terminal, ndjson elsewhere."),
      ToolDescription.output,
    ] + RejectSink.options)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    guard arguments.has("graph-stats") else {
      throw ToolError(
        .usage, "nothing to do: --graph-stats is all that fanout can say yet",
        hint: "fanout --graph follows.tsv --graph-stats")
    }
    Memory.keepLargeBlocksApart()
    let rejects = try RejectSink(arguments, context.diagnostics)
    var output = try ToolOutput.open(arguments)
    var log = RelationLog()
    var ledger = Ledger()
    let files = arguments.all("graph")
    if !files.isEmpty {
      let source = GraphSource.chunks(files)
      try GraphInput.read(
        { source.next() }, context, total: files, position: { source.bytesRead }, &log, &ledger, rejects)
      try GraphInput.told { try source.check() }
    }
    if files.isEmpty || !arguments.operands.isEmpty || !Syscalls.isTerminal(0) {
      let source = ChunkSource(arguments.operands)
      try GraphInput.read(
        { source.next() }, context, total: arguments.operands, position: { source.bytesRead }, &log, &ledger,
        rejects)
      try source.check()
    }
    let graph = log.finish(threads: context.threads)
    ledger.applied += graph.records
    ledger.duplicate += graph.duplicates
    try rejects.finish(ledger)
    let stats = GraphStats(graph, threads: context.threads)
    ledger.add("users", stats.users)
    ledger.add("follows", stats.follows)
    let isTable =
      arguments.value("format").map { $0 == "table" }
      ?? (context.outputIsTerminal && !arguments.has("output"))
    var bytes = ByteBuffer()
    if isTable { bytes.append(string: stats.text) } else { stats.write(to: &bytes) }
    try output.write(bytes.span)
    try output.finish()
    context.ledger = ledger
    return .done
  }
}
