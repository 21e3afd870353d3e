internal import Bytes
public import Containers
internal import JSON
internal import Records

/// Says which segment each chunk of the input belongs to: cuts depend on the input's bytes alone.
public final class SegmentCuts: @unchecked Sendable {  // `next` is called by one thread at a time
  /// A chunk and the number of its segment, from 0.
  public struct Cut: Sendable {
    /// The bytes.
    public var chunk: Chunk
    /// The segment.
    public var segment: Int
  }

  private let source: ChunkSource
  private var peeked: Chunk?
  /// Bytes of the segment so far, or its records when they are what cuts.
  private var bytes = 0
  private var segment = 0

  private let records: Int?
  private var queue: [Chunk] = []

  /// Cuts what `source` gives; with `records` a segment ends behind so many records (lines that are not blank).
  public init(_ source: ChunkSource, every records: Int? = nil) {
    self.source = source
    self.records = records
  }

  /// The next chunk, or nil at the end.
  public func next() -> Cut? {
    if let records { return nextOfRecords(records) }
    guard let chunk = peeked.take() ?? source.next() else { return nil }
    if bytes >= SegmentFormat.inputBytesPerSegment {
      segment += 1
      bytes = 0
    }
    // What has no tokens yet becomes them here: it weighs as much as with them.
    bytes += chunk.isTokenized ? chunk.bytes.count : chunk.bytes.count * 8 / 5
    return Cut(chunk: chunk, segment: segment)
  }

  // Chunks of at most `limit` records, each a segment: the pieces of a chunk wait in `queue`.
  private func nextOfRecords(_ limit: Int) -> Cut? {
    if queue.isEmpty {
      guard let chunk = peeked.take() ?? source.next() else { return nil }
      queue = chunk.split(records: limit, first: limit - bytes)
    }
    if bytes >= limit {
      segment += 1
      bytes = 0
    }
    let chunk = queue.removeFirst()
    bytes += chunk.records
    return Cut(chunk: chunk, segment: segment)
  }

  /// The analyzer's id of the first record, when it carries one. Call before the first `next`.
  public var firstAnalyzer: String? {
    if peeked == nil { peeked = source.next() }
    guard let chunk = peeked else { return nil }
    var parser = JSONParser()
    var tweet = Tweet()
    let end = chunk.bytes.span.firstIndex(of: 0x0A) ?? chunk.bytes.count
    guard (try? parser.parse(chunk.bytes, 0..<end)) != nil,
      (try? TweetReader.read(parser.root, into: &tweet)) == .tweet, tweet.isTokenized
    else { return nil }
    return tweet.bytes(tweet.analyzer).text
  }
}
