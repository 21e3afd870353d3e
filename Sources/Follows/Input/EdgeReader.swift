internal import Bytes
internal import Containers
internal import Records

/// Reads chunks of edge lines (`FollowEdge`).
enum EdgeReader {
  /// All lines of a chunk. Blank lines, comments and a header are no records.
  static func read(_ chunk: Chunk, program: String) -> RelationBatch {
    var batch = RelationBatch()
    // Two ids of seven digits and a break: room for most files without growing twice.
    batch.edges.reserveCapacity(chunk.bytes.count / 8)
    read(chunk.bytes, chunk, program, &batch)
    return batch
  }

  private static func read(
    _ bytes: borrowing ByteBuffer, _ chunk: Chunk, _ program: String, _ batch: inout RelationBatch
  ) {
    let span = bytes.span
    var start = 0
    var line = chunk.line
    // Of a file: a header is its first line that is no comment.
    var isFirst = chunk.offset == 0
    while start < span.count {
      let end = span.firstIndex(of: 0x0A, from: start) ?? span.count
      let content = span.trimmed(start..<end)
      let text = span.extracting(content)
      if !FollowEdge.isNothing(text) {
        do throws(Rejection) {
          if let edge = try FollowEdge.read(text, isFirst: isFirst) {
            try batch.add(edge)
            batch.ledger.read += 1
          }
        } catch {
          batch.ledger.read += 1
          let place = RelationBatch.Place(
            program: program, source: chunk.source, member: chunk.member, line: line,
            offset: chunk.offset + content.lowerBound)
          batch.reject(error, place, raw: bytes.copy(content))
        }
        isFirst = false
      }
      start = end + 1
      line += 1
    }
  }
}
