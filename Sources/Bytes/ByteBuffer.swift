internal import Glibc

/// A growable run of bytes with one owner: what records, lines and members are built in.
///
/// Unlike `[UInt8]` it never copies on write, so an append is a bounds check and a store. `ByteBuffer.padding` readable
/// bytes always follow the content, which simdjson asks of its input. Not for sharing: lend `span` instead.
@safe
public struct ByteBuffer: ~Copyable {
  /// Readable bytes behind the content, of no particular value.
  public static let padding = 64

  @usableFromInline internal var base: UnsafeMutablePointer<UInt8>
  @usableFromInline internal var capacity: Int
  /// Bytes in use.
  @inlinable public var count: Int { used }
  @usableFromInline internal var used: Int

  /// An empty buffer with room for `capacity` bytes. Memory: `capacity` + 64, touched when first written.
  public init(capacity: Int = 256) {
    let room = max(capacity, 16)
    unsafe base = Self.resized(nil, to: room)
    self.capacity = room
    used = 0
  }

  deinit { unsafe free(base) }

  // SAFETY: what lies behind the content is never lent to Swift before it is written; bytes have no invalid values.
  private static func resized(_ old: UnsafeMutablePointer<UInt8>?, to room: Int) -> UnsafeMutablePointer<
    UInt8
  > {
    guard let raw = unsafe realloc(old, room + Self.padding) else {
      fatalError("no memory for \(room) bytes")
    }
    return unsafe raw.assumingMemoryBound(to: UInt8.self)
  }

  /// The content.
  @inlinable public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // SAFETY: `base` owns `capacity` ≥ `count` initialised bytes for as long as `self` lives.
      let view = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// The content, writable in place.
  public var mutableSpan: MutableSpan<UInt8> {
    @_lifetime(&self)
    mutating get {
      // SAFETY: as `span`, and `self` is held exclusively.
      let view = unsafe MutableSpan(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(view, mutating: &self)
    }
  }

  /// Whether nothing is in it.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// Makes room for `more` bytes beyond the content. - Complexity: amortised O(1) a byte.
  @inlinable @inline(__always) public mutating func reserve(_ more: Int) {
    if capacity - count < more { grow(more) }
  }

  /// Makes room for `more` bytes beyond the content and not a byte above: for few large buffers, where doubling would
  /// waste. - Complexity: O(count) whenever there is no room.
  public mutating func reserveExactly(_ more: Int) {
    guard capacity - count < more else { return }
    unsafe base = Self.resized(base, to: count + more)
    capacity = count + more
  }

  @inline(never)
  @usableFromInline internal mutating func grow(_ more: Int) {
    let room = max(capacity * 2, count + more)
    // realloc moves the pages of large buffers instead of copying them.
    unsafe base = Self.resized(base, to: room)
    capacity = room
  }

  /// Appends one byte.
  @inlinable @inline(__always) public mutating func append(_ byte: UInt8) {
    if count == capacity { grow(1) }
    // SAFETY: `count` < `capacity` after the check.
    unsafe base[count] = byte
    used += 1
  }

  /// Appends a run of bytes. - Complexity: O(n).
  @inlinable public mutating func append(_ bytes: Span<UInt8>) {
    let more = bytes.count
    if more == 0 { return }
    // Words: a call for each took longer than the copy.
    if more >= 4 && more <= 8 {
      let (first, last) = bytes.outerHalfWords
      return append(littleEndian: first | last << UInt64(8 * (more - 4)), more)
    }
    reserve(more)
    let end = count
    unsafe bytes.withUnsafeBufferPointer { source in
      // SAFETY: `reserve` made room; `bytes` cannot alias `self`, which is held exclusively.
      if let start = source.baseAddress { unsafe (base + end).update(from: start, count: more) }
    }
    used += more
  }

  /// Appends all of another buffer.
  @inlinable public mutating func append(contentsOf other: borrowing ByteBuffer) { append(other.span) }

  /// Appends part of another buffer.
  @inlinable public mutating func append(_ other: borrowing ByteBuffer, _ range: Range<Int>) {
    append(other.span.extracting(range))
  }

  /// How many first bytes it shares with `other`. - Complexity: O(n).
  public borrowing func commonPrefix(with other: Span<UInt8>) -> Int {
    let mine = span
    let limit = min(count, other.count)
    var shared = 0
    while shared + 8 <= limit {
      let difference = mine.word(at: shared) ^ other.word(at: shared)
      if difference != 0 { return shared + difference.trailingZeroBitCount / 8 }
      shared += 8
    }
    while shared < limit, mine[shared] == other[shared] { shared += 1 }
    return shared
  }

  /// Appends a literal, such as a key with its quotes and colon.
  @inlinable @inline(__always) public mutating func append(_ literal: StaticString) {
    let more = literal.utf8CodeUnitCount
    reserve(more)
    // SAFETY: a static string lives for ever and holds `more` bytes; room was reserved.
    unsafe (base + count).update(from: literal.utf8Start, count: more)
    used += more
  }

  /// Appends the UTF-8 of a string: for messages, not for loops.
  public mutating func append(string: String) {
    var copy = string
    copy.withUTF8 { source in
      reserve(source.count)
      // SAFETY: room was reserved, the source does not alias `self`.
      if let start = source.baseAddress { unsafe (base + count).update(from: start, count: source.count) }
      used += source.count
    }
  }

  /// Appends a value in little-endian order.
  @inlinable public mutating func append<T: FixedWidthInteger & BitwiseCopyable>(littleEndian value: T) {
    let width = MemoryLayout<T>.size
    reserve(width)
    // SAFETY: room for `width` bytes was reserved.
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: T.self)
    used += width
  }

