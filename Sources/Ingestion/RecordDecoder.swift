internal import Bytes
internal import JSON
internal import Records

/// Turns JSON values of any shape into canonical records. One per thread: it owns a parser and a tweet that are reused.
struct RecordDecoder: ~Copyable {
  private var parser = JSONParser()
  private var tweet = Tweet()
  private let options: DecodingOptions

  init(options: DecodingOptions) { self.options = options }

  /// Reads the value in `range` and adds to `result` what it holds. - Throws: why it was refused.
  mutating func decode(_ bytes: borrowing ByteBuffer, _ range: Range<Int>, into result: DecodedChunk)
    throws(Rejection)
  {
    do throws(JSONError) {
      try parser.parse(bytes, range)
    } catch {
      do throws(Rejection) {
        try reparse(bytes, range, after: error)
      } catch {
        result.ledger.read += 1
        throw error
      }
    }
    try Self.read(parser.root, &tweet, result)
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

  private static func read(_ value: JSONValue, _ tweet: inout Tweet, _ result: DecodedChunk) throws(Rejection)
  {
    guard value.isObject else {
      result.ledger.read += 1
      throw Rejection(.unknownShape, "expected an object, found another JSON value")
    }
    let fields = JSONFields(value, StatusV1.Key.table)
    let shape = DetectedShape.detect(fields)
    result.ledger.read += 1
    tweet.reset()
    switch shape {
    case .status:
      try StatusV1.read(fields, into: &tweet)
      emit(tweet, result)
    case .canonical:
      switch try TweetReader.read(value, into: &tweet) {
      case .tweet: emit(tweet, result)
      case .event(let event): emit(event, result)
      case .other: throw Rejection(.unknownShape, "a record of a type that ingest does not take")
      }
    case .delete:
      if let notice = fields[StatusV1.Key.delete] { emit(try StreamNotice.delete(notice), result) }
    case .scrubGeo:
      if let notice = fields[StatusV1.Key.scrubGeo] { emit(try StreamNotice.scrubGeo(notice), result) }
    case .notice:
      result.ledger.filtered += 1
    default:
      throw Rejection(.unknownShape, "no shape that ingest knows has these members")
    }
  }

  private static func emit(_ tweet: borrowing Tweet, _ result: DecodedChunk) {
    TweetWriter.write(tweet, to: &result.bytes)
    result.entries.append(.init(id: tweet.id, end: result.bytes.count, isExpanded: false))
  }

  private static func emit(_ event: Event, _ result: DecodedChunk) {
    event.write(to: &result.bytes)
    result.entries.append(.init(id: 0, end: result.bytes.count, isExpanded: false))
  }
}

/// What decoding depends on.
public struct DecodingOptions: Sendable {
  /// The only shape to accept, or nil for all.
  public var shape: Shape?

  /// The defaults.
  public init() {}
}
