internal import Bytes
internal import Containers
internal import Follows
internal import Records
internal import ToolSupport

/// `--graph-stats`: what the graph looks like at the end of the input.
enum GraphReport {
  static func run(_ context: inout ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    if arguments.value("format") == "resp" {
      throw ToolError(.usage, "option --format: --graph-stats is written as table or ndjson")
    }
    let rejects = try RejectSink(arguments, context.diagnostics)
    var output = try ToolOutput.open(arguments)
    var log = RelationLog()
    var ledger = Ledger()
    try readGraph(context, &log, &ledger, rejects)
    if arguments.all("graph").isEmpty || !arguments.operands.isEmpty || !Syscalls.isTerminal(0) {
      let source = ChunkSource(arguments.operands)
      try read(
        { source.next() }, context, arguments.operands, { source.bytesRead }, &log, &ledger, rejects)
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

  /// Reads what `--graph` names. - Throws: status 65 for a file that is no graph.
  static func readGraph(
    _ context: ToolContext, _ log: inout RelationLog, _ ledger: inout Ledger, _ rejects: RejectSink
  ) throws {
    let files = context.arguments.all("graph")
    if files.isEmpty { return }
    let source = GraphSource.chunks(files)
    try read({ source.next() }, context, files, { source.bytesRead }, &log, &ledger, rejects)
    try GraphInput.told { try source.check() }
  }

  private static func read(
    _ next: @escaping @Sendable () -> Chunk?, _ context: ToolContext, _ total: [String],
    _ position: @escaping () -> Int, _ log: inout RelationLog, _ ledger: inout Ledger, _ rejects: RejectSink
  ) throws {
    try GraphInput.read(
      next, context, total: total, position: position, context: { RelationReader(program: "fanout") },
      work: { reader, chunk in reader.read(chunk) }
    ) { (batch: RelationBatch) in
      if let misplaced = batch.misplaced { throw GraphInput.words(misplaced) }
      ledger.add(batch.ledger)
      try rejects.add(batch.rejects)
      log.add(batch)
      return ledger.read
    }
  }
}
