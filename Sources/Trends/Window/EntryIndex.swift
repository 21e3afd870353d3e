internal import Bytes

/// Finds entries by term and place: an open-addressing hash table of entry numbers, whose keys stand in the entries.
/// - Complexity: O(1) expected. Memory: 4 bytes a slot, between a third and two thirds of them in use.
struct EntryIndex: ~Copyable {
  // Numbers plus one; 0 for an empty slot.
  private var slots = LargeTable<UInt32>(zeroed: 1 << 10)
  private var count = 0
  // As in `KeyTable`.
  private let seed = UInt64.random(in: .min ... .max) | 1

  /// The entry of `term` at `place`, or nil.
  func find(_ term: UInt32, _ place: UInt32, _ entries: [TrendEntry]) -> UInt32? {
    let slot = slots[slot(term, place, entries)]
    return slot == 0 ? nil : slot - 1
  }

  /// Adds the last entry, which is not in it.
  mutating func insert(_ number: UInt32, _ entries: [TrendEntry]) {
    let entry = entries[Int(number)]
    slots[slot(entry.term, entry.place, entries)] = number + 1
    count += 1
    if count * 3 > slots.count * 2 { resize(slots.count * 2, entries) }
  }

  /// Takes an entry out.
  mutating func remove(_ number: UInt32, _ entries: [TrendEntry]) {
    let mask = slots.count - 1
    let entry = entries[Int(number)]
    var hole = slot(entry.term, entry.place, entries)
    if slots[hole] == 0 { return }
    // As in `KeyTable`.
    var next = (hole + 1) & mask
    while slots[next] != 0 {
      let other = entries[Int(slots[next] - 1)]
      let home = home(other.term, other.place) & mask
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    slots[hole] = 0
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

  private mutating func resize(_ size: Int, _ entries: [TrendEntry]) {
    var numbers: [UInt32] = []
    numbers.reserveCapacity(count)
    for index in 0..<slots.count where slots[index] != 0 { numbers.append(slots[index] - 1) }
    slots = LargeTable(zeroed: size)
    for number in numbers {
      let entry = entries[Int(number)]
      slots[slot(entry.term, entry.place, entries)] = number + 1
    }
  }

  private func slot(_ term: UInt32, _ place: UInt32, _ entries: [TrendEntry]) -> Int {
    let mask = slots.count - 1
    var slot = home(term, place) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot] - 1)]
      if entry.term == term && entry.place == place { break }
      slot = (slot + 1) & mask
    }
    return slot
  }

  @inline(__always)
  private func home(_ term: UInt32, _ place: UInt32) -> Int { Self.home(term, place, seed) }

  /// Where an entry would stand in a table of 2³² slots: what decides are the upper bits of the product.
  @inline(__always)
  static func home(_ term: UInt32, _ place: UInt32, _ seed: UInt64) -> Int {
    let key = (UInt64(place) << 32 | UInt64(term)) &* seed
    return Int(truncatingIfNeeded: ((key ^ key >> 29) &* seed) >> 32)
  }
}
