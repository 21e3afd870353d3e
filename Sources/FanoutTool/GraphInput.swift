internal import Bytes
internal import Containers
internal import Follows
internal import Records
internal import ToolSupport

/// Reads chunks of a graph on all threads into a log, in the order of the input.
enum GraphInput {
  /// Reads all that `next` gives. - Throws: status 65 for a file that holds something else.
  static func read(
    _ next: @escaping @Sendable () -> Chunk?, _ context: ToolContext, total: [String],
    position: @escaping () -> Int, _ log: inout RelationLog, _ ledger: inout Ledger, _ rejects: RejectSink
  ) throws {
    var progress = Progress(
      program: "fanout", total: context.showsProgress ? InputPaths.totalSize(total) : nil,
      isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: next, context: { RelationReader(program: "fanout") },
      work: { reader, chunk in reader.read(chunk) },
      consume: { (batch: RelationBatch) in
        if let misplaced = batch.misplaced { throw words(misplaced) }
        ledger.add(batch.ledger)
        try rejects.add(batch.rejects)
        log.add(batch)
        progress.update(records: ledger.read, bytes: position())
      })
    progress.finish()
  }

  /// Calls `body`; a graph file that is none becomes words for people.
  static func told(_ body: () throws -> Void) throws {
    do { try body() } catch let error as MisplacedRecord { throw words(error) }
  }

  private static func words(_ error: MisplacedRecord) -> ToolError {
    ToolError(
      .badData,
      "\(error.path), line \(error.line): expected edges or events of a follow graph, found \(error.found)",
      hint: error.isRaw
        ? "ingest makes records of it: ingest FILE | fanout --graph GRAPH …"
        : "give tweets on standard input or as operands, before --graph or behind --")
  }
}
