internal import Glibc

/// Terms on their way to a `TermTable`, with what it finds them by: computed where there are several threads, so that the
/// one that has the table only looks them up. - Complexity: O(bytes). Memory: 24 bytes a term and its bytes.
@safe
public struct TermKeys: ~Copyable {
  struct Key {
    /// The field and the first seven bytes, zero-padded.
    var head: UInt64
    var hash: UInt32
    /// Where its bytes are, and how many.
    var start: UInt32
    var size: UInt16
    var field: UInt8
  }

  private(set) var bytes = ByteBuffer(capacity: 1 << 12)
  // No array, which would ask at each append whether it is shared.
  private var base: UnsafeMutablePointer<Key>
  private var capacity = 256
  // Of the table's hash: asking for it at each append whether it is made yet took a tenth of that.
  private let seed = TermTable.seed
  /// Terms in it.
  public private(set) var count = 0

  /// No terms.
  public init() { unsafe base = .allocate(capacity: capacity) }

  deinit { unsafe base.deallocate() }

  /// What the terms are found by.
  var keys: Span<Key> {
    @_lifetime(borrow self)
    get {
      // SAFETY: `base` owns `count` initialised keys for as long as `self` lives.
      let view = unsafe Span(_unsafeStart: UnsafePointer(base), count: count)
      return unsafe _overrideLifetime(view, borrowing: self)
    }
  }

  /// Forgets all and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll()
    count = 0
  }

  /// Adds a term of `field`, of less than 64 KiB.
  public mutating func append(_ field: UInt8, _ term: Span<UInt8>) {
    append(field, term, 0, count: term.count)
  }

  /// Adds the term of `field` that is a part of `other`, of less than 64 KiB.
  public mutating func append(_ field: UInt8, _ other: Span<UInt8>, _ start: Int, count size: Int) {
    let (end, own) = (start + size, bytes.count)
    precondition(size >> 16 == 0 && (own + size) >> 32 == 0)
    let head = other.word(from: start, to: end)
    bytes.append(littleEndian: head, min(size, 8))
    var state = TermTable.mix(TermTable.start(field, seed), head)
    var index = start + 8
    while index < end {
      let word = other.word(from: index, to: end)
      bytes.append(littleEndian: word, min(end - index, 8))
      state = TermTable.mix(state, word)
      index += 8
    }
    if count == capacity { grow() }
    // SAFETY: `count` < `capacity` after the check.
    unsafe (base + count).initialize(
      to: Key(
        head: head &<< 8 | UInt64(field), hash: TermTable.hash(state, size),
        start: UInt32(truncatingIfNeeded: own), size: UInt16(truncatingIfNeeded: size), field: field))
    count &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Key>.allocate(capacity: capacity * 2)
    // SAFETY: both hold `count` keys, which are plain values, and do not overlap.
    unsafe larger.moveInitialize(from: base, count: count)
    unsafe base.deallocate()
    unsafe base = larger
    capacity *= 2
  }
}

extension Span where Element == UInt8 {
  /// Up to eight bytes from `start` to `end`, which is not before it, as a little-endian word. What stands behind them may be
  /// read with them, which saves telling short ones apart by their length.
  @inlinable @inline(__always)
  public func word(from start: Int, to end: Int) -> UInt64 {
    if start > count - 8 { return extracting(start..<end).word(at: 0) }
    let (word, size) = (word(at: start), end &- start)
    return size >= 8 ? word : word & (1 &<< UInt64(truncatingIfNeeded: 8 &* size) &- 1)
  }
}
