internal import Bytes
internal import JSON
internal import Records

/// Turns JSON values of any shape into canonical records. One per thread: it owns a parser and a tweet that are reused.
struct RecordDecoder: ~Copyable {
  private var parser = JSONParser()
  private var state: DecoderState

  init(options: DecodingOptions) { state = DecoderState(options) }

  /// Gives back the memory that a large value needed.
  mutating func shrink() { parser = JSONParser() }

  /// Parses the value in `range`. - Throws: why it is no JSON.
  mutating func parse(_ bytes: borrowing ByteBuffer, _ range: Range<Int>) throws(Rejection) {
    do throws(JSONError) {
      try parser.parse(bytes, range)
    } catch {
      try reparse(bytes, range, after: error)
    }
  }

  /// Whether the value in `range` is JSON; it is then what `decode` reads.
  mutating func parses(_ bytes: borrowing ByteBuffer, _ range: Range<Int>) -> Bool {
    do throws(JSONError) {
      try parser.parse(bytes, range)
      return true
    } catch { return false }
  }

  /// Hands over counts. Call at the end of a chunk.
  mutating func flush(_ result: DecodedChunk) { state.flush(result) }

  /// Adds to `result` what the value parsed last holds. - Throws: why it was refused.
  mutating func decode(_ owner: ArchiveOwner?, into result: DecodedChunk) throws(Rejection) {
    try state.read(parser.root, owner, result)
  }

  /// Refusals of elements of the page decoded last: the list's name, the place in it, why.
  var elementRejects: [ElementReject] { state.elementRejects }

  /// Reads a row of a table.
  mutating func decodeRow(
    _ bytes: borrowing ByteBuffer, _ range: Range<Int>, _ columns: TableColumns, into result: DecodedChunk
  ) throws(Rejection) {
    try state.readRow(bytes.span.extracting(range), columns, result)
  }

  /// Reads an edge.
  func decodeEdge(
    _ bytes: borrowing ByteBuffer, _ range: Range<Int>, isFirst: Bool, into result: DecodedChunk
  ) throws(Rejection) {
    guard let edge = try FollowEdge.read(bytes.span.extracting(range), isFirst: isFirst) else {
      result.ledger.read -= 1
      return
    }
    var event = Event(.follow)
    event.user = edge.follower
    event.target = edge.followee
    event.at = edge.at
    state.finisher.emit(event, to: result)
    result.shapes.edges += 1
  }

  // A number too large for 64 bits in an unused field does no harm: quote such numbers and parse again.
  private mutating func reparse(_ bytes: borrowing ByteBuffer, _ range: Range<Int>, after error: JSONError)
    throws(Rejection)
  {
    let text = bytes.span.extracting(range)
    if error == .badNumber || error == .badSyntax, let quoted = LargeNumbers.quoted(text) {
      do throws(JSONError) {
        try parser.parse(quoted, 0..<quoted.count)
        return
      } catch { throw JSONDiagnosis.rejection(text, error) }
    }
    throw JSONDiagnosis.rejection(text, error)
  }
}
