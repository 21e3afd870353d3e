/// A forward cursor over little-endian bytes that throws where it would read past the end. It lends, never copies.
///
/// All decoding of untrusted binary data goes through here. Not for text: use `LineScanner`.
public struct ByteReader: ~Escapable {
  /// All the bytes, also those already read.
  public let bytes: RawSpan
  @usableFromInline internal var cursor: Int
  /// Bytes from the start to the cursor.
  @inlinable public var offset: Int { cursor }

  /// A reader at `offset`.
  @_lifetime(copy bytes)
  public init(_ bytes: RawSpan, at offset: Int = 0) {
    self.bytes = bytes
    cursor = offset
  }

  /// A reader at `offset`.
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>, at offset: Int = 0) {
    // SAFETY: bytes have no padding to be read.
    self.bytes = unsafe bytes.bytes
    cursor = offset
  }

  /// Bytes left.
  @inlinable public var remaining: Int { bytes.byteCount - offset }

  /// Moves to `position`. - Throws: `.truncated` when it lies outside.
  @_lifetime(self: copy self)
  public mutating func seek(to position: Int) throws(DecodeError) {
    guard position >= 0, position <= bytes.byteCount else {
      throw .truncated(offset: position, needed: 0)
    }
    cursor = position
  }

  /// Passes over `n` bytes. - Throws: `.truncated`.
  @_lifetime(self: copy self)
  public mutating func skip(_ n: Int) throws(DecodeError) {
    guard n >= 0, n <= remaining else { throw .truncated(offset: offset, needed: n) }
    cursor += n
  }

  /// Reads one fixed-width integer. - Throws: `.truncated` with the offset. - Complexity: O(1).
  @_lifetime(self: copy self)
  @inlinable public mutating func read<T: FixedWidthInteger & BitwiseCopyable>(_: T.Type) throws(DecodeError)
    -> T
  {
    let width = MemoryLayout<T>.size
    guard offset >= 0, width <= bytes.byteCount - offset else {
      throw .truncated(offset: offset, needed: width)
    }
    // SAFETY: the guard shows that `width` bytes lie at `offset`; every bit pattern is an integer.
    let value = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: T.self)
    cursor += width
    return T(littleEndian: value)
  }

  /// Reads an unsigned LEB128 of at most ten bytes. - Throws: `.truncated`, or `.invalid` when it exceeds 64 bits.
  @_lifetime(self: copy self)
  @inlinable public mutating func readVarint() throws(DecodeError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try read(UInt8.self)
      if shift == 63 && byte > 1 { throw .invalid(offset: offset - 1, reason: "varint over 64 bits") }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// Reads a varint that must fit `limit`: counts and lengths. - Throws: `.truncated` or `.invalid`.
  @_lifetime(self: copy self)
  public mutating func readCount(limit: Int) throws(DecodeError) -> Int {
    let at = offset
    let value = try readVarint()
    guard value <= UInt64(max(limit, 0)) else {
      throw .invalid(offset: at, reason: "count \(value) over \(limit)")
    }
    return Int(value)
  }

  /// Lends the next `n` bytes. - Throws: `.truncated`.
  @_lifetime(copy self) @_lifetime(self: copy self)
  public mutating func readBytes(_ n: Int) throws(DecodeError) -> RawSpan {
    guard n >= 0, n <= remaining else { throw .truncated(offset: offset, needed: n) }
    let slice = bytes.extracting(offset..<offset + n)
    cursor += n
    return slice
  }
}

/// What is wrong with encoded bytes, and where (offset in bytes from the start of what was read).
public enum DecodeError: Error, Equatable {
  /// `needed` bytes were asked for at `offset`, where fewer are left.
  case truncated(offset: Int, needed: Int)
  /// The bytes at `offset` break a rule of the format.
  case invalid(offset: Int, reason: String)
}

extension ByteBuffer {
  /// Appends an unsigned LEB128: seven bits a byte, lowest first.
  @inlinable public mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }
}

extension Span where Element == UInt8 {
  /// Eight bytes from `offset` as a little-endian word; bytes past the end count as zero. - Complexity: O(1).
  @inlinable @inline(__always) public func word(at offset: Int) -> UInt64 {
    let left = count - offset
    precondition(offset >= 0 && left >= 0)
    if left >= 8 {
      // SAFETY: eight bytes are left.
      return unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return shortWord(at: offset, left)
  }

  /// The first and the last four bytes, which may overlap, of at least four.
  @inlinable @inline(__always) var outerHalfWords: (UInt64, UInt64) {
    precondition(count >= 4)
    // SAFETY: four bytes lie on either side.
    let first = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)
    let last = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    return (UInt64(UInt32(littleEndian: first)), UInt64(UInt32(littleEndian: last)))
  }

  // Fewer than eight bytes: two loads that may overlap, instead of a loop.
  @inlinable func shortWord(at offset: Int, _ left: Int) -> UInt64 {
    // SAFETY: `left` bytes are left at `offset`; no load goes beyond them.
    if left >= 4 {
      let low = unsafe UInt32(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
      let high = unsafe UInt32(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset + left - 4, as: UInt32.self))
      return UInt64(low) | UInt64(high) << UInt64(8 * (left - 4))
    }
    if left >= 2 {
      let low = unsafe UInt16(
        littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
      return UInt64(low) | UInt64(self[offset + left - 1]) << UInt64(8 * (left - 1))
    }
    return left == 1 ? UInt64(self[offset]) : 0
  }

  /// Whether both hold the same bytes. - Complexity: O(n).
  @inlinable public func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index + 8 < count {
      if word(at: index) != other.word(at: index) { return false }
      index += 8
    }
    // The last eight bytes, which may overlap those before, or fewer where there are no more.
    index = Swift.max(count - 8, 0)
    return word(at: index) == other.word(at: index)
  }

  /// Order by unsigned bytes: negative, zero or positive. - Complexity: O(n).
  @inlinable public func compare(_ other: Span<UInt8>) -> Int {
    let shared = Swift.min(count, other.count)
    var index = 0
    // The last words are padded with zeros: where they are equal the shorter one is a prefix of the other, or the lengths
    // are equal.
    while index < shared {
      let mine = word(at: index)
      let theirs = other.word(at: index)
      if mine != theirs { return mine.byteSwapped < theirs.byteSwapped ? -1 : 1 }
      index += 8
    }
    return count - other.count
  }

  /// Whether it holds the UTF-8 of `literal`.
  @inlinable public func equals(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    // SAFETY: a static string lives for ever.
    let other = unsafe Span(_unsafeStart: literal.utf8Start, count: literal.utf8CodeUnitCount)
    return equals(other)
  }

  /// A copy as a string, damaged UTF-8 replaced: for messages to people only.
  public var text: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// A copy.
  public var array: [UInt8] {
    unsafe withUnsafeBufferPointer { unsafe Array($0) }
  }
}
