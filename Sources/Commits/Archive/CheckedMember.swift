public import Bytes
public import Synchronization

/// One member of a mapped segment whose data blocks are verified when first read.
///
/// Every number of a segment goes through `load`, which readers in other modules must have inlined: as `package` it is not,
/// and queries took 1.2 to 1.5 times as long. Hence `public`.
public struct CheckedMember: Sendable {
  /// Bytes of a data block: each has a checksum of its own, verified when first read.
  @inlinable public static var block: Int { 1 << 16 }

  /// Which blocks were found good; shared by all copies. One bit a block.
  @usableFromInline final class Verified: Sendable {
    @usableFromInline let words: [Word]
    @usableFromInline final class Word: Sendable { @usableFromInline let bits = Atomic<UInt64>(0) }
    init(blocks: Int) { words = (0..<(blocks + 63) / 64).map { _ in Word() } }
  }

  /// The bytes, to be read after `check`.
  public let bytes: MappedBytes
  private let sums: MappedBytes
  @usableFromInline let verified: Verified
  private let file: String
  private let name: String
  /// Bytes.
  public let count: Int

  /// A member with the XXH3 sums of its blocks, eight bytes each.
  package init(_ bytes: MappedBytes, sums: MappedBytes, file: String, name: String) {
    self.bytes = bytes
    self.sums = sums
    self.file = file
    self.name = name
    count = bytes.count
    let blocks = (bytes.count + Self.block - 1) / Self.block
    verified = Verified(blocks: blocks)
  }

  /// Other bytes under the member's name, which need no check: they are not from the file.
  package func replaced(by bytes: Span<UInt8>) -> CheckedMember {
    CheckedMember(copying: bytes, of: self)
  }

  private init(copying bytes: Span<UInt8>, of other: CheckedMember) {
    self.bytes = MappedBytes(copying: bytes)
    sums = other.sums
    file = other.file
    name = other.name
    count = bytes.count
    verified = Verified(blocks: (count + Self.block - 1) / Self.block)
    for word in verified.words { word.bits.store(.max, ordering: .relaxed) }
  }

  /// An error at `offset` of this member.
  public func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
    .corrupt(file: file, member: name, offset: offset, reason: reason)
  }

  /// Makes sure that `range` lies inside and that its blocks are what was written. - Complexity: O(1) once verified.
  @inlinable @inline(__always)
  public func check(_ start: Int, _ size: Int) throws(SegmentError) {
    guard start >= 0, size >= 0, size <= count, start <= count - size else {
      throw outside(start, size)
    }
    if size == 0 { return }
    let first = start / Self.block
    let last = (start + size - 1) / Self.block
    for block in first...last {
      if verified.words[block / 64].bits.load(ordering: .relaxed) & (1 << UInt64(block % 64)) == 0 {
        try verify(block)
      }
    }
  }

  @usableFromInline @inline(never)
  func outside(_ start: Int, _ size: Int) -> SegmentError {
    corrupt(start, "\(size) bytes were expected, the member has \(count)")
  }

  @usableFromInline @inline(never)
  func verify(_ block: Int) throws(SegmentError) {
    let start = block * Self.block
    let end = min(start + Self.block, count)
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
  @inlinable @inline(__always)
  public func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: T.Type)
    throws(SegmentError) -> T
  {
    try check(offset, MemoryLayout<T>.size)
    return bytes.load(offset, as: type)
  }

  /// Lends bytes. - Throws: `.corrupt`.
  @inlinable @_lifetime(borrow self)
  public borrowing func span(_ start: Int, _ size: Int) throws(SegmentError) -> Span<UInt8> {
    try check(start, size)
    return bytes.span(start..<start + size)
  }

  /// Verifies every block.
  public func checkAll() throws(SegmentError) { try check(0, count) }
}
