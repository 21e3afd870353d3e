internal import Bytes

/// A set of ids (none of them 0): an open-addressing table on huge pages. Memory: 12 to 23 bytes an id.
package struct TweetIDs: ~Copyable {
  private var slots = LargeTable<UInt64>(zeroed: 1 << 10)
  private var shift: UInt64 = 64 - 10
  /// How many there are.
  package private(set) var count = 0

  /// None yet.
  package init() {}

  /// Adds an id. - Returns: whether it was new.
  package mutating func insert(_ id: UInt64) -> Bool {
    var place = self.place(id)
    while slots[place] != 0 {
      if slots[place] == id { return false }
      place = place + 1 == slots.count ? 0 : place + 1
    }
    slots[place] = id
    count += 1
    if count * 10 > slots.count * 7 { grow() }
    return true
  }

  /// Whether an id is there.
  package borrowing func contains(_ id: UInt64) -> Bool {
    var place = self.place(id)
    while slots[place] != 0 {
      if slots[place] == id { return true }
      place = place + 1 == slots.count ? 0 : place + 1
    }
    return false
  }

  // Multiplicative hashing (Knuth, TAOCP 3, 6.4).
  private borrowing func place(_ id: UInt64) -> Int {
    Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow() {
    var larger = LargeTable<UInt64>(zeroed: slots.count * 2)
    shift -= 1
    for index in 0..<slots.count where slots[index] != 0 {
      var place = self.place(slots[index])
      while larger[place] != 0 { place = place + 1 == larger.count ? 0 : place + 1 }
      larger[place] = slots[index]
    }
    slots = larger
  }
}
