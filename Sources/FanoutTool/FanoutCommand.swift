internal import Bytes
internal import Containers
internal import Follows
internal import Records
public import ToolSupport

/// `fanout`: who sees which tweet.
public enum FanoutCommand: ToolCommand {
  /// All that `--help` says.
  public static let description = ToolDescription(
    name: "fanout", summary: "makes home timelines from tweets and a follow graph", operands: "[FILE…]",
    details: """
      Reads edges and events of --graph, then canonical records of FILEs or standard input: tweets, deletes, and follow, \
      unfollow, block, unblock, mute and unmute events; likes with --notify or --counters. Standard input is not read from \
      a terminal when there is a --graph. A timeline holds the newest tweets of a user and of those it follows, less what is deleted, blocked and \
      muted; replies only where both sides are followed. Edges without a time are older than all events. The order of \
      arrival changes nothing, and repeating an input changes nothing. With -s the timelines are kept in a store that \
      query --timeline reads; without it, or with --format, they are written out.
      """,
    examples: [
      (
        "ingest dump.zst | fanout --graph follows.tsv -s store",
        "build a timeline store, or add to one; then: query -s store --timeline @nasa"
      ),
      (
        "ingest dump.zst | fanout --graph follows.tsv --format resp | redis-cli --pipe",
        "load all timelines into Redis, as sorted sets timeline:ID"
      ),
      (
        "fanout --graph follows.tsv --graph-stats", "sizes, degrees, who is followed most, what pushing costs"
      ),
      (
        "ingest dump.zst | fanout -s store --graph follows.tsv --notify notify.ndjson --counters counters.ndjson",
        "also who is told of mentions, replies, quotes, retweets, likes and follows, and what these add up to"
      ),
      ("fanout -s store --verify", "exit 1 and what is wrong, if anything is"),
    ],
    memory: """
      Below 1 GB: 10 bytes an edge and 50 an account while the graph is made, 56 bytes a tweet up to 6 million (more wait \
      in files), 4 bytes a follower of the authors at work, 32 MB a thread. --notify and --counters: 200 MB at \
      most (more waits in files) and 24 bytes a follow with a time; the graph stays in memory until they are written.
      """,
    options: [
      OptionSpec(
        "graph", value: "FILE", arity: .many, role: .reads,
        help: """
          The follow graph: lines of "follower followee", parted by tab, comma, semicolon or blanks, perhaps with a time \
          (ISO, or 10 or 13 digits since 1970) behind them; or events, a record a line. In any container. End the list \
          with another option or --.
          """)
    ] + FanoutOptions.all + EngagementFiles.options + [
      OptionSpec("merge", help: "Also make all segments of the store one, without what is deleted."),
      OptionSpec("verify", help: "Check every byte of the store and add nothing: exit 1 and what is wrong."),
      OptionSpec(
        "plan",
        help: """
          Say what each threshold between pushing and pulling would cost for this graph and these tweets, and which one \
          to take, and do no more.
          """),
      OptionSpec(
        "graph-stats", help: "Say what the graph looks like at the end of the input, and do no more."),
      OptionSpec(
        "format", choices: ["ndjson", "resp", "table"],
        help: """
          How the timelines are written: delivery records, or commands for redis-cli --pipe. Default: ndjson; not at all \
          with -s. --graph-stats and --plan: table or ndjson; table on a terminal.
          """),
      ToolDescription.output,
    ] + RejectSink.options,
    asksGate: true)

  /// Runs.
  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    Memory.keepLargeBlocksApart()
    let arguments = context.arguments
    if EngagementFiles.areWanted(arguments),
      let other = ["graph-stats", "plan", "verify"].first(where: arguments.has)
    {
      throw ToolError(.usage, "--notify and --counters go with timelines, not with --\(other)")
    }
    if arguments.has("graph-stats") { return try GraphReport.run(&context) }
    if arguments.has("plan") { return try PlanReport.run(&context) }
    if arguments.has("verify") { return try StoreUpkeep.verify(context) }
    if arguments.has("merge") && !arguments.has("store") {
      throw ToolError(.usage, "--merge needs a store", hint: "fanout -s DIR --merge")
    }
    return try TimelineRun.run(&context)
  }
}
