internal import Bytes

/// Numbers distinct byte strings from 0 in order of arrival: an open-addressing hash table over one arena.
///
/// A slot holds hash, number and place, so that a look-up touches one line of the table and one of the arena. The hash is
/// seeded per process, so that nobody can prepare strings that collide; numbers never reach the disk, only the sorted
/// order does. - Complexity: O(1) expected. Memory: about 40 bytes a string and its bytes.
struct TermTable: ~Copyable {
  private static let seed = UInt64.random(in: .min ... .max) | 1

  struct Slot {
    var hash: UInt32 = 0
    /// The number plus one; 0 for an empty slot.
    var number: UInt32 = 0
    var start: UInt32 = 0
    var count: UInt32 = 0
  }

  private var arena = ByteBuffer(capacity: 1 << 12)
  private var ends: [UInt32] = [0]
  private var slots: LargeTable<Slot>
  private var mask: Int

  /// An empty table for about `capacity` strings.
  init(capacity: Int = 1024) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = LargeTable(zeroed: size)
    mask = size - 1
  }

  /// Strings in it.
  var count: Int { ends.count - 1 }

  /// String `number`.
  @_lifetime(borrow self)
  borrowing func bytes(_ number: Int) -> Span<UInt8> {
    arena.span.extracting(Int(ends[number])..<Int(ends[number + 1]))
  }

  /// A copy of string `number`.
  borrowing func copy(_ number: Int) -> [UInt8] { bytes(number).array }

  /// The field byte of string `number`.
  borrowing func field(_ number: Int) -> UInt8 { arena.span[Int(ends[number])] }

  /// The number of a field's term, new or known.
  mutating func insert(_ field: UInt8, _ term: Span<UInt8>) -> Int {
    insert(field, term, hash: Self.hash(field, term))
  }

  /// Reads the slot that a hash leads to: a loop of these lets the processor fetch many lines at once, so that the
  /// insertions that follow find theirs in the cache.
  func touch(_ hash: UInt32) -> UInt32 { slots[Int(hash) & mask].hash }

  /// The same for a term whose hash is known.
  mutating func insert(_ field: UInt8, _ term: Span<UInt8>, hash: UInt32) -> Int {
    let size = UInt32(term.count + 1)
    var place = Int(hash) & mask
    while true {
      let slot = slots[place]
      if slot.number == 0 { break }
      if slot.hash == hash, slot.count == size, matches(Int(slot.start), field, term) {
        return Int(slot.number) - 1
      }
      place = (place + 1) & mask
    }
    precondition(arena.count + term.count < Int(UInt32.max), "a term table over 4 GiB")
    slots[place] = Slot(hash: hash, number: UInt32(ends.count), start: UInt32(arena.count), count: size)
    arena.append(field)
    arena.append(term)
    ends.append(UInt32(arena.count))
    if ends.count * 2 > mask { grow() }
    return ends.count - 2
  }

  private borrowing func matches(_ start: Int, _ field: UInt8, _ term: Span<UInt8>) -> Bool {
    let all = arena.span
    return all[start] == field && all.extracting(start + 1..<start + 1 + term.count).equals(term)
  }

  private mutating func grow() {
    let size = (mask + 1) * 2
    mask = size - 1
    var old = LargeTable<Slot>(zeroed: size)
    swap(&old, &slots)
    for index in 0..<old.count {
      let slot = old[index]
      if slot.number == 0 { continue }
      var place = Int(slot.hash) & mask
      while slots[place].number != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }

  // Multiply-and-fold over eight-byte words, after wyhash (W. Yi).
  @inline(__always)
  static func hash(_ field: UInt8, _ term: Span<UInt8>) -> UInt32 {
    var state = seed ^ UInt64(field) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    repeat {
      let mixed = (state ^ term.word(at: min(index, term.count))).multipliedFullWidth(
        by: 0xA076_1D64_78BD_642F)
      state = mixed.high ^ mixed.low
      index += 8
    } while index < term.count
    let last = (state ^ UInt64(term.count)).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return UInt32(truncatingIfNeeded: last.high ^ last.low)
  }

  /// The numbers of the strings that are `used`, in byte order. - Complexity: O(n log n), mostly on eight bytes a string.
  borrowing func sorted(_ used: [Bool]) -> [UInt32] {
    var keys: [(prefix: UInt64, number: UInt32)] = []
    keys.reserveCapacity(count)
    for number in 0..<count where used[number] {
      keys.append((bytes(number).word(at: 0).byteSwapped, UInt32(number)))
    }
    keys.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      return bytes(Int(a.number)).compare(bytes(Int(b.number))) < 0
    }
    return keys.map(\.number)
  }
}
