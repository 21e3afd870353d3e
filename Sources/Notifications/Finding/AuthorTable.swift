internal import Bytes

/// Tweets whose authors are looked for: an open-addressing table of ids (none of them 0). Memory: 23 to 46 bytes an id.
public struct AuthorTable: ~Copyable {
  // Not private: the debug build of Swift 6.3 makes a broken module of it.
  struct Slot: BitwiseCopyable {
    var id: UInt64
    var author: UInt64
  }
  private var slots = LargeTable<Slot>(zeroed: 1 << 10)
  private var shift: UInt64 = 64 - 10
  /// How many are looked for.
  public private(set) var count = 0

  /// Looks for nothing yet.
  public init() {}

  /// Looks for the author of a tweet.
  public mutating func insert(_ id: UInt64) {
    let place = self.place(id)
    if slots[place].id == id { return }
    slots[place].id = id
    count += 1
    if count * 10 > slots.count * 7 { grow() }
  }

  /// Whether the author of a tweet is looked for. - Complexity: O(1).
  public borrowing func holds(_ id: UInt64) -> Bool { slots[place(id)].id == id }

  /// Says who made a tweet; of a tweet that nobody looks for it says nothing.
  public mutating func set(_ id: UInt64, author: UInt64) {
    let place = self.place(id)
    if slots[place].id == id { slots[place].author = author }
  }

  /// Who made a tweet; 0 when it was not found.
  public borrowing func author(of id: UInt64) -> UInt64 {
    let slot = slots[place(id)]
    return slot.id == id ? slot.author : 0
  }

  // Where the id is, or would be. Multiplicative hashing (Knuth, TAOCP 3, 6.4).
  private borrowing func place(_ id: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (id &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[place].id != 0 && slots[place].id != id { place = place + 1 == slots.count ? 0 : place + 1 }
    return place
  }

  private mutating func grow() {
    var larger = LargeTable<Slot>(zeroed: slots.count * 2)
    swap(&larger, &slots)
    shift -= 1
    for index in 0..<larger.count where larger[index].id != 0 {
      slots[place(larger[index].id)] = larger[index]
    }
  }
}
