public import Containers
internal import Records

/// Reads chunks of canonical records into batches of sightings. One per thread.
public final class TrendReader {
  private var reader: RecordChunkReader
  private var collector: SightingCollector
  private let pool: TrendBatchPool

  /// A reader for the places and kinds of `settings`, which fills batches of `pool`.
  public init(program: String, settings: TrendSettings, pool: TrendBatchPool = TrendBatchPool()) {
    self.pool = pool
    reader = RecordChunkReader(program: program, parts: SightingCollector.parts(settings))
    collector = SightingCollector(settings)
  }

  /// Reads all lines of a chunk. Never throws: what is refused is a reject of the result.
  public func read(_ chunk: Chunk) -> TrendBatch {
    var ledger = Ledger()
    var rejects: [Reject] = []
    var applied = 0
    var filtered = 0
    reader.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
      switch record {
      case .tweet:
        collector.add(&tweet)
        applied += 1
      case .event: filtered += 1
      case .other: throw Rejection(.unknownShape, "expected a tweet or an event")
      }
    }
    let batch = pool.take()
    collector.move(to: batch)
    ledger.applied = applied
    ledger.filtered = filtered
    batch.ledger = ledger
    batch.rejects = rejects
    return batch
  }

  /// A term as one would search for it, as engines know it.
  public static func folded(_ term: String) -> [UInt8] {
    var folder = TermFolder()
    return folder.fold(term)
  }
}
