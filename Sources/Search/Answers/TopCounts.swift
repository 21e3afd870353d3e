/// The values with the greatest counts, ties in the order of their keys (bytes).
///
/// Memory: twice `limit` values. - Complexity: O(log limit) a value that may be kept, O(1) for others.
struct TopCounts<Value> {
  private let limit: Int
  private var kept: [(count: Int, key: [UInt8], value: Value)] = []
  /// A count not above this cannot be kept when the keys come in order.
  private(set) var floor = 0

  init(limit: Int) { self.limit = limit }

  /// Whether a value with this count may be kept; `isLast` says that its key is behind those of all offered before.
  func wants(_ count: Int, isLast: Bool) -> Bool { isLast ? count > floor : count >= max(floor, 1) }

  mutating func offer(_ count: Int, _ key: [UInt8], _ value: Value) {
    if limit == 0 { return }
    kept.append((count, key, value))
    if limit < Int.max / 2 && kept.count >= 2 * limit + 16 { trim() }
  }

  private mutating func trim() {
    kept.sort { a, b in
      a.count != b.count ? a.count > b.count : a.key.lexicographicallyPrecedes(b.key)
    }
    if kept.count > limit { kept.removeLast(kept.count - limit) }
    if kept.count == limit, let last = kept.last { floor = last.count }
  }

  /// Those kept, the greatest first.
  mutating func sorted() -> [(count: Int, key: [UInt8], value: Value)] {
    trim()
    return kept
  }
}
