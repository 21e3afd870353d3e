internal import Bytes

/// The top-level domains as a hash table over the generated list. Memory: 24 KiB.
struct DomainNames: ~Copyable {
  private static let slotCount = 4096

  /// All names, one behind the other, as in the generated list.
  private var names = ByteBuffer(capacity: 16 * 1024)
  /// Start and length of a name, packed; 0 for an empty slot.
  private var slots = [UInt32](repeating: 0, count: slotCount)

  init() {
    names.append(TopLevelDomains.names)
    Self.fill(&slots, from: names)
  }

  private static func fill(_ slots: inout [UInt32], from names: borrowing ByteBuffer) {
    let text = names.span
    var start = 0
    var hash = seed
    for index in 0...text.count {
      let byte = index < text.count ? text[index] : 0x20
      if byte > 0x20 {
        hash = step(hash, byte)
        continue
      }
      if index > start {
        var slot = Int(hash ^ hash >> 15) & (slotCount - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
        slots[slot] = UInt32(start) << 8 | UInt32(index - start)
      }
      start = index + 1
      hash = seed
    }
  }

  private static let seed: UInt32 = 2_166_136_261

  /// One step of FNV-1a: short names, no need for more.
  @inline(__always)
  private static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

  /// Whether these bytes, ASCII letters without case, are a top-level domain.
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.isEmpty || range.count > 96 { return false }
    let known = names.span
    var hash = Self.seed
    for i in range { hash = Self.step(hash, lowered(text[i])) }
    var slot = Int(hash ^ hash >> 15) & (Self.slotCount - 1)
    while slots[slot] != 0 {
      let start = Int(slots[slot] >> 8)
      if Int(slots[slot] & 0xFF) == range.count {
        var i = 0
        while i < range.count && known[start + i] == lowered(text[range.lowerBound + i]) { i += 1 }
        if i == range.count { return true }
      }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return false
  }

  /// Where the top-level domain that begins at `start` ends: the longest name, or `xn--…`, that no further ASCII letter,
  /// digit, `@`, `+` or `-` follows. It lies before `limit`. - Complexity: O(1), the length of a name is bounded.
  func match(_ text: Span<UInt8>, at start: Int, limit: Int) -> Int? {
    var end = start
    while end < limit && CharacterClass.isAlphanumeric(UInt32(text[end])) { end += 1 }
    if end > start && (end == limit || text[end] < 0x80) {
      if end - start == 2, limit - end > 2, text[end] == 0x2D, text[end + 1] == 0x2D,
        lowered(text[start]) == 0x78, lowered(text[start + 1]) == 0x6E
      {
        var tail = end + 2
        while tail < limit && CharacterClass.isAlphanumeric(UInt32(text[tail])) { tail += 1 }
        return tail > end + 2 ? tail : nil
      }
      return contains(text, start..<end) && isEnd(text, end) ? end : nil
    }
    return matchUnicode(text, at: start, limit: limit, asciiEnd: end)
  }

  private func isEnd(_ text: Span<UInt8>, _ end: Int) -> Bool {
    if end == text.count { return true }
    let next = text[end]
    return !(CharacterClass.isAlphanumeric(UInt32(next)) || next == 0x40 || next == 0x2B || next == 0x2D)
  }

  private func matchUnicode(_ text: Span<UInt8>, at start: Int, limit: Int, asciiEnd: Int) -> Int? {
    var best = asciiEnd > start && contains(text, start..<asciiEnd) ? asciiEnd : nil
    var end = asciiEnd
    var length = asciiEnd - start
    while end < limit && length < TopLevelDomains.longest {
      let (value, next) = CodePoints.next(text, end)
      if !CharacterClass.isHost(value) || next > limit { break }
      end = next
      length += 1
      if contains(text, start..<end) && isEnd(text, end) { best = end }
    }
    return best
  }
}
