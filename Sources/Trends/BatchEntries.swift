internal import Bytes

/// The entries that the uses of a batch were put to: a term mostly comes with the places it came with before, so that
/// the table of all entries is asked once for most of them.
struct BatchEntries {
  // By the batch's number of the term: the entry at the first place of the batch (the world), and at one other.
  private var first: [UInt32]
  private var other: [(place: UInt32, entry: UInt32)]

  /// For the terms of `batch`.
  init(_ batch: TrendBatch) {
    first = [UInt32](repeating: .max, count: batch.terms.count)
    other = [(place: UInt32, entry: UInt32)](repeating: (.max, .max), count: batch.terms.count)
  }

  /// The entry of a term at a place, both by the batch's numbers, if it is remembered.
  @inline(__always)
  func entry(_ term: UInt32, _ place: UInt32) -> UInt32? {
    if place == 0 { return first[Int(term)] == .max ? nil : first[Int(term)] }
    return other[Int(term)].place == place ? other[Int(term)].entry : nil
  }

  /// Remembers an entry.
  @inline(__always)
  mutating func set(_ term: UInt32, _ place: UInt32, _ entry: UInt32) {
    if place == 0 { first[Int(term)] = entry } else { other[Int(term)] = (place, entry) }
  }
}
