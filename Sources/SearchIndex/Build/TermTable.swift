internal import Bytes

/// Numbers distinct byte strings from 0 in order of arrival: an open-addressing hash table over one arena.
///
/// The hash is seeded per process, so that nobody can prepare strings that collide; numbers never reach the disk, only
/// the sorted order does. - Complexity: O(1) expected. Memory: about 16 bytes a string and its bytes.
struct TermTable: ~Copyable {
  private static let seed = UInt64.random(in: .min ... .max) | 1

  private(set) var arena = ByteBuffer(capacity: 1 << 12)
  private(set) var ends: [UInt32] = [0]
  private(set) var hashes: [UInt32] = []
  private var slots: [UInt32]
  private var mask: Int

  /// An empty table for about `capacity` strings.
  init(capacity: Int = 1024) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
  }

  /// Strings in it.
  var count: Int { hashes.count }

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
    let hash = Self.hash(field, term)
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, matches(number, field, term) { return number }
      slot = (slot + 1) & mask
    }
    arena.append(field)
    arena.append(term)
    return added(hash, slot)
  }

  /// The number of a whole string (field byte first) whose hash is known from another table.
  mutating func insert(_ string: Span<UInt8>, hash: UInt32) -> Int {
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, bytes(number).equals(string) { return number }
      slot = (slot + 1) & mask
    }
    arena.append(string)
    return added(hash, slot)
  }

  private mutating func added(_ hash: UInt32, _ slot: Int) -> Int {
    precondition(arena.count <= Int(UInt32.max), "a term table over 4 GiB")
    ends.append(UInt32(arena.count))
    hashes.append(hash)
    slots[slot] = UInt32(hashes.count)
    if hashes.count * 2 > mask { grow() }
    return hashes.count - 1
  }

  private borrowing func matches(_ number: Int, _ field: UInt8, _ term: Span<UInt8>) -> Bool {
    let start = Int(ends[number])
    let all = arena.span
    return Int(ends[number + 1]) - start == term.count + 1 && all[start] == field
      && all.extracting(start + 1..<start + 1 + term.count).equals(term)
  }

  private mutating func grow() {
    let size = (mask + 1) * 2
    mask = size - 1
    slots = [UInt32](repeating: 0, count: size)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(number + 1)
    }
  }

  // Multiply-and-fold over eight-byte words, after wyhash (W. Yi).
  @inline(__always)
  private static func hash(_ field: UInt8, _ term: Span<UInt8>) -> UInt32 {
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

  /// The strings' numbers in byte order. - Complexity: O(n log n), mostly on the first eight bytes.
  borrowing func sorted() -> [UInt32] {
    var keys: [(prefix: UInt64, number: UInt32)] = []
    keys.reserveCapacity(count)
    for number in 0..<count { keys.append((Self.prefix(bytes(number)), UInt32(number))) }
    keys.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      return bytes(Int(a.number)).compare(bytes(Int(b.number))) < 0
    }
    return keys.map(\.number)
  }

  private static func prefix(_ bytes: Span<UInt8>) -> UInt64 { bytes.word(at: 0).byteSwapped }
}
