internal import Bytes

/// Numbers by 64-bit keys that are well mixed already: an open-addressing hash table. - Complexity: O(1) expected.
/// Memory: 16 bytes a slot, at most two thirds of them used.
struct KeyTable: ~Copyable {
  // Not private: a debug build of a table over a private type breaks the compiler.
  struct Slot {
    /// 0 for an empty slot.
    var key: UInt64 = 0
    var value: Int64 = 0
  }

  /// A value that is gone: its slot is given back when the table grows next.
  static let gone = Int64.min

  private var slots = LargeTable<Slot>(zeroed: 1 << 10)
  private var used = 0

  /// The value of `key`, or nil. A key of 0 is taken as 1.
  func value(_ key: UInt64) -> Int64? {
    let slot = slots[place(max(key, 1))]
    return slot.key == 0 || slot.value == Self.gone ? nil : slot.value
  }

  /// Sets the value of `key` and gives the one before.
  mutating func set(_ key: UInt64, _ value: Int64) -> Int64? {
    let key = max(key, 1)
    let place = place(key)
    let before = slots[place]
    slots[place] = Slot(key: key, value: value)
    if before.key == 0 {
      used += 1
      if used * 3 > slots.count * 2 { grow() }
      return nil
    }
    return before.value == Self.gone ? nil : before.value
  }

  private func place(_ key: UInt64) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: key) & mask
    while slots[place].key != 0 && slots[place].key != key { place = (place + 1) & mask }
    return place
  }

  // Twice as large where half of it is in use, else the same without what is gone.
  private mutating func grow() {
    var live = 0
    for index in 0..<slots.count where slots[index].key != 0 && slots[index].value != Self.gone { live += 1 }
    let size = live * 3 > slots.count ? slots.count * 2 : slots.count
    var larger = LargeTable<Slot>(zeroed: size)
    for index in 0..<slots.count where slots[index].key != 0 && slots[index].value != Self.gone {
      var place = Int(truncatingIfNeeded: slots[index].key) & (size - 1)
      while larger[place].key != 0 { place = (place + 1) & (size - 1) }
      larger[place] = slots[index]
    }
    slots = larger
    used = live
  }

  /// Mixes two numbers to a key (the finaliser of SplitMix64).
  static func key(_ first: UInt64, _ second: UInt64) -> UInt64 {
    var word = first ^ second &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
