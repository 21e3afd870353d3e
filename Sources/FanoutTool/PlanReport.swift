internal import Activity
internal import Bytes
internal import Containers
internal import Follows
internal import Records
internal import TimelineBuilding
internal import Timelines
internal import ToolSupport

/// `--plan`: what each threshold between pushing and pulling costs, and which one suits this graph.
enum PlanReport {
  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    if arguments.value("format") == "resp" {
      throw ToolError(.usage, "option --format: --plan is written as table or ndjson")
    }
    let settings = try FanoutOptions.settings(context)
    let rejects = try RejectSink(arguments, context.diagnostics)
    var output = try ToolOutput.open(arguments)
    var log = RelationLog()
    var ledger = Ledger()
    var seen = TweetCounts()
    try GraphReport.readGraph(context, &log, &ledger, rejects)
    try read(context, &log, &seen, &ledger, rejects)
    let graph = log.finish(threads: context.threads)
    ledger.applied += graph.records + seen.tweets
    ledger.duplicate += graph.duplicates + seen.repeated
    try rejects.finish(ledger)
    let plan = FanoutPlan(
      graph, tweets: seen.counts(graph.users), cap: settings.cap, threads: context.threads)
    let isTable =
      arguments.value("format").map { $0 == "table" }
      ?? (context.outputIsTerminal && !arguments.has("output"))
    try output.write(text: isTable ? table(plan, hasTweets: seen.tweets > 0) : records(plan))
    try output.finish()
    context.ledger = ledger
    return .done
  }

  private static func read(
    _ context: ToolContext, _ log: inout RelationLog, _ seen: inout TweetCounts, _ ledger: inout Ledger,
    _ rejects: RejectSink
  ) throws {
    let operands = context.arguments.operands
    guard context.arguments.all("graph").isEmpty || !operands.isEmpty || !Syscalls.isTerminal(0) else {
      return
    }
    let source = ChunkSource(operands)
    try GraphInput.read(
      { source.next() }, context, total: operands, position: { source.bytesRead },
      context: { ActivityReader(program: "fanout", wantsEngagements: false) },
      work: { reader, chunk in reader.read(chunk) }
    ) { (batch: ActivityBatch) in
      ledger.add(batch.relations.ledger)
      // Deletes change no plan.
      ledger.filtered += batch.deletes.count + batch.userDeletes.count
      try rejects.add(batch.relations.rejects)
      log.add(batch.relations)
      for tweet in batch.tweets {
        log.add(user: tweet.author)
        seen.add(tweet)
      }
      return ledger.read
    }
    try source.check()
  }

  // MARK: Words

  private static func name(_ row: FanoutPlan.Row, _ plan: FanoutPlan) -> String {
    Quantities.grouped(row.pushBelow)
  }

  private static func table(_ plan: FanoutPlan, hasTweets: Bool) -> String {
    var text =
      "\(Quantities.grouped(plan.tweets)) tweets\(hasTweets ? "" : " (none was read: one of each account)"), "
      + "\(Quantities.grouped(plan.readers)) readers\n\n"
    text += "push below          writes  kept bytes  merges at read: mean, 99 %, most\n"
    let most = plan.rows.map(\.writes).max() ?? 0
    for row in plan.rows {
      let mean = plan.readers == 0 ? 0 : Double(row.merges.sum) / Double(plan.readers)
      text += pad(name(row, plan), 10) + pad(Quantities.grouped(row.writes), 16)
      text += pad(Quantities.grouped(row.bytes), 14)
      text += pad(decimal(mean), 11) + pad(Quantities.grouped(row.merges.p99), 8)
      text += pad(Quantities.grouped(row.merges.most), 8) + "  "
      text += bar(row.writes, of: most) + (row == plan.recommended ? "  ← recommended" : "") + "\n"
    }
    text +=
      "\nrecommended: the fewest writes with which 99 of 100 readers merge at most \(FanoutPlan.mergesAllowed) lists.\n"
    return text
  }

  private static func records(_ plan: FanoutPlan) -> String {
    var text = ""
    for row in plan.rows {
      text += "{\"type\":\"plan\",\"push_below\":\(row.pushBelow),\"pulled_authors\":\(row.pulledAuthors)"
      text +=
        ",\"writes\":\(row.writes),\"kept\":\(row.kept),\"bytes\":\(row.bytes),\"merges\":\(row.merges.sum)"
      text +=
        ",\"merges_p99\":\(row.merges.p99),\"merges_max\":\(row.merges.most),\"readers\":\(plan.readers)"
      text += (row == plan.recommended ? ",\"recommended\":true" : "") + "}\n"
    }
    return text
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  // With two digits behind the point, the same in every locale.
  private static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let rest = hundredths % 100
    return "\(Quantities.grouped(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest)"
  }

  private static func bar(_ value: Int, of most: Int) -> String {
    let width = most == 0 ? 0 : (value * 24 + most / 2) / most
    return String(repeating: "█", count: width) + String(repeating: "·", count: 24 - width)
  }
}

/// How many tweets each account wrote, each id once.
private struct TweetCounts: ~Copyable {
  private var ids = TweetIDs()
  private var counts: [UInt64: UInt32] = [:]
  private(set) var tweets = 0
  private(set) var repeated = 0

  mutating func add(_ tweet: TweetFacts) {
    if !ids.insert(tweet.id) {
      repeated += 1
      return
    }
    tweets += 1
    counts[tweet.author, default: 0] += 1
  }

  /// By number of a graph; without any tweet one each.
  func counts(_ users: UserTable) -> [UInt32] {
    if tweets == 0 { return Array(repeating: 1, count: users.count) }
    return users.ids.map { counts[$0] ?? 0 }
  }
}
