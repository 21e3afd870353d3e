internal import Bytes
internal import Synchronization

/// One member of a mapped segment whose data blocks are verified when first read.
struct CheckedMember: Sendable {
  /// Which blocks were found good; shared by all copies. One bit a block.
  private final class Verified: Sendable {
    let words: [Word]
    final class Word: Sendable { let bits = Atomic<UInt64>(0) }
    init(blocks: Int) { words = (0..<(blocks + 63) / 64).map { _ in Word() } }
  }

  /// The bytes, to be read after `check`.
  let bytes: MappedBytes
  private let sums: MappedBytes
  private let verified: Verified
  private let file: String
  private let name: String
  /// Bytes.
  let count: Int

  /// A member with the XXH3 sums of its blocks, eight bytes each.
  init(_ bytes: MappedBytes, sums: MappedBytes, file: String, name: String) {
    self.bytes = bytes
    self.sums = sums
    self.file = file
    self.name = name
    count = bytes.count
    let blocks = (bytes.count + SegmentFormat.checksumBlock - 1) / SegmentFormat.checksumBlock
    verified = Verified(blocks: blocks)
  }

  /// An error at `offset` of this member.
  func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
    .corrupt(file: file, member: name, offset: offset, reason: reason)
  }

  /// Makes sure that `range` lies inside and that its blocks are what was written. - Complexity: O(1) once verified.
  @inline(__always)
  func check(_ start: Int, _ size: Int) throws(SegmentError) {
    guard start >= 0, size >= 0, size <= count, start <= count - size else {
      throw corrupt(start, "\(size) bytes were expected, the member has \(count)")
    }
    if size == 0 { return }
    let first = start / SegmentFormat.checksumBlock
    let last = (start + size - 1) / SegmentFormat.checksumBlock
    for block in first...last {
      if verified.words[block / 64].bits.load(ordering: .relaxed) & (1 << UInt64(block % 64)) == 0 {
        try verify(block)
      }
    }
  }

  @inline(never)
  private func verify(_ block: Int) throws(SegmentError) {
    let start = block * SegmentFormat.checksumBlock
    let end = min(start + SegmentFormat.checksumBlock, count)
    let found = Checksum.xxh3(bytes.span(start..<end))
    let expected = sums.load(block * 8, as: UInt64.self)
    guard found == expected else {
      throw corrupt(
        start,
        "the data block's checksum is \(String(found, radix: 16)), expected \(String(expected, radix: 16))")
    }
    verified.words[block / 64].bits.bitwiseOr(1 << UInt64(block % 64), ordering: .relaxed)
  }

  /// Reads an integer. - Throws: `.corrupt`.
  @inline(__always)
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type) throws(SegmentError) -> T
  {
    try check(offset, MemoryLayout<T>.size)
    return bytes.load(offset, as: type)
  }

  /// Lends bytes. - Throws: `.corrupt`.
  @_lifetime(borrow self)
  borrowing func span(_ start: Int, _ size: Int) throws(SegmentError) -> Span<UInt8> {
    try check(start, size)
    return bytes.span(start..<start + size)
  }

  /// Verifies every block.
  func checkAll() throws(SegmentError) { try check(0, count) }
}
