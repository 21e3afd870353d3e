internal import Bytes
public import Records
import Synchronization

/// What a worker took out of a chunk: who used which terms where and when. Strings are numbered within the batch.
public final class TrendBatch: @unchecked Sendable {  // handed from thread to thread, never shared
  /// One tweet.
  struct Sighting {
    var time: Int64
    var id: UInt64
    /// Who is counted: the account, or the tweet itself where it names none.
    var voter: UInt64
    /// The fingerprint of the text; 0 for a retweet.
    var text: UInt64
    /// Where the tweet's places and uses end in `placeNumbers` and `terms`.
    var placesEnd: Int32
    var usesEnd: Int32
  }

  /// How a term of a tweet was written.
  struct Form {
    /// The term's place in `terms`.
    var use: UInt32
    /// The number in `forms`.
    var form: UInt32
    /// In place of a number: as the term is searched for.
    static let asItIs = UInt32.max
  }

  var sightings: [Sighting] = []
  var placeNumbers: [UInt32] = []
  /// The uses of terms as one would search for them, by `TrendKind`. Not numbered here: a third of them are the first of
  /// their term in a batch, so that a table of each batch cost more than looking all up once. A table that a reader kept
  /// from batch to batch took nothing off the engine's thread either: what is new to it lies in no cache.
  var terms = TermKeys()
  /// The uses that were not written as one would search for the term, rising.
  var formUses: [Form] = []
  /// Places as records name them, by `TrendLevel`.
  var places = TermTable(capacity: 64)
  /// Forms as they were written, by `TrendKind`.
  var forms = TermTable(capacity: 1 << 8)

  /// `read`, `rejected`, `filtered` and `applied`.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []

  /// An empty batch.
  init() {}

  /// Empties it for another chunk and keeps the memory.
  func clear() {
    sightings.removeAll(keepingCapacity: true)
    placeNumbers.removeAll(keepingCapacity: true)
    terms.removeAll()
    formUses.removeAll(keepingCapacity: true)
    places.removeAll()
    forms.removeAll()
    ledger = Ledger()
    rejects = []
  }
}

/// Batches that have been counted, to be filled again: their tables are large, and fresh pages for each would cost more
/// than filling them.
public final class TrendBatchPool: Sendable {
  private let spare = Mutex<[TrendBatch]>([])

  /// An empty pool.
  public init() {}

  /// Takes a batch back that nobody reads any more.
  public func give(_ batch: TrendBatch) {
    batch.clear()
    spare.withLock { $0.append(batch) }
  }

  func take() -> TrendBatch { spare.withLock { $0.popLast() } ?? TrendBatch() }
}
