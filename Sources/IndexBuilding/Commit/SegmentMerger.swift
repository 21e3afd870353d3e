internal import Bytes
internal import Records
internal import TextAnalysis
internal import SearchIndex

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
