internal import Bytes
public import Records

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
    /// Where the tweet's places and terms end in `placeNumbers` and `uses`.
    var placesEnd: Int32
    var usesEnd: Int32
  }

  /// A term of a tweet, and how it was written.
  struct Use {
    var term: UInt32
    var form: UInt32
  }

  var sightings: [Sighting] = []
  var placeNumbers: [UInt32] = []
  var uses: [Use] = []
  /// Places as records name them.
  var places = NameTable()
  /// Terms: a byte of `TrendKind`, then the term as one would search for it.
  var terms = NameTable()
  /// Forms as they were written, by kind like terms.
  var forms = NameTable()

  /// `read`, `rejected`, `filtered` and `applied`.
  public var ledger = Ledger()
  /// What was refused.
  public var rejects: [Reject] = []

  init() {}
}

/// Numbers distinct byte strings from 0 in order of arrival.
struct NameTable {
  private var numbers: [[UInt8]: UInt32] = [:]
  private(set) var names: [[UInt8]] = []

  /// The number of a known name.
  func known(_ name: [UInt8]) -> UInt32? { numbers[name] }

  /// The number of a name, new or known. - Complexity: O(bytes).
  mutating func number(_ name: [UInt8]) -> UInt32 {
    if let known = numbers[name] { return known }
    let number = UInt32(names.count)
    numbers[name] = number
    names.append(name)
    return number
  }
}
