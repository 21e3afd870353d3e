internal import Bytes

/// Numbers by 64-bit keys that are well mixed already: an open-addressing hash table. - Complexity: O(1) expected.
/// Memory: 16 bytes a slot, between a third and two thirds of them in use.
struct KeyTable: ~Copyable {
  // Not private: a debug build of a table over a private type breaks the compiler.
  struct Slot {
    /// 0 for an empty slot.
    var key: UInt64 = 0
    var value: Int64 = 0
  }

  private var slots = LargeTable<Slot>(zeroed: 1 << 8)
  /// Keys that have a value.
  private(set) var count = 0
  // Another in every table and run, so that nobody can prepare accounts whose keys meet; it shows in no output.
  private let seed = UInt64.random(in: .min ... .max) | 1

  /// The value of `key`, or nil. A key of 0 is taken as 1.
  func value(_ key: UInt64) -> Int64? {
    let slot = slots[place(max(key, 1))]
    return slot.key == 0 ? nil : slot.value
  }

  /// Sets the value of `key` and gives the one before.
  @discardableResult
  mutating func set(_ key: UInt64, _ value: Int64) -> Int64? {
    let key = max(key, 1)
    let place = place(key)
    let before = slots[place]
    slots[place] = Slot(key: key, value: value)
    if before.key != 0 { return before.value }
    count += 1
    if count * 3 > slots.count * 2 { resize(slots.count * 2) }
    return nil
  }

  /// Reads where some keys stand, so that the processor waits for all of them at once before they are looked for one by
  /// one. - Returns: what is of no use, but keeps the reads.
  func touch(_ keys: Span<UInt64>) -> UInt64 {
    let mask = slots.count - 1
    var sum: UInt64 = 0
    for index in 0..<keys.count { sum |= slots[home(keys[index]) & mask].key }
    return sum
  }

  /// Forgets `key` if it has `value`. - Returns: whether it had.
  mutating func remove(_ key: UInt64, having value: Int64) -> Bool {
    let mask = slots.count - 1
    var hole = place(max(key, 1))
    if slots[hole].key == 0 || slots[hole].value != value { return false }
    // What stands behind moves up, so that no search ends at the hole (Knuth, volume 3, 6.4, algorithm R).
    var next = (hole + 1) & mask
    while slots[next].key != 0 {
      let home = home(slots[next].key) & mask
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    slots[hole] = Slot()
    count -= 1
    return true
  }

  /// Forgets all keys.
  mutating func removeAll() {
    if count == 0 { return }
    slots = LargeTable(zeroed: 1 << 8)
    count = 0
  }

  /// Gives every key another value, forgets it where that is nil, and gives back memory where little of it is left in use:
  /// what was just enough grew again at once, and fresh pages were a twentieth of a run over thin data.
  mutating func replaceValues(_ other: (UInt64, Int64) -> Int64?) {
    var kept = 0
    for index in 0..<slots.count where slots[index].key != 0 {
      if let value = other(slots[index].key, slots[index].value) {
        slots[index].value = value
        kept += 1
      } else {
        slots[index] = Slot()
      }
    }
    var size = slots.count
    while size > 1 << 8 && kept * 6 < size { size /= 2 }
    resize(size)
  }

  /// Calls `body` with every key and its value, in no order that means anything.
  func forEach(_ body: (UInt64, Int64) -> Void) {
    for index in 0..<slots.count where slots[index].key != 0 { body(slots[index].key, slots[index].value) }
  }

  @inline(__always)
  private func home(_ key: UInt64) -> Int { Int(truncatingIfNeeded: (key &* seed) >> 32) }

  private func place(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = home(key) & mask
    while slots[place].key != 0 && slots[place].key != key { place = (place + 1) & mask }
    return place
  }

  // Also after keys were wiped in place, when no search may be made in the old slots.
  private mutating func resize(_ size: Int) {
    var other = LargeTable<Slot>(zeroed: size)
    var kept = 0
    for index in 0..<slots.count where slots[index].key != 0 {
      var place = home(slots[index].key) & (size - 1)
      while other[place].key != 0 { place = (place + 1) & (size - 1) }
      other[place] = slots[index]
      kept += 1
    }
    slots = other
    count = kept
  }

  /// Mixes two numbers to a key (the finaliser of SplitMix64).
  @inline(__always)
  static func key(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var word = first ^ second &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
