internal import Bytes
internal import JSON
public import Records

/// Reads chunks of canonical records line by line. One per thread: parser and tweet are reused.
public struct RecordChunkReader: ~Copyable {
  private var canonical = CanonicalReader()
  private var parser = JSONParser()
  private var tweet = Tweet()
  private let program: String

  private let parts: TweetParts

  /// A reader for `program`, which rejects name. - Parameter parts: what is read of tweets.
  public init(program: String, parts: TweetParts = .all) {
    self.program = program
    self.parts = parts
  }

  /// Calls `handle` with every record of `chunk`; the tweet is filled when the record is one.
  ///
  /// What is no record is counted and added to `rejects`, and costs no neighbour its place. `ledger.read` is counted.
  public mutating func read(
    _ chunk: Chunk, ledger: inout Ledger, rejects: inout [Reject],
    _ handle: (inout Tweet, TweetReader.Record) throws(Rejection) -> Void
  ) {
    let count = chunk.bytes.count
    var start = 0
    var line = chunk.line
    while start < count {
      let end = chunk.bytes.span.firstIndex(of: 0x0A, from: start) ?? count
      let content = chunk.bytes.span.trimmed(start..<end)
      if !content.isEmpty {
        ledger.read += 1
        do throws(Rejection) {
          try read(chunk, content, handle)
        } catch {
          ledger.rejected += 1
          rejects.append(
            Reject(
              program: program, source: chunk.source, member: chunk.member, line: line,
              offset: chunk.offset + content.lowerBound, rejection: error, raw: chunk.bytes.copy(content)))
        }
      }
      start = end + 1
      line += 1
    }
  }

  private mutating func read(
    _ chunk: Chunk, _ range: Range<Int>, _ handle: (inout Tweet, TweetReader.Record) throws(Rejection) -> Void
  ) throws(Rejection) {
    if let record = canonical.read(chunk.bytes.span.extracting(range), into: &tweet, parts: parts) {
      return try handle(&tweet, record)
    }
    do throws(JSONError) {
      try parser.parse(chunk.bytes, range)
    } catch {
      switch error {
      case .badUTF8: throw Rejection(.badUTF8, "expected UTF-8")
      case .tooDeep: throw Rejection(.tooDeep, "nested deeper than \(JSONParser.maximumDepth)")
      default: throw Rejection(.badJSON, "expected a record on one line; ingest reads other shapes")
      }
    }
    let record = try TweetReader.read(parser.root, into: &tweet, parts: parts)
    try handle(&tweet, record)
  }
}
