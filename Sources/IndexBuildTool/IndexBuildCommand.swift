internal import Bytes
internal import Containers
internal import Records
internal import SearchIndex
internal import TextAnalysis
public import ToolSupport

/// `index-build`: canonical records in, an immutable index out.
public enum IndexBuildCommand: ToolCommand {
  public static let description = ToolDescription(
    name: "index-build", summary: "adds canonical records to an index and commits",
    operands: "-i DIR [FILE…]",
    details: """
      Reads canonical records (what ingest and tokenize write) from FILEs or standard input, adds them to the index in \
      DIR and makes them visible in one commit.
      """,
    examples: [("ingest dump.zst | index-build -i idx", "build an index, or add to one")],
    memory: "Below 1 GB for any input.",
    options: [OptionSpec("index", short: "i", value: "DIR", role: .folder, help: "The index folder.")],
    asksGate: true)

  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    guard let path = context.arguments.value("index") else {
      throw ToolError(.usage, "no index named", hint: "index-build -i DIR [FILE…]")
    }
    let writer = try IndexWriter(path, threads: context.threads)
    let paths = context.arguments.operands.isEmpty ? ["-"] : context.arguments.operands
    var ledger = context.ledger
    for path in paths {
      let file = try FileStream(path)
      let chunker = LineChunker(file, source: path, member: "")
      nonisolated(unsafe) let unsafeChunker = chunker
      if writer.analyzer.isEmpty { try writer.useAnalyzer(Analyzer().identifier) }
      try OrderedWork.run(
        threads: context.threads, produce: { unsafe try? unsafeChunker.next() },
        context: { BatchReader(program: "index-build", settings: AnalyzerSettings()) },
        work: { reader, chunk in reader.read(chunk) },
        consume: { (read: ReadBatch) in
          ledger.read += read.ledger.read
          ledger.rejected += read.ledger.rejected
          ledger.filtered += read.ledger.filtered
          ledger.applied += read.ledger.read - read.ledger.rejected - read.ledger.filtered
          try writer.add(read)
        })
    }
    if let gate = CommitGate.fromEnvironment(), !gate.waitForPermission() {
      throw ToolError(.locked, "\(path): another stage of the pipeline failed; nothing was committed")
    }
    _ = try writer.commit()
    context.ledger = ledger
    return .done
  }
}
