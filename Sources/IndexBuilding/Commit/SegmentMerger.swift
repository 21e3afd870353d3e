internal import Bytes
internal import Records
internal import TextAnalysis
internal import SearchIndex

/// Which neighbouring segments to make one: tiers, as in Lucene's LogMergePolicy, so that each tweet is rewritten about
/// log₈(tweets) times and an index has at most some tens of segments.
enum MergePolicy {
  /// Segments of one tier that are merged.
  static let factor = 8
  /// Segments beyond this are never merged by themselves: one fills the memory that a build may use.
  static let largest = 256 << 20

  /// The neighbours to merge, given the segments' bytes, oldest first; nil when there are none. The newest tier first.
  static func plan(_ sizes: [Int]) -> Range<Int>? {
    var end = sizes.count
    while end > 0 {
      let tier = tier(sizes[end - 1])
      var start = end
      // Smaller ones between belong to the tier: they are merged with it.
      while start > 0, Self.tier(sizes[start - 1]) <= tier { start -= 1 }
      let total = sizes[start..<end].reduce(0, +)
      if end - start >= factor && total <= largest { return start..<end }
      if start == end { break }
      end = start
    }
    return nil
  }

  // Powers of eight from 64 KiB.
  private static func tier(_ bytes: Int) -> Int {
    var tier = 0
    var size = 1 << 16
    while bytes > size {
      tier += 1
      size *= factor
    }
    return tier
  }
}

/// Reads what lives in some segments into a builder again: a merge is a build of the live records, so that its bytes are
/// those of one build of the same tweets.
struct SegmentMerger {
  private let segments: [LiveSegment]
  private let settings: AnalyzerSettings
  private let threads: Int
  /// Documents that one worker reads at a time.
  private static let step = 2048

  init(_ segments: [LiveSegment], analyzer: String, threads: Int) {
    self.segments = segments
    settings = AnalyzerSettings(identifier: analyzer) ?? AnalyzerSettings()
    self.threads = threads
  }

  private final class Reader {
    var indexer: TweetIndexer
    var tweet = Tweet()
    var draft = BatchDraft()
    let tables = WorkerTables()
    init(_ settings: AnalyzerSettings) { indexer = TweetIndexer(settings) }
  }

  /// All live tweets and all tombstones. - Throws: `SegmentError`.
  func builder() throws -> SegmentBuilder {
    var pieces: [(segment: Int, documents: Range<Int>)] = []
    for (index, live) in segments.enumerated() {
      for start in stride(from: 0, to: live.segment.documentCount, by: Self.step) {
        pieces.append((index, start..<min(start + Self.step, live.segment.documentCount)))
      }
    }
    let terms = SegmentTerms()
    var builder = SegmentBuilder(terms)
    let events = IndexBatch(WorkerTables(), terms)
    for live in segments { events.content.events += try live.segment.tombstones.events() }
    builder.add(events)
    let next = BoundedQueue<Int>(capacity: max(pieces.count, 1))
    for index in pieces.indices { next.push(index) }
    next.close()
    let segments = self.segments
    let settings = self.settings
    let all = pieces
    try OrderedWork.run(
      threads: threads, produce: { next.pop() }, context: { Reader(settings) },
      work: { reader, index in
        Result { try Self.read(segments[all[index].segment], all[index].documents, reader, terms) }
      },
      consume: { (result: Result<IndexBatch, any Error>) in builder.add(try result.get()) })
    return builder
  }

  private static func read(
    _ live: LiveSegment, _ documents: Range<Int>, _ reader: Reader, _ terms: SegmentTerms
  ) throws -> IndexBatch {
    var records = try SegmentRecords([live.segment])
    for document in documents where live.isLive(document) {
      try records.read(0, document, into: &reader.tweet)
      reader.indexer.add(&reader.tweet, to: &reader.draft, &reader.tables.content)
    }
    return reader.draft.finish(reader.tables, terms)
  }
}