  /// Appends the lowest `width` bytes of a little-endian word, at most eight.
  @inlinable public mutating func append(littleEndian word: UInt64, _ width: Int) {
    precondition(width >= 0 && width <= 8)
    reserve(8)
    // SAFETY: room for eight bytes was reserved; those beyond `width` are not yet content.
    unsafe UnsafeMutableRawPointer(base + count).storeBytes(of: word.littleEndian, as: UInt64.self)
    used += width
  }

  /// Appends a run of its own content again.
  public mutating func appendOwn(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    reserve(range.count)
    // SAFETY: the range lies inside the content, room was reserved behind it.
    unsafe (base + count).update(from: base + range.lowerBound, count: range.count)
    used += range.count
  }

  /// Lets `fill` write up to `room` bytes behind the content and say how many it wrote.
  public mutating func append<E: Error>(
    upTo room: Int, _ fill: (inout MutableSpan<UInt8>) throws(E) -> Int
  ) throws(E) {
    reserve(room)
    // SAFETY: `room` initialised bytes lie behind the content.
    var view = unsafe MutableSpan(_unsafeStart: base + count, count: room)
    let written = try fill(&view)
    precondition(written >= 0 && written <= room)
    used += written
  }

  /// Drops all after the first `newCount` bytes. - Complexity: O(1).
  @inlinable public mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count)
    used = newCount
  }

  /// A copy of part of the content.
  public borrowing func copy(_ range: Range<Int>) -> [UInt8] { span.extracting(range).array }

  /// Empties it and keeps the memory.
  @inlinable public mutating func removeAll() { used = 0 }

  /// Takes out one byte; what follows moves down. - Complexity: O(rest).
  public mutating func remove(at place: Int) {
    precondition(place >= 0 && place < count)
    // SAFETY: both ends lie inside the content; `update` allows overlap.
    unsafe (base + place).update(from: base + place + 1, count: count - place - 1)
    used -= 1
  }

  /// Replaces one byte.
  @inlinable public mutating func set(_ byte: UInt8, at place: Int) {
    precondition(place >= 0 && place < count)
    // SAFETY: the place lies inside the content.
    unsafe base[place] = byte
  }

  /// Drops the first `n` bytes; the rest moves to the front. - Complexity: O(rest).
  public mutating func removeFirst(_ n: Int) {
    precondition(n >= 0 && n <= count)
    // SAFETY: both ends lie inside the content; `update` allows overlap.
    unsafe base.update(from: base + n, count: count - n)
    used -= n
  }
}
