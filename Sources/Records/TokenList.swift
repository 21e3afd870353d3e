public import Bytes

/// The terms of one text in position order, several at one position allowed: flat, reused, free of allocation.
public struct TokenList: ~Copyable {
  /// One term.
  public struct Token: Equatable, Sendable {
    /// The first byte in `bytes`.
    public var start: Int32
    /// Bytes, at least one.
    public var count: Int32
    /// The position, from 0, never falling along the list; gaps are allowed.
    public var position: Int32
  }

  /// The UTF-8 of all terms, in their order; there may be other bytes between them.
  public private(set) var bytes = ByteBuffer(capacity: 1024)
  /// The terms, in position order and, at one position, in the order given.
  public private(set) var tokens: [Token] = []
  /// One more than the highest position; 0 when there are none. This is a text's length in BM25.
  public private(set) var length = 0

  /// An empty list.
  public init() {}

  /// Terms in it.
  public var count: Int { tokens.count }

  /// The bytes of the term at `index`.
  @_lifetime(borrow self)
  public borrowing func term(_ index: Int) -> Span<UInt8> {
    let token = tokens[index]
    return bytes.span.extracting(Int(token.start)..<Int(token.start) + Int(token.count))
  }

  /// Adds a term at the next position, or at the last one.
  public mutating func append(_ term: Span<UInt8>, samePosition: Bool = false) {
    let start = bytes.count
    bytes.append(term)
    commit(from: start, samePosition: samePosition)
  }

  /// Where a term that is built in place begins; fill with `extend`, end with `commit(from:)`.
  public var mark: Int { bytes.count }

  /// Adds bytes to the term being built.
  public mutating func extend(_ more: Span<UInt8>) { bytes.append(more) }

  /// Adds one byte to the term being built.
  public mutating func extend(_ byte: UInt8) { bytes.append(byte) }

  /// Makes the bytes since `start` a term, at the next position or at the last one. An empty one is dropped.
  public mutating func commit(from start: Int, samePosition: Bool = false) {
    let count = bytes.count - start
    if count == 0 { return }
    if !samePosition || length == 0 { length += 1 }
    tokens.append(Token(start: Int32(start), count: Int32(count), position: Int32(length - 1)))
  }

  /// Fills an empty list with terms that stand in `text`, with other bytes between them, at most `most`.
  /// - Parameter fill: is told where `text` begins in `bytes`, appends terms, and returns the length of the list.
  mutating func fill(
    from text: Span<UInt8>, most: Int, _ fill: (_ start: Int, inout OutputSpan<Token>) -> Int
  ) {
    let start = bytes.count
    bytes.append(text)
    var length = 0
    tokens.append(addingCapacity: most) { length = fill(start, &$0) }
    self.length = length
  }

  /// Empties it and keeps the memory.
  public mutating func removeAll() {
    if tokens.isEmpty && bytes.isEmpty { return }
    bytes.removeAll()
    tokens.removeAll(keepingCapacity: true)
    length = 0
  }
}
