/// The changes of one relation between numbered users, sorted: what was in force when.
///
/// Memory: 16 bytes a change. Of two changes of one pair the later holds; at equal times the one that ends it.
struct ChangeTable: Sendable {
  /// A change as it is sorted.
  struct Change: Comparable, Sendable {
    var owner: UInt32
    var other: UInt32
    /// Twice the time, and 1 where the relation ends: ending comes last among equal times, and the last one holds.
    var stamp: Int64

    init(owner: UInt32, other: UInt32, at: Int64, isOn: Bool) {
      self.owner = owner
      self.other = other
      stamp = Self.clamped(at) << 1 | (isOn ? 0 : 1)
    }

    var isOn: Bool { stamp & 1 == 0 }
    var pair: UInt64 { UInt64(owner) << 32 | UInt64(other) }

    static func < (a: Change, b: Change) -> Bool {
      a.pair != b.pair ? a.pair < b.pair : a.stamp < b.stamp
    }

    // Times that twice would overflow are those of no record: they are moved to the ends.
    static func clamped(_ at: Int64) -> Int64 { min(max(at, Int64.min >> 1), Int64.max >> 1) }
  }

  private(set) var changes: [Change]
  /// How many of those given were there already.
  let duplicates: Int

  /// A table of changes in any order. - Complexity: O(n log n).
  init(_ unsorted: consuming [Change]) {
    var sorted = unsorted
    sorted.sort()
    var kept = 0
    for index in sorted.indices where index == 0 || sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    duplicates = sorted.count - kept
    sorted.removeLast(duplicates)
    changes = sorted
  }

  /// The same seen from the other side.
  var reversed: ChangeTable {
    ChangeTable(
      changes.map { change in
        var turned = change
        turned.owner = change.other
        turned.other = change.owner
        return turned
      })
  }

  /// Whether it is in force between the two at `time`; nil when nothing was said until then. - Complexity: O(log n).
  func state(_ owner: UInt32, _ other: UInt32, at time: Int64) -> Bool? {
    if changes.isEmpty { return nil }
    var limit = Change(owner: owner, other: other, at: time, isOn: false)
    let pair = limit.pair
    limit.stamp |= 1
    let after = place { $0 <= limit }
    guard after > 0, changes[after - 1].pair == pair else { return nil }
    return changes[after - 1].isOn
  }

  /// The changes of one owner, by the other and time. - Complexity: O(log n).
  func range(_ owner: UInt32) -> Range<Int> {
    if changes.isEmpty { return 0..<0 }
    let start = place { $0.owner < owner }
    var end = start
    while end < changes.count, changes[end].owner == owner { end += 1 }
    return start..<end
  }

  /// The changes between one owner and one other, by time. - Complexity: O(log n).
  func range(_ owner: UInt32, _ other: UInt32) -> Range<Int> {
    if changes.isEmpty { return 0..<0 }
    let pair = UInt64(owner) << 32 | UInt64(other)
    let start = place { $0.pair < pair }
    var end = start
    while end < changes.count, changes[end].pair == pair { end += 1 }
    return start..<end
  }

  /// How many pairs have it at `time`.
  func pairs(at time: Int64) -> Int {
    var count = 0
    forEachState(changes.indices, at: time) { _, isOn in if isOn { count += 1 } }
    return count
  }

  /// Calls `body` with the state at `time` of every pair in `range` of which something was said until then.
  func forEachState(_ range: Range<Int>, at time: Int64, _ body: (Change, Bool) -> Void) {
    let limit = Change.clamped(time) << 1 | 1
    var index = range.lowerBound
    while index < range.upperBound {
      let pair = changes[index].pair
      var last: Int?
      while index < range.upperBound, changes[index].pair == pair {
        if changes[index].stamp <= limit { last = index }
        index += 1
      }
      if let last { body(changes[last], changes[last].isOn) }
    }
  }

  // The first place whose change does not fulfil `isBefore`.
  private func place(_ isBefore: (Change) -> Bool) -> Int {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(changes[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
