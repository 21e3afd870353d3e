internal import Bytes
internal import Containers
internal import Ingestion
internal import Records
public import ToolSupport

/// `ingest`: any dump in, canonical records out.
public enum IngestCommand: ToolCommand {
  public static let description = ToolDescription(
    name: "ingest", summary: "reads tweet dumps of any shape and writes canonical records",
    operands: "[FILE…]",
    details: """
      Reads FILEs, or standard input, and writes one canonical NDJSON record a line.
      """,
    examples: [("ingest dump.ndjson.zst > tweets.ndjson", "one record a line, each id once")],
    memory: "Below 256 MB for any input.",
    options: [ToolDescription.output])

  public static func run(_ context: inout ToolContext) throws -> ExitStatus {
    var output = try ToolOutput.open(context.arguments)
    let paths = context.arguments.operands.isEmpty ? ["-"] : context.arguments.operands
    for path in paths {
      let file = try FileStream(path)
      let stream: any ByteStream = path.hasSuffix(".zst") ? ZstdStream(file) : file
      let chunker = LineChunker(stream, source: path, member: "")
      var ledger = context.ledger
      nonisolated(unsafe) let unsafeChunker = chunker
      try OrderedWork.run(
        threads: context.threads, produce: { unsafe try? unsafeChunker.next() },
        context: { ChunkDecoder(program: "ingest", options: DecodingOptions()) },
        work: { decoder, chunk in decoder.decode(chunk) },
        consume: { (result: DecodedChunk) in
          try output.write(result.bytes.span)
          ledger.read += result.ledger.read
          ledger.rejected += result.ledger.rejected
          ledger.filtered += result.ledger.filtered
          ledger.written += result.entries.count
        })
      context.ledger = ledger
    }
    try output.finish()
    return .done
  }
}
