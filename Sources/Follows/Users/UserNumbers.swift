internal import Bytes

/// Gives numbers to ids in the order in which they come: how a graph is held while it is read.
///
/// Memory: 24 to 40 bytes a user. One hash look-up a call, into a table on huge pages.
struct UserNumbers: ~Copyable {
  struct Slot {
    var id: UInt64
    var number: UInt32
  }

  /// The ids by number.
  private(set) var ids: [UInt64] = []
  private var slots: LargeTable<Slot>
  private var shift: UInt64
  /// As many as numbers of 32 bits leave room for, and far more than there are accounts.
  static let most = Int(UInt32.max) - 1

  init() {
    slots = LargeTable(zeroed: 1 << 10)
    shift = 64 - 10
  }

  /// The number of `id` (not 0), a new one when it was not seen before.
  mutating func number(_ id: UInt64) -> UInt32 {
    var place = Self.place(id, shift)
    while true {
      let slot = slots[place]
      if slot.id == id { return slot.number }
      if slot.id == 0 { break }
      place = place + 1 == slots.count ? 0 : place + 1
    }
    precondition(ids.count < Self.most, "more users than numbers")
    let number = UInt32(ids.count)
    ids.append(id)
    slots[place] = Slot(id: id, number: number)
    if ids.count * 10 > slots.count * 7 { grow() }
    return number
  }

  // Multiplicative hashing (Knuth, TAOCP 3, 6.4) with the golden ratio: serial ids and snowflakes both spread well.
  @inline(__always)
  private static func place(_ id: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }

  private mutating func grow() {
    shift -= 1
    var larger = LargeTable<Slot>(zeroed: slots.count * 2)
    for number in ids.indices {
      let id = ids[number]
      var place = Self.place(id, shift)
      while larger[place].id != 0 { place = place + 1 == larger.count ? 0 : place + 1 }
      larger[place] = Slot(id: id, number: UInt32(number))
    }
    slots = larger
  }

  /// The users in order of id, and for each number given here the one there. - Complexity: O(n log n).
  consuming func sorted() -> (users: UserTable, ranks: [UInt32]) {
    let sorted = ids.sorted()
    var ranks = [UInt32](repeating: 0, count: sorted.count)
    for (rank, id) in sorted.enumerated() { ranks[Int(number(id))] = UInt32(rank) }
    return (UserTable(sorted), ranks)
  }
}
