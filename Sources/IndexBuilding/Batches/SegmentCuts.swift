internal import Bytes
public import Containers
internal import JSON
internal import Records
internal import SearchIndex

/// Says which segment each chunk of the input belongs to. Cuts depend on the input's bytes alone, unless they are asked
/// for by the clock.
public final class SegmentCuts: @unchecked Sendable {
  /// A chunk and the number of its segment, from 0.
  public struct Cut: Sendable {
    /// The bytes; perhaps none.
    public var chunk: Chunk
    /// The segment.
    public var segment: Int
    /// The tables of the segment's terms, one a shard.
    public var terms: [SegmentTerms]
  }

  /// Where a segment ends.
  public enum Rule: Equatable, Sendable {
    /// When memory asks for it.
    case size
    /// Behind so many records (lines that are not blank).
    case records(Int)
    /// After so many seconds.
    case seconds(Double)
  }

  private let source: ChunkSource
  private let live: LiveChunker?
  private let rule: Rule
  private var peeked: Chunk?
  private var queue: [Chunk] = []
  /// What the segment holds so far: bytes, or records.
  private var held = 0
  private var segment = 0
  private let shards: Int
  private var terms: [SegmentTerms]
  private var lastCut = Syscalls.monotonicSeconds()
  private var liveFailure: (any Error)?

  /// Cuts what `source` gives, or standard input as it arrives (`live`). `next` is called by one thread at a time.
  /// - Parameter shards: how many segments are made side by side.
  public init(_ source: ChunkSource, _ rule: Rule, live: LiveChunker? = nil, shards: Int = 1) {
    self.shards = shards
    terms = (0..<shards).map { _ in SegmentTerms() }
    self.source = source
    self.rule = rule
    self.live = live
  }

  /// Throws what ended the chunks too early.
  public func check() throws {
    if let liveFailure { throw liveFailure }
    try source.check()
  }

  /// The next chunk, or nil at the end.
  public func next() -> Cut? {
    switch rule {
    case .records(let limit): return nextOfRecords(limit)
    case .seconds(let seconds):
      guard let chunk = chunk() else { return nil }
      let now = Syscalls.monotonicSeconds()
      if now - lastCut >= seconds || isFull(chunk) {
        cut()
        lastCut = now
      }
      held += weight(chunk)
      return Cut(chunk: chunk, segment: segment, terms: terms)
    case .size:
      guard let chunk = chunk() else { return nil }
      if isFull(chunk) { cut() }
      held += weight(chunk)
      return Cut(chunk: chunk, segment: segment, terms: terms)
    }
  }

  private func chunk() -> Chunk? {
    if let chunk = peeked.take() { return chunk }
    guard let live else { return source.next() }
    do {
      return try live.next()
    } catch {
      liveFailure = error
      return nil
    }
  }

  private func cut() {
    segment += 1
    terms = (0..<shards).map { _ in SegmentTerms() }
    held = 0
  }

  private func isFull(_ chunk: Chunk) -> Bool { held >= SegmentFormat.inputBytesPerSegment }

  // What has no tokens yet becomes them here: it weighs as much as with them.
  private func weight(_ chunk: Chunk) -> Int {
    chunk.isTokenized ? chunk.bytes.count : chunk.bytes.count * 8 / 5
  }

  // Chunks of at most `limit` records, each a segment: the pieces of a chunk wait in `queue`.
  private func nextOfRecords(_ limit: Int) -> Cut? {
    if queue.isEmpty {
      guard let chunk = chunk() else { return nil }
      queue = chunk.split(records: limit, first: limit - held)
    }
    if held >= limit { cut() }
    let chunk = queue.removeFirst()
    held += chunk.records
    return Cut(chunk: chunk, segment: segment, terms: terms)
  }

  /// The analyzer's id of the first record, when it carries one. Call before the first `next`.
  public var firstAnalyzer: String? {
    // A stream that is still being written may have nothing yet.
    while peeked == nil || peeked?.bytes.isEmpty == true {
      guard let next = chunk() else { break }
      peeked = next
    }
    guard let first = peeked else { return nil }
    var parser = JSONParser()
    var tweet = Tweet()
    let end = first.bytes.span.firstIndex(of: 0x0A) ?? first.bytes.count
    guard (try? parser.parse(first.bytes, 0..<end)) != nil,
      (try? TweetReader.read(parser.root, into: &tweet)) == .tweet, tweet.isTokenized
    else { return nil }
    return tweet.bytes(tweet.analyzer).text
  }
}
