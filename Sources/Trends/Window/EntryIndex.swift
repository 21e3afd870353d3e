internal import Bytes

/// Finds entries by term and place: an open-addressing hash table of entry numbers, whose keys stand in the entries.
/// - Complexity: O(1) expected. Memory: 8 bytes a slot, between a third and two thirds of them in use.
struct EntryIndex: ~Copyable {
  // Not private: a debug build of a table over a private type breaks the compiler.
  struct Slot {
    /// What the entry's term and place are mixed to: entries, which lie anywhere, are read only where it is equal.
    var mark: UInt32 = 0
    /// The entry's number plus one; 0 for an empty slot.
    var number: UInt32 = 0
  }

  private var slots = LargeTable<Slot>(zeroed: 1 << 10)
  /// Entries in it.
  private(set) var count = 0
  // As in `KeyTable`.
  private let seed = UInt64.random(in: .min ... .max) | 1

  /// The entry of `term` at `place`, or nil.
  @inline(__always)
  func find(_ term: UInt32, _ place: UInt32, _ entries: [TrendEntry]) -> UInt32? {
    let slot = slots[slot(term, place, entries)]
    return slot.number == 0 ? nil : slot.number - 1
  }

  /// Adds the last entry, which is not in it.
  mutating func insert(_ number: UInt32, _ entries: [TrendEntry]) {
    let mark = mark(entries[Int(number)])
    put(Slot(mark: mark, number: number + 1))
    count += 1
    if count * 3 > slots.count * 2 { resize(slots.count * 2) }
  }

  /// Takes an entry out.
  mutating func remove(_ number: UInt32, _ entries: [TrendEntry]) {
    let mask = slots.count - 1
    var hole = Int(mark(entries[Int(number)])) & mask
    while slots[hole].number != number + 1 {
      if slots[hole].number == 0 { return }
      hole = (hole + 1) & mask
    }
    // As in `KeyTable`.
    var next = (hole + 1) & mask
    while slots[next].number != 0 {
      let home = Int(slots[next].mark) & mask
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    slots[hole] = Slot()
    count -= 1
  }

  /// Makes it anew after the entries were numbered otherwise or their terms were.
  mutating func rebuild(_ numbers: [UInt32], _ entries: [TrendEntry]) {
    var size = 1 << 10
    while numbers.count * 2 > size { size *= 2 }
    slots = LargeTable(zeroed: size)
    count = 0
    for number in numbers { insert(number, entries) }
  }

  private mutating func resize(_ size: Int) {
    var before = LargeTable<Slot>(zeroed: size)
    swap(&before, &slots)
    for index in 0..<before.count where before[index].number != 0 { put(before[index]) }
  }

  // Puts what is not in it into the first free slot.
  private mutating func put(_ slot: Slot) {
    let mask = slots.count - 1
    var place = Int(slot.mark) & mask
    while slots[place].number != 0 { place = (place + 1) & mask }
    slots[place] = slot
  }

  @inline(__always)
  private func slot(_ term: UInt32, _ place: UInt32, _ entries: [TrendEntry]) -> Int {
    let mark = Self.mark(term, place, seed)
    let mask = slots.count - 1
    var slot = Int(mark) & mask
    while slots[slot].number != 0 {
      if slots[slot].mark == mark {
        let entry = entries[Int(slots[slot].number - 1)]
        if entry.term == term && entry.place == place { break }
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  @inline(__always)
  private func mark(_ entry: TrendEntry) -> UInt32 { Self.mark(entry.term, entry.place, seed) }

  /// Where an entry would stand in a table of 2³² slots: what decides are the upper bits of the product.
  @inline(__always)
  static func mark(_ term: UInt32, _ place: UInt32, _ seed: UInt64) -> UInt32 {
    let key = (UInt64(place) << 32 | UInt64(term)) &* seed
    return UInt32(truncatingIfNeeded: ((key ^ key >> 29) &* seed) >> 32)
  }
}
