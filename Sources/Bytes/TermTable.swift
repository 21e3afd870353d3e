/// Numbers distinct byte strings from 0 in order of arrival: an open-addressing hash table over one arena.
///
/// A slot holds what a short string is known by, so that most look-ups touch one line of memory. The hash is seeded per
/// process, so that nobody can prepare strings that collide; numbers never reach the disk, only the sorted order does.
/// - Complexity: O(1) expected. Memory: about 40 bytes a string and its bytes.
public struct TermTable: ~Copyable {
  static let seed = UInt64.random(in: .min ... .max) | 1

  struct Slot {
    /// The first eight bytes, zero-padded.
    var head: UInt64 = 0
    /// 26 bits of the hash, and the string's bytes, at most 63, in the low six.
    var mark: UInt32 = 0
    /// The number plus one; 0 for an empty slot.
    var number: UInt32 = 0
  }

  private var arena = ByteBuffer(capacity: 1 << 12)
  private var ends: [UInt32] = [0]
  private var slots: LargeTable<Slot>
  private var mask: Int

  /// An empty table for about `capacity` strings.
  public init(capacity: Int = 1024) {
    var size = 64
    while size * 7 / 10 < capacity { size *= 2 }
    slots = LargeTable(zeroed: size)
    mask = size - 1
  }

  /// Strings in it.
  public var count: Int { ends.count - 1 }

  /// String `number`.
  @_lifetime(borrow self)
  public borrowing func bytes(_ number: Int) -> Span<UInt8> {
    arena.span.extracting(Int(ends[number])..<Int(ends[number + 1]))
  }

  /// A copy of string `number`.
  public borrowing func copy(_ number: Int) -> [UInt8] { bytes(number).array }

  /// The field byte of string `number`.
  public borrowing func field(_ number: Int) -> UInt8 { arena.span[Int(ends[number])] }

  /// The first eight bytes of string `number`, big-endian, zero-padded.
  public borrowing func prefix(_ number: Int) -> UInt64 { bytes(number).word(at: 0).byteSwapped }

  /// Puts a range of `numbers` in the byte order of their strings.
  public borrowing func sort(_ numbers: inout [UInt32], _ range: Range<Int>) {
    numbers[range].sort { bytes(Int($0)).compare(bytes(Int($1))) < 0 }
  }

  /// The number of a field's term, new or known.
  public mutating func insert(_ field: UInt8, _ term: Span<UInt8>) -> Int {
    let head = term.word(at: 0)
    return insert(field, term, head: head, hash: Self.hash(field, term, head: head))
  }

  /// Inserts terms and appends the number of each.
  ///
  /// As `insert(all:)`, some at a time, so that the processor waits for all of their slots at once: one by one that was most
  /// of the time of counting words.
  public mutating func insert(_ terms: borrowing TermKeys, into numbers: inout [UInt32]) {
    let bytes = terms.bytes.span
    let keys = terms.keys
    let first = numbers.count
    numbers.append(contentsOf: repeatElement(0, count: keys.count))
    var found = numbers.mutableSpan
    var start = 0
    while start < keys.count {
      let end = min(start + 32, keys.count)
      var touched: UInt32 = 0
      for index in start..<end { touched |= slots[Int(keys[index].hash) & mask].number }
      // Used, so that the reads are not optimised away.
      if touched == 0 { ends.reserveCapacity(ends.count + end - start) }
      for index in start..<end {
        let key = keys[index]
        let mark = Self.mark(key.hash, Int(key.size) &+ 1)
        var place = Int(key.hash) & mask
        var slot = slots[place]
        // Found at once as a rule: all of a short term stands in the slot.
        while slot.number != 0 && (slot.mark != mark || slot.head != key.head) {
          place = (place &+ 1) & mask
          slot = slots[place]
        }
        if slot.number != 0 && key.size < 8 {
          found[first &+ index] = slot.number &- 1
        } else {
          let term = bytes.extracting(Int(key.start)..<Int(key.start) + Int(key.size))
          found[first &+ index] = UInt32(insert(key.field, term, hash: key.hash))
        }
      }
      start = end
    }
  }

  /// The hashes of all strings.
  public borrowing func hashes() -> [UInt32] {
    (0..<count).map { UInt32(hash($0)) }
  }

