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
    /// Where the tweet's places and uses end in `placeNumbers` and `uses`.
    var placesEnd: Int32
    var usesEnd: Int32
  }

  /// A term of a tweet, and how it was written: `asItIs` where that is the term itself.
  struct Use {
    var term: UInt32
    var form: UInt32
    static let asItIs = UInt32.max
  }

  var sightings: [Sighting] = []
  var placeNumbers: [UInt32] = []
  var uses: [Use] = []
  /// Places as records name them, by `TrendLevel`.
  var places = TermTable(capacity: 64)
  /// Terms as one would search for them, by `TrendKind`.
  var terms: TermTable
  /// The hashes of terms, computed where there are several threads.
  var termHashes: [UInt32] = []
  /// Forms as they were written, by `TrendKind`.
  var forms = TermTable(capacity: 1 << 8)

  /// `read`, `rejected`, `filtered` and `applied`.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []

  /// Terms of a chunk of 1 MiB: tags, words, or pairs of words. With room for half as many words tables grew fourfold, and
  /// out of the cache.
  static func usualTerms(_ settings: TrendSettings) -> Int {
    settings.kinds.contains(.phrase) ? 1 << 15 : settings.kinds.contains(.term) ? 1 << 14 : 1 << 11
  }

  /// An empty batch with room for so many terms.
  init(terms: Int) { self.terms = TermTable(capacity: terms) }

  /// Empties it for another chunk and keeps the memory.
  func clear() {
    sightings.removeAll(keepingCapacity: true)
    placeNumbers.removeAll(keepingCapacity: true)
    uses.removeAll(keepingCapacity: true)
    places.removeAll()
    terms.removeAll()
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

  func take(terms: Int) -> TrendBatch { spare.withLock { $0.popLast() } ?? TrendBatch(terms: terms) }
}
