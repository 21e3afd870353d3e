/// A term's, or everybody's, accounts in the windows before: one slot a tumbling window that had any, in order.
struct History: Sendable {
  struct Slot: Sendable {
    var number: Int64
    /// Whole accounts, but for what a sketch remembers.
    var users: Double
  }
  private(set) var slots: [Slot] = []
  /// The last answer of `total`: the steps of one window ask for the same.
  private var known: (from: Int64, total: Double) = (.min, 0)

  /// With slots in order.
  init(_ slots: [Slot] = []) { self.slots = slots }

  /// Adds the window `number`, later than all before, and forgets those before `first`.
  mutating func add(_ number: Int64, users: Int, keepingFrom first: Int64) {
    if let oldest = slots.first, oldest.number < first - 64 {
      slots.removeAll { $0.number < first }
    }
    slots.append(Slot(number: number, users: Double(users)))
    known = (.min, 0)
  }

  /// Forgets windows that are not kept, but not the sum over all that was asked for last.
  mutating func keep(_ isKept: (Int64) -> Bool) { slots = slots.filter { isKept($0.number) } }

  /// Accounts in window `number`; 0 where there were none. - Complexity: O(log n).
  func users(_ number: Int64) -> Double {
    let place = place(number)
    return place < slots.count && slots[place].number == number ? slots[place].users : 0
  }

  /// Windows of `range` that had any. Those before it may be held a while, or not: a state has none. - Complexity: O(log n).
  func count(in range: Range<Int64>) -> Int { place(range.upperBound) - place(range.lowerBound) }

  // The first slot not before `number`.
  private func place(_ number: Int64) -> Int {
    var low = 0
    var high = slots.count
    while low < high {
      let middle = (low + high) / 2
      if slots[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The sum over windows `range` without the `dropping` greatest ones.
  mutating func total(_ range: Range<Int64>, dropping: Int) -> Double {
    if known.from == range.lowerBound { return known.total }
    var values = slots.filter { range.contains($0.number) }.map(\.users)
    if dropping > 0 {
      values.sort()
      values.removeLast(min(dropping, values.count))
    }
    known = (range.lowerBound, values.reduce(0, +))
    return known.total
  }
}