  /// Inserts all strings of another table and appends their numbers.
  ///
  /// Sixteen at a time: their slots are read, then what these point to, then they are inserted. The reads do not depend
  /// on each other, so the processor waits for all at once instead of one after the other.
  public mutating func insert(all other: borrowing TermTable, _ hashes: [UInt32], _ numbers: inout [UInt32]) {
    var start = 0
    while start < hashes.count {
      let end = min(start + 16, hashes.count)
      var touched: UInt32 = 0
      for index in start..<end { touched |= slots[Int(hashes[index]) & mask].number }
      for index in start..<end { touched |= firstEnd(slots[Int(hashes[index]) & mask]) }
      // Used, so that the reads are not optimised away.
      if touched == 0 { numbers.reserveCapacity(numbers.count + end - start) }
      for index in start..<end {
        let whole = other.bytes(index)
        numbers.append(
          UInt32(insert(whole[0], whole.extracting(1...), hash: hashes[index])))
      }
      start = end
    }
  }

  private borrowing func firstEnd(_ slot: Slot) -> UInt32 {
    slot.number == 0 || slot.mark & 63 <= 8 ? 0 : ends[Int(slot.number)]
  }

  /// Forgets all strings and keeps the memory.
  public mutating func removeAll() {
    arena.removeAll()
    ends.removeAll(keepingCapacity: true)
    ends.append(0)
    for index in 0..<slots.count { slots[index] = Slot() }
  }

  /// The number of a term whose hash is known.
  public mutating func insert(_ field: UInt8, _ term: Span<UInt8>, hash: UInt32) -> Int {
    insert(field, term, head: term.word(at: 0), hash: hash)
  }

  @inline(__always)
  private mutating func insert(_ field: UInt8, _ term: Span<UInt8>, head: UInt64, hash: UInt32) -> Int {
    let mark = Self.mark(hash, term.count + 1)
    let head = head << 8 | UInt64(field)
    var place = Int(hash) & mask
    while true {
      let slot = slots[place]
      if slot.number == 0 { break }
      // A string of at most eight bytes is known by its head and its length.
      if slot.mark == mark, slot.head == head, term.count < 8 || matches(Int(slot.number) - 1, term) {
        return Int(slot.number) - 1
      }
      place = (place + 1) & mask
    }
    precondition(arena.count + term.count < Int(UInt32.max), "a term table over 4 GiB")
    slots[place] = Slot(head: head, mark: mark, number: UInt32(ends.count))
    arena.append(field)
    arena.append(term)
    ends.append(UInt32(arena.count))
    if ends.count * 10 > slots.count * 7 { grow() }
    return ends.count - 2
  }

  // The field and the first seven bytes are known to be equal.
  private borrowing func matches(_ number: Int, _ term: Span<UInt8>) -> Bool {
    bytes(number).extracting(1...).equals(term)
  }

  // Fourfold while it is small: each time costs moving all, in the order of the arena.
  private mutating func grow() {
    let size = slots.count * (slots.count < 1 << 20 ? 4 : 2)
    var larger = LargeTable<Slot>(zeroed: size)
    mask = size - 1
    for number in 0..<count {
      let whole = bytes(number)
      let hash = hash(number)
      var place = hash & mask
      while larger[place].number != 0 { place = (place + 1) & mask }
      larger[place] = Slot(
        head: whole.word(at: 0), mark: Self.mark(UInt32(hash), whole.count), number: UInt32(number + 1))
    }
    slots = larger
  }

  private static func mark(_ hash: UInt32, _ size: Int) -> UInt32 { hash & ~63 | UInt32(min(size, 63)) }

  private borrowing func hash(_ number: Int) -> Int {
    let whole = bytes(number)
    return Int(Self.hash(whole[0], whole.extracting(1...)))
  }

  /// What the hash of a field's term begins with.
  @inline(__always)
  static func start(_ field: UInt8) -> UInt64 { start(field, seed) }

  @inline(__always)
  static func start(_ field: UInt8, _ seed: UInt64) -> UInt64 {
    seed ^ UInt64(field) &* 0x9E37_79B9_7F4A_7C15
  }

  /// The hash of a field's term, by multiply-and-fold over eight-byte words, after wyhash (W. Yi).
  @inline(__always)
  public static func hash(_ field: UInt8, _ term: Span<UInt8>) -> UInt32 {
    hash(field, term, head: term.word(at: 0))
  }

  // With its first eight bytes, which are the head of its slot too: to read those of a short term takes as long as to mix
  // them.
  @inline(__always)
  private static func hash(_ field: UInt8, _ term: Span<UInt8>, head: UInt64) -> UInt32 {
    var state = mix(start(field), head)
    var index = 8
    while index < term.count {
      state = mix(state, term.word(at: index))
      index += 8
    }
    return hash(state, term.count)
  }

  @inline(__always)
  static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return mixed.high ^ mixed.low
  }

  @inline(__always)
  static func hash(_ state: UInt64, _ count: Int) -> UInt32 {
    let last = (state ^ UInt64(count)).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return UInt32(truncatingIfNeeded: last.high ^ last.low)
  }
}
