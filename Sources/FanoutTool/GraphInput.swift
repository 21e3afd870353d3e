internal import Bytes
internal import Containers
internal import Follows
internal import Records
internal import ToolSupport

/// Reads chunks on all threads, in the order of the input, and words for graph files that are none.
enum GraphInput {
  /// Hands all that `next` gives to `work`, and what comes of it to `consume`, which says how many records were read.
  /// - Throws: what `consume` throws.
  static func read<Reader, Batch: Sendable>(
    _ next: @escaping @Sendable () -> Chunk?, _ context: ToolContext, total: [String],
    position: @escaping () -> Int, context reader: @escaping @Sendable () -> Reader,
    work: @escaping @Sendable (Reader, Chunk) -> Batch, consume: (Batch) throws -> Int
  ) throws {
    var progress = Progress(
      program: "fanout", total: context.showsProgress ? InputPaths.totalSize(total) : nil,
      isShown: context.showsProgress)
    try OrderedWork.run(
      threads: context.threads, produce: next, context: reader, work: work,
      consume: { (batch: Batch) in progress.update(records: try consume(batch), bytes: position()) })
    progress.finish()
  }

  /// Calls `body`; a graph file that is none becomes words for people.
  static func told(_ body: () throws -> Void) throws {
    do { try body() } catch let error as MisplacedRecord { throw words(error) }
  }

  static func words(_ error: MisplacedRecord) -> ToolError {
    ToolError(
      .badData,
      "\(error.path), line \(error.line): expected edges or events of a follow graph, found \(error.found)",
      hint: error.isRaw
        ? "ingest makes records of it: ingest FILE | fanout --graph GRAPH …"
        : "give tweets on standard input or as operands, before --graph or behind --")
  }
}
