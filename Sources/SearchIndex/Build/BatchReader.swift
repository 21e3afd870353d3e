internal import Bytes
public import Containers
internal import JSON
public import Records
public import TextAnalysis

/// What a worker made of a chunk of canonical records.
public final class ReadBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  let batch = IndexBatch()
  /// `read`, `rejected`, `filtered`; what is applied is counted when it is.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []
  /// The analyzer's id of a record that has another than the index.
  public var foreignAnalyzer: String?
  /// Bytes of input.
  public var inputBytes = 0
}

/// Reads chunks of canonical records into batches for an index. One per thread.
public final class BatchReader {
  private var parser = JSONParser()
  private var tweet = Tweet()
  private var indexer: TweetIndexer
  private let program: String
  private let analyzer: [UInt8]

  /// A reader that analyses, where records carry no tokens, by `settings`.
  public init(program: String, settings: AnalyzerSettings) {
    self.program = program
    indexer = TweetIndexer(settings)
    analyzer = Array(indexer.identifier.utf8)
  }

  /// Reads all lines. Never throws: what is refused is a reject of the result.
  public func read(_ chunk: Chunk) -> ReadBatch {
    let result = ReadBatch()
    result.inputBytes = chunk.bytes.count
    let count = chunk.bytes.count
    var start = 0
    var line = chunk.line
    while start < count {
      let end = chunk.bytes.span.firstIndex(of: 0x0A, from: start) ?? count
      let content = chunk.bytes.span.trimmed(start..<end)
      if !content.isEmpty {
        result.ledger.read += 1
        do throws(Rejection) {
          try read(chunk, content, result)
        } catch {
          result.ledger.rejected += 1
          result.rejects.append(
            Reject(
              program: program, source: chunk.source, member: chunk.member, line: line,
              offset: chunk.offset + content.lowerBound, rejection: error, raw: chunk.bytes.copy(content)))
        }
      }
      start = end + 1
      line += 1
    }
    return result
  }

  private func read(_ chunk: Chunk, _ range: Range<Int>, _ result: ReadBatch) throws(Rejection) {
    do throws(JSONError) {
      try parser.parse(chunk.bytes, range)
    } catch {
      throw Rejection(.badJSON, "expected a canonical record, found no JSON")
    }
    switch try Self.record(parser, into: &tweet) {
    case .tweet:
      if result.foreignAnalyzer == nil { result.foreignAnalyzer = Self.foreign(tweet, analyzer) }
      indexer.add(&tweet, to: result.batch)
    case .event(let event): result.batch.events.append(event)
    case .other: result.ledger.filtered += 1
    }
  }

  private static func record(
    _ parser: borrowing JSONParser, into tweet: inout Tweet
  ) throws(Rejection) -> TweetReader.Record {
    try TweetReader.read(parser.root, into: &tweet)
  }

  private static func foreign(_ tweet: borrowing Tweet, _ expected: [UInt8]) -> String? {
    guard tweet.isTokenized else { return nil }
    let found = tweet.bytes(tweet.analyzer)
    return found.equals(expected.span) ? nil : found.text
  }

  /// The analyzer's id of the first record of `chunk` that carries one, or nil.
  public static func analyzer(of chunk: Chunk) -> String? {
    var parser = JSONParser()
    var tweet = Tweet()
    let end = chunk.bytes.span.firstIndex(of: 0x0A) ?? chunk.bytes.count
    guard (try? parser.parse(chunk.bytes, 0..<end)) != nil,
      (try? TweetReader.read(parser.root, into: &tweet)) == .tweet, tweet.isTokenized
    else { return nil }
    return tweet.bytes(tweet.analyzer).text
  }
}
