internal import Bytes
package import Commits

/// Whether a beginning has terms: a question that typos ask a thousand times.
extension TermDictionaryReader {
  /// Whether some term begins with `start`. - Complexity: as `find`, but no term is put together: of each only how much of
  /// `start` it shares is kept.
  package func holds(beginning start: Span<UInt8>) throws(SegmentError) -> Bool {
    if count == 0 || start.isEmpty { return count > 0 }
    let number = try block(for: start)
    let range = try blockRange(number)
    try blocks.check(range.lowerBound, range.count)
    var scan = TermScan(offset: range.lowerBound, end: range.upperBound)
    try scan.skip(2, blocks)
    // What the term before shares with `start`; it stands before it.
    var matched = 0
    var isText = false
    while scan.offset < scan.end {
      let shared = try scan.number(blocks)
      let more = try scan.number(blocks)
      guard more <= scan.end - scan.offset else { throw blocks.corrupt(scan.offset, "a cut term") }
      if shared == 0, more > 0 {
        isText = blocks.bytes.load(scan.offset, as: UInt8.self) == TermField.text.rawValue
      }
      // It goes on greater where the one before was like `start`: all from here on stand behind.
      if shared < matched { return false }
      if shared == matched {
        var place = 0
        while place < more, matched < start.count {
          let byte = blocks.bytes.load(scan.offset + place, as: UInt8.self)
          if byte > start[matched] { return false }
          if byte < start[matched] { break }
          matched += 1
          place += 1
        }
        if matched == start.count { return true }
      }
      scan.offset += more
      try scan.skip(isText ? 4 : 2, blocks)
    }
    // The next block's first term stands behind `start`, and may begin so.
    if number + 1 >= count { return false }
    var cursor = TermCursor(self, block: number + 1)
    return try cursor.next() && cursor.term.commonPrefix(with: start) == start.count
  }
}

/// A place in a block of terms that was checked.
private struct TermScan {
  var offset: Int
  let end: Int

  mutating func number(_ member: borrowing CheckedMember) throws(SegmentError) -> Int {
    var value = 0
    var shift = 0
    while offset < end, shift < 48 {
      let byte = Int(member.bytes.load(offset, as: UInt8.self))
      offset += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw member.corrupt(offset, "a number that does not end")
  }

  mutating func skip(_ numbers: Int, _ member: borrowing CheckedMember) throws(SegmentError) {
    for _ in 0..<numbers { _ = try number(member) }
  }
}
