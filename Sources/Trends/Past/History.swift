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

  /// Accounts in window `number`; 0 where there were none. - Complexity: O(log n).
  func users(_ number: Int64) -> Double {
    let place = place(number)
    return place < slots.count && slots[place].number == number ? slots[place].users : 0
  }

  /// Windows of `range` that had any. Those before it may be held a while, or not: a state has none. - Complexity: O(log n).
  func count(in range: Range<Int64>) -> Int { place(range.upperBound) - place(range.lowerBound) }

  /// Accounts in each window of `range`. - Complexity: O(n).
  func users(in range: Range<Int64>) -> [Double] {
    var users = [Double](repeating: 0, count: range.count)
    for slot in slots where range.contains(slot.number) {
      users[Int(slot.number - range.lowerBound)] = slot.users
    }
    return users
  }

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
    known = (range.lowerBound, Self.total(slots, in: range, dropping: dropping))
    return known.total
  }

  /// The greatest values that are found without sorting.
  private static let fewest = 16

  /// The sum over those of `slots` that lie in `range`, without the `dropping` greatest ones; parts of accounts are added
  /// up from the least on. - Complexity: O(n) for whole accounts, O(n log n) else.
  static func total(_ slots: [Slot], in range: Range<Int64>, dropping: Int) -> Double {
    var sum = 0.0
    var count = 0
    var isWhole = true
    for slot in slots where range.contains(slot.number) {
      sum += slot.users
      count += 1
      isWhole = isWhole && slot.users == slot.users.rounded(.towardZero)
    }
    if dropping == 0 { return sum }
    if dropping >= count { return 0 }
    // Whole numbers have one sum in any order.
    if isWhole && dropping <= fewest { return sum - greatest(slots, in: range, dropping) }
    var values: [Double] = []
    values.reserveCapacity(count)
    for slot in slots where range.contains(slot.number) { values.append(slot.users) }
    values.sort()
    sum = 0
    for index in 0..<count - dropping { sum += values[index] }
    return sum
  }

  // The sum of the greatest.
  private static func greatest(_ slots: [Slot], in range: Range<Int64>, _ count: Int) -> Double {
    // Rising; the least of them stands first.
    var found = [16 of Double](repeating: 0)
    for slot in slots where slot.users > found[fewest - count] && range.contains(slot.number) {
      var place = fewest - count
      while place + 1 < fewest, found[place + 1] < slot.users {
        found[place] = found[place + 1]
        place += 1
      }
      found[place] = slot.users
    }
    var sum = 0.0
    for index in fewest - count..<fewest { sum += found[index] }
    return sum
  }
}
