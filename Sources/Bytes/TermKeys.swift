/// Terms on their way to a `TermTable`, with what it finds them by: computed where there are several threads, so that the
/// one that has the table only looks them up. - Complexity: O(bytes). Memory: 24 bytes a term and its bytes.
public struct TermKeys: ~Copyable {
  struct Key {
    /// The first eight bytes, zero-padded.
    var head: UInt64
    var hash: UInt32
    /// Where its bytes are.
    var start: UInt32
    var count: UInt16
    var field: UInt8
  }

  private(set) var bytes = ByteBuffer(capacity: 1 << 12)
  // Three words a key, as an array asks at each append whether it is shared.
  private(set) var keys = ByteBuffer(capacity: 1 << 12)
  static let keySize = 24

  /// No terms.
  public init() {}

  /// Terms in it.
  public var count: Int { keys.count / Self.keySize }

  /// Forgets all and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll()
    keys.removeAll()
  }

  /// Adds a term of `field`, of less than 64 KiB.
  public mutating func append(_ field: UInt8, _ term: Span<UInt8>) { append(field, term, 0, count: term.count) }

  /// Adds the term of `field` that is a part of `other`, of less than 64 KiB. What stands behind it may be read with it,
  /// which saves telling short ones apart by their length.
  public mutating func append(_ field: UInt8, _ other: Span<UInt8>, _ start: Int, count: Int) {
    let end = start + count
    let head = Self.word(other, start, end)
    let own = bytes.count
    precondition(own + count < Int(UInt32.max), "terms of over 4 GiB")
    bytes.append(littleEndian: head, min(count, 8))
    var state = TermTable.mix(TermTable.start(field), head)
    var index = start + 8
    while index < end {
      let word = Self.word(other, index, end)
      bytes.append(littleEndian: word, min(end - index, 8))
      state = TermTable.mix(state, word)
      index += 8
    }
    keys.append(littleEndian: head)
    keys.append(littleEndian: UInt64(TermTable.hash(state, count)) | UInt64(own) << 32)
    keys.append(littleEndian: UInt64(UInt16(count)) | UInt64(field) << 16)
  }

  /// Key `index` of `keys`.
  @inline(__always)
  static func key(_ keys: Span<UInt8>, _ index: Int) -> Key {
    let place = index * keySize
    let (second, third) = (keys.word(at: place + 8), keys.word(at: place + 16))
    return Key(
      head: keys.word(at: place), hash: UInt32(truncatingIfNeeded: second), start: UInt32(second >> 32),
      count: UInt16(truncatingIfNeeded: third), field: UInt8(truncatingIfNeeded: third >> 16))
  }

  /// The hash of key `index` of `keys`.
  @inline(__always)
  static func hash(_ keys: Span<UInt8>, _ index: Int) -> Int {
    Int(UInt32(truncatingIfNeeded: keys.word(at: index * keySize + 8)))
  }

  // Up to eight bytes from `start` on, zero-padded.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    if start + 8 > bytes.count { return bytes.extracting(start..<end).word(at: 0) }
    let word = bytes.word(at: start)
    return end - start >= 8 ? word : word & (1 << UInt64(8 * (end - start)) - 1)
  }
}
