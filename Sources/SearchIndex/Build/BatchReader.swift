internal import Bytes
public import Containers
public import Records
public import TextAnalysis

/// What a worker made of a chunk of canonical records.
public final class ReadBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  let batch: IndexBatch
  /// The segment that the chunk belongs to.
  public let segment: Int
  /// `read`, `rejected`, `filtered` and `applied`.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []
  /// The analyzer's id of a record that has another than the index.
  var foreignAnalyzer: String?

  init(_ tables: WorkerTables, segment: Int) {
    batch = IndexBatch(tables)
    self.segment = segment
  }
}

/// Reads chunks of canonical records into batches for an index. One per thread.
public final class BatchReader {
  private var reader: RecordChunkReader
  private var indexer: TweetIndexer
  private let analyzer: [UInt8]
  private var tables = WorkerTables()
  private var segment = -1
  /// Where a batch is made; grown once.
  private var scratch = IndexBatch.Content()

  /// A reader that analyses, where records carry no tokens, by `settings`.
  public init(program: String, settings: AnalyzerSettings) {
    reader = RecordChunkReader(program: program)
    indexer = TweetIndexer(settings)
    analyzer = Array(indexer.identifier.utf8)
  }

  /// Reads all lines of a chunk that belongs to `segment`. Never throws: what is refused is a reject of the result.
  ///
  /// Each segment has tables of its own, so that those of a full one are at rest while it is written.
  public func read(_ chunk: Chunk, segment: Int) -> ReadBatch {
    if segment != self.segment {
      tables = WorkerTables()
      self.segment = segment
    }
    let result = ReadBatch(tables, segment: segment)
    var ledger = Ledger()
    var applied = 0
    var filtered = 0
    var rejects: [Reject] = []
    let tables = self.tables
    reader.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        if result.foreignAnalyzer == nil { result.foreignAnalyzer = Self.foreign(tweet, analyzer) }
        indexer.add(&tweet, to: &scratch, &tables.content)
        applied += 1
      case .event(let event):
        if event.changesIndex {
          scratch.events.append(event)
          applied += 1
        } else {
          filtered += 1
        }
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
    }
    result.batch.content = scratch.exactCopy()
    scratch.removeAll()
    ledger.applied = applied
    ledger.filtered = filtered
    result.ledger = ledger
    result.rejects = rejects
    return result
  }

  private static func foreign(_ tweet: borrowing Tweet, _ expected: [UInt8]) -> String? {
    guard tweet.isTokenized else { return nil }
    let found = tweet.bytes(tweet.analyzer)
    return found.equals(expected.span) ? nil : found.text
  }
}

extension Event {
  /// Whether an index of tweets has a use for it: events of the follow graph are fanout's.
  var changesIndex: Bool { kind == .delete || kind == .scrubGeo || kind == .userDelete }
}
