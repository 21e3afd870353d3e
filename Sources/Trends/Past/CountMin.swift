/// Counts by key in fixed memory, never too low: the Count-Min sketch (G. Cormode, S. Muthukrishnan, "An improved data
/// stream summary", 2005), two rows.
///
/// With *n* counted in rows of *w*, an estimate is too high by more than 2.72 n / w for at most one key in seven. The order
/// in which counts are added shows nowhere.
struct CountMin: Sendable {
  private(set) var counters: [UInt32]
  let width: Int

  /// - Parameter width: counters of a row, a power of two.
  init(width: Int) {
    self.width = width
    counters = [UInt32](repeating: 0, count: 2 * width)
  }

  mutating func add(_ key: UInt64, _ count: UInt32) {
    let (first, second) = places(key)
    increase(first, count)
    increase(second, count)
  }

  private mutating func increase(_ place: Int, _ count: UInt32) {
    let (sum, overflows) = counters[place].addingReportingOverflow(count)
    counters[place] = overflows ? .max : sum
  }

  /// At least what was added for `key`.
  func estimate(_ key: UInt64) -> UInt32 {
    let (first, second) = places(key)
    return min(counters[first], counters[second])
  }

  /// Sets a counter, as a state had it.
  mutating func set(_ place: Int, _ value: UInt32) { counters[place] = value }

  // The halves of a well mixed key are two hashes.
  private func places(_ key: UInt64) -> (Int, Int) {
    let mask = UInt64(width - 1)
    return (Int(key & mask), width + Int(key >> 32 & mask))
  }
}
