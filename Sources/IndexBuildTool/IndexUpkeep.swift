internal import Bytes
internal import Commits
internal import IndexAccess
internal import IndexBuilding
internal import JSON
internal import Records
internal import SearchIndex
internal import ToolSupport

/// What is done to an index that is there: `--merge`, `--purge`, `--counters`, `--keep-for` and `--gc`, in this order.
enum IndexUpkeep {
  /// Options that ask for it by themselves.
  static let requests = ["merge", "gc", "purge"]

  /// Does it to one index, or to all shards of one. All that can fail for want of space comes before the first commit.
  static func run(_ paths: [String], _ context: ToolContext) throws -> ExitStatus {
    let arguments = context.arguments
    let isDry = arguments.has("dry-run")
    return try IndexErrors.told {
      for path in paths where try Syscalls.status(Paths.join(path, "CURRENT")) == nil {
        throw CommitError.notAStore(path, .index)
      }
      let writers = try paths.map { try IndexWriter($0, threads: context.threads) }
      if !isDry { try change(writers, context) }
      for (path, writer) in zip(paths, writers) where arguments.has("merge") {
        try merge(writer, path, isDry, context)
      }
      if !isDry {
        for writer in writers { try writer.prepare() }
        try CommitPermission.wait(paths.first ?? "")
        for writer in writers { try writer.commit() }
      }
      for writer in writers {
        if arguments.has("purge") { try purge(writer, isDry, context) }
        if !arguments.has("gc") { continue }
        for file in try writer.collectGarbage(isDry: isDry) {
          context.diagnostics.note("\(isDry ? "would remove" : "removed") \(file)")
        }
      }
      return .done
    }
  }

  private static func merge(_ writer: IndexWriter, _ path: String, _ isDry: Bool, _ context: ToolContext)
    throws
  {
    if isDry {
      let summary = IndexSummary(try IndexReader(path))
      let bytes = summary.parts.reduce(0) { $0 + $1.bytes }
      context.diagnostics.note(
        "would rewrite \(summary.parts.count) segments, \(Quantities.grouped(bytes)) bytes")
    } else {
      context.diagnostics.detail("merged \(try writer.mergeAll()) segments")
    }
  }

  /// `--counters` and `--keep-for`, before a commit; shards are one index. - Returns: how many tweets rose, and how many were
  /// let go.
  @discardableResult
  static func change(_ writers: [IndexWriter], _ context: ToolContext) throws -> (raised: Int, expired: Int) {
    var (raised, expired) = (0, 0)
    let files = context.arguments.all("counters")
    if !files.isEmpty {
      var sums = CounterSums()
      do { try sums.read(files) } catch let error as CounterError {
        throw ToolError(
          .badData, "\(error.file), line \(error.line): expected a record of counters",
          hint: "fanout --counters FILE writes them")
      }
      for writer in writers { raised += try writer.raise(sums) }
      context.diagnostics.detail("counts of \(Quantities.grouped(raised)) tweets rose")
    }
    if let span = try context.arguments.duration("keep-for") {
      let newest = try writers.compactMap { try $0.newestTime() }.max()
      for writer in writers { expired += try writer.expire(span: span, before: newest) }
      context.diagnostics.detail("\(Quantities.grouped(expired)) tweets are older than what is kept")
    }
    return (raised, expired)
  }

  private static func purge(_ writer: IndexWriter, _ isDry: Bool, _ context: ToolContext) throws {
    if isDry {
      let (segments, tweets) = writer.purgeable()
      context.diagnostics.note(
        "would rewrite \(segments) segments without \(Quantities.grouped(tweets)) dead tweets, and remove all older commits"
      )
      return
    }
    let done: IndexWriter.Purge
    do { done = try writer.purge() } catch let error as PurgeError {
      throw ToolError(.bug, "\(error.segment): still holds what was deleted")
    }
    var line = ByteBuffer()
    line.append("{\"type\":\"audit\",\"act\":\"purge\",\"at\":\"")
    Timestamp.append(Syscalls.wallMilliseconds(), to: &line)
    line.append("\",\"commit\":")
    line.append(decimal: UInt64(done.generation))
    line.append(",\"segments\":")
    line.append(decimal: UInt64(done.segments))
    line.append(",\"tweets\":")
    line.append(decimal: UInt64(done.tweets))
    line.append(",\"tombstones\":")
    line.append(decimal: UInt64(done.tombstones))
    line.append("}")
    try writer.audit(line.span.text)
    context.diagnostics.note(
      """
      commit \(done.generation): \(done.segments) segments written anew without \(Quantities.grouped(done.tweets)) dead \
      tweets, older commits removed; proved: none of \(Quantities.grouped(done.tombstones)) tombstones finds anything
      """)
    context.diagnostics.note(
      """
      not reached by a purge: archives of earlier commits, other indexes and shards, timeline stores, trend files, inputs \
      and rejects, backups; tombstones stay in the index, so that a late copy does not come back
      """)
  }
}
