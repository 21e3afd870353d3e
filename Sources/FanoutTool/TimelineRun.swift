internal import Activity
internal import Bytes
internal import Containers
internal import Follows
internal import Records
internal import StoreAccess
internal import TimelineBuilding
internal import Timelines
internal import ToolSupport

/// A run that makes timelines: reads the graph, then records, adds them to a store, and writes what is asked for.
enum TimelineRun {
  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let settings = try FanoutOptions.settings(context)
    let format = try format(arguments)
    let rejects = try RejectSink(arguments, context.diagnostics)
    // What cannot be written is told before anything is read.
    var output: ToolOutput? = format == nil ? nil : try ToolOutput.open(arguments)
    let passing = arguments.has("store") ? nil : try PassingStore()
    guard let path = arguments.value("store") ?? passing?.path else { return .bug }
    let engagements = try EngagementFiles(arguments, settings.shard, folder: Paths.join(path, "segments"))
    var ledger = Ledger()
    var file: AtomicFile?
    try StoreErrors.told {
      let writer = try writer(path, settings)
      writer.folds = arguments.has("merge")
      writer.isPassing = passing != nil
      writer.keepsKnown = engagements != nil
      // Whom a merge drops has a timeline in Redis still.
      let known = format == .resp ? try writer.preview().users() : []
      try read(writer, engagements, context, &ledger, rejects)
      try rejects.finish(ledger)
      // All that can fail for want of space comes before the gate, and all names behind it.
      try writer.prepare()
      count(writer, &ledger)
      tell(writer, context)
      try engagements?.prepare(writer.takeKnown(), &ledger)
      ledger.emitted = writer.deliveries
      if let format, var output = output.take() {
        ledger.emitted = try DeliveryPrinter.print(
          try writer.preview(), known, format, threads: context.threads, to: &output)
        file = try output.prepared()
      }
      if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
        let place = arguments.value("store").map { "\($0): " } ?? ""
        throw ToolError(.locked, "\(place)another stage of the pipeline failed; nothing was committed")
      }
      if arguments.has("store") { ledger.add("commit", try writer.publish()) }
    }
    try file.take()?.commit()
    try engagements?.commit(&ledger)
    context.ledger = ledger
    return .done
  }

  private static func tell(_ writer: TimelineWriter, _ context: ToolContext) {
    let rate = writer.pushSeconds > 0 ? Int(Double(writer.deliveries) / writer.pushSeconds) : 0
    context.diagnostics.detail(
      "\(Quantities.grouped(writer.deliveries)) deliveries pushed, \(Quantities.grouped(rate)) a second")
  }

  private static func writer(_ path: String, _ settings: FanoutSettings) throws -> TimelineWriter {
    do { return try TimelineWriter(path, settings) } catch TimelineError.otherShard(
      let path, let found, let expected)
    {
      throw ToolError(
        .badConfiguration, "\(path) was made with \(found), this run has \(expected)",
        hint: "give the shard that it was made with, or another folder")
    }
  }

  // Without a store the timelines are the output; with one they are written where a format is named.
  private static func format(_ arguments: Arguments) throws -> DeliveryFormat? {
    guard let name = arguments.value("format") else { return arguments.has("store") ? nil : .ndjson }
    guard let format = DeliveryFormat(rawValue: name) else {
      throw ToolError(.usage, "option --format: table goes with --graph-stats or --plan")
    }
    return format
  }

  private static func read(
    _ writer: TimelineWriter, _ engagements: EngagementFiles?, _ context: ToolContext,
    _ ledger: inout Ledger, _ rejects: RejectSink
  ) throws {
    let arguments = context.arguments
    let files = arguments.all("graph")
    if !files.isEmpty {
      let source = GraphSource.chunks(files)
      try GraphInput.read(
        { source.next() }, context, total: files, position: { source.bytesRead },
        context: { RelationReader(program: "fanout") }, work: { reader, chunk in reader.read(chunk) }
      ) { (batch: RelationBatch) in
        if let misplaced = batch.misplaced { throw GraphInput.words(misplaced) }
        ledger.add(batch.ledger)
        try rejects.add(batch.rejects)
        writer.add(batch)
        engagements?.add(batch)
        return ledger.read
      }
      try GraphInput.told { try source.check() }
    }
    guard files.isEmpty || !arguments.operands.isEmpty || !Syscalls.isTerminal(0) else { return }
    let source = ChunkSource(arguments.operands)
    let wantsEngagements = engagements != nil
    try GraphInput.read(
      { source.next() }, context, total: arguments.operands, position: { source.bytesRead },
      context: { ActivityReader(program: "fanout", wantsEngagements: wantsEngagements) },
      work: { reader, chunk in reader.read(chunk) }
    ) { (batch: ActivityBatch) in
      ledger.add(batch.relations.ledger)
      try rejects.add(batch.relations.rejects)
      try writer.add(batch)
      try engagements?.add(batch)
      return ledger.read
    }
    try source.check()
  }

  private static func count(_ writer: TimelineWriter, _ ledger: inout Ledger) {
    ledger.applied += writer.newTweets + writer.relations.used + writer.tombstones.new
    ledger.duplicate += writer.repeatedTweets + writer.relations.repeated + writer.tombstones.repeated
    ledger.filtered += writer.deleted
    ledger.add("tweets", writer.newTweets)
    ledger.add("deleted", writer.deleted)
    ledger.add("relations", writer.relations.used)
    ledger.add("deliveries", writer.deliveries)
  }
}
