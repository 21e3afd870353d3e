internal import Bytes
public import Containers
internal import Records

/// Decodes whole chunks: line by line where values stand on one line each, with a slower way for those that do not.
public final class ChunkDecoder {
  private var decoder: RecordDecoder
  private let program: String

  /// A decoder for one thread.
  public init(program: String, options: DecodingOptions) {
    self.program = program
    decoder = RecordDecoder(options: options)
  }

  /// Reads all values of `chunk`. Never throws: what is refused is a reject of the result.
  public func decode(_ chunk: Chunk) -> DecodedChunk {
    let result = DecodedChunk()
    result.inputBytes = chunk.bytes.count
    switch chunk.layout {
    case .lines: decodeLines(chunk, result)
    case .values(let values):
      for value in values { decodeValue(chunk, value.range, line: value.line, result) }
    }
    return result
  }

  private func decodeValue(_ chunk: Chunk, _ range: Range<Int>, line: Int, _ result: DecodedChunk) {
    do throws(Rejection) {
      try decoder.decode(chunk.bytes, range, into: result)
    } catch {
      reject(error, chunk, range, line: line, result)
    }
  }

  private func decodeLines(_ chunk: Chunk, _ result: DecodedChunk) {
    let count = chunk.bytes.count
    var start = 0
    var line = chunk.line
    while start < count {
      let end = chunk.bytes.span.firstIndex(of: 0x0A, from: start) ?? count
      let content = chunk.bytes.span.trimmed(start..<end)
      if !content.isEmpty { decodeValue(chunk, content, line: line, result) }
      start = end + 1
      line += 1
    }
  }

  private func reject(
    _ rejection: Rejection, _ chunk: Chunk, _ range: Range<Int>, line: Int, _ result: DecodedChunk
  ) {
    result.ledger.rejected += 1
    result.rejects.append(
      Reject(
        program: program, source: chunk.source, member: chunk.member, line: line,
        offset: chunk.offset + range.lowerBound, rejection: rejection,
        raw: chunk.bytes.copy(range)))
  }
}
