internal import Bytes
internal import Containers
public import Records
public import TextAnalysis

/// What a worker made of a chunk of canonical records.
public final class ReadBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  /// One a shard that is built.
  let batches: [IndexBatch]
  /// The segment that the chunk belongs to.
  public let segment: Int
  /// `read`, `rejected`, `filtered` and `applied`.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []
  /// The analyzer's id of a record that has another than the index.
  var foreignAnalyzer: String?

  init(_ batches: [IndexBatch], segment: Int) {
    self.batches = batches
    self.segment = segment
  }
}

/// Reads chunks of canonical records into batches for an index. One per thread.
public final class BatchReader {
  private var reader: RecordChunkReader
  private var indexer: TweetIndexer
  private let analyzer: [UInt8]
  private let sharding: Sharding
  private var segment = -1
  private var shards: [ShardDraft]
  private var scratch = ByteBuffer(capacity: 32)

  // What becomes of one shard's tweets.
  private final class ShardDraft {
    var tables = WorkerTables()
    var draft = BatchDraft()
  }

  /// A reader that analyses, where records carry no tokens, by `settings`.
  public init(program: String, settings: AnalyzerSettings, sharding: Sharding = .none) {
    self.sharding = sharding
    shards = sharding.built.map { _ in ShardDraft() }
    reader = RecordChunkReader(program: program)
    indexer = TweetIndexer(settings)
    analyzer = Array(indexer.identifier.utf8)
  }

  /// Reads all lines of a chunk. Never throws: what is refused is a reject of the result.
  ///
  /// Each segment has tables of its own, so that those of a full one are at rest while it is written.
  public func read(_ cut: SegmentCuts.Cut) -> ReadBatch {
    if cut.segment != segment {
      for shard in shards { shard.tables = WorkerTables() }
      segment = cut.segment
    }
    var ledger = Ledger()
    var applied = 0
    var filtered = 0
    var rejects: [Reject] = []
    var foreignAnalyzer: String?
    reader.read(cut.chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        if foreignAnalyzer == nil { foreignAnalyzer = Self.foreign(tweet, analyzer) }
        guard let place = sharding.place(of: tweet, &scratch) else {
          filtered += 1
          return
        }
        let shard = shards[place]
        indexer.add(&tweet, to: &shard.draft, &shard.tables.content)
        applied += 1
      case .event(let event):
        if event.changesIndex {
          // A retweet of a deleted tweet may lie in any shard.
          for shard in shards { shard.draft.events.append(event) }
          applied += 1
        } else {
          filtered += 1
        }
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
    }
    ledger.applied = applied
    ledger.filtered = filtered
    let batches = zip(shards, cut.terms).map { $0.draft.finish($0.tables, $1) }
    let result = ReadBatch(batches, segment: segment)
    result.ledger = ledger
    result.rejects = rejects
    result.foreignAnalyzer = foreignAnalyzer
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
