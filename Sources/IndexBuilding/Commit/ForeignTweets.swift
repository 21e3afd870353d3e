internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex
internal import TextAnalysis

/// Reads the tweets of a segment from elsewhere as if their records came again.
struct ForeignTweets: Sendable {
  private let segment: Segment
  private let settings: AnalyzerSettings
  private let threads: Int
  /// Documents that one worker reads at a time.
  private static let step = 2048
  /// Documents of one builder: what records of 560 MiB hold.
  static let limit = 1 << 20

  init(_ segment: Segment, analyzer: String, threads: Int) {
    self.segment = segment
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

  /// The tweets of some documents, at most `limit`; with the first ones all tombstones. - Throws: `SegmentError`.
  func tweets(_ documents: Range<Int>) throws -> SegmentBuilder {
    let terms = SegmentTerms()
    var builder = SegmentBuilder(terms)
    if documents.lowerBound == 0 {
      let events = IndexBatch(WorkerTables(), terms)
      events.content.events = try segment.tombstones.events()
      builder.add(events)
    }
    let starts = Array(stride(from: documents.lowerBound, to: documents.upperBound, by: Self.step))
    let next = BoundedQueue<Int>(capacity: max(starts.count, 1))
    for start in starts { next.push(start) }
    next.close()
    let (segment, settings) = (segment, settings)
    try OrderedWork.run(
      threads: threads, produce: { next.pop() }, context: { Reader(settings) },
      work: { reader, start in
        Result {
          try Self.read(segment, start..<min(start + Self.step, documents.upperBound), reader, terms)
        }
      },
      consume: { (result: Result<IndexBatch, any Error>) in builder.add(try result.get()) })
    return builder
  }

  private static func read(
    _ segment: Segment, _ documents: Range<Int>, _ reader: Reader, _ terms: SegmentTerms
  ) throws -> IndexBatch {
    var records = try SegmentRecords([segment])
    for document in documents {
      try records.read(0, document, into: &reader.tweet)
      reader.indexer.add(&reader.tweet, to: &reader.draft, &reader.tables.content)
    }
    return reader.draft.finish(reader.tables, terms)
  }
}

extension IndexWriter {
  /// Adds all of a segment that no commit names, as records would be. Memory: that of a build, whatever its size.
  func addTweets(of foreign: LiveSegment) throws {
    let segment = foreign.segment
    let tweets = ForeignTweets(segment, analyzer: manifest.attribute, threads: threads)
    var start = 0
    repeat {
      let end = min(start + ForeignTweets.limit, segment.documentCount)
      builder = try tweets.tweets(start..<end)
      try writeSegment()
      start = end
    } while start < segment.documentCount
  }
}
