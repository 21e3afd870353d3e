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
  private var bytes = 0
  private var segment = 0

  /// Cuts what `source` gives.
  public init(_ source: ChunkSource) { self.source = source }

  /// The next chunk, or nil at the end.
  public func next() -> Cut? {
    guard let chunk = peeked.take() ?? source.next() else { return nil }
    if bytes >= SegmentFormat.inputBytesPerSegment {
      segment += 1
      bytes = 0
    }
    bytes += chunk.bytes.count
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
