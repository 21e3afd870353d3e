public import Bytes

/// A run of whole values from one member, on its way to a worker.
public final class Chunk: @unchecked Sendable {  // handed from thread to thread, never shared
  /// The bytes; values are ranges of it.
  public var bytes: ByteBuffer
  /// The file.
  public var source: String
  /// The member inside it, or empty.
  public var member: String
  /// The first byte's offset in the unpacked member.
  public var offset: Int
  /// The first byte's line, from 1.
  public var line: Int
  /// How the values lie in `bytes`.
  public var layout: Layout
  /// Whether nothing of the member follows.
  public var isLast = false
  /// Why the member ends too early: its container is cut or damaged.
  public var damage: String?
  /// What the reader of the input knows and the decoder needs.
  public var context: (any Sendable)?
  /// Lives as long as the chunk: large ones hold a place of few in it.
  public var hold: (any Sendable)?

  /// How values lie in a chunk.
  public enum Layout: Sendable {
    /// Separated by newlines, mostly one a line.
    case lines
    /// Already cut.
    case values([Value])
  }

  /// One value of a chunk.
  public struct Value: Sendable {
    /// Its bytes.
    public var range: Range<Int>
    /// The line it begins in.
    public var line: Int
    /// The end of the input cut it.
    public var isCut = false
    /// Set where only the first bytes of a longer value are here: its whole length.
    public var fullLength: Int?

    /// A value.
    public init(_ range: Range<Int>, line: Int) {
      self.range = range
      self.line = line
    }
  }

  /// A chunk.
  public init(
    bytes: consuming ByteBuffer, source: String, member: String, offset: Int, line: Int, layout: Layout
  ) {
    self.bytes = bytes
    self.source = source
    self.member = member
    self.offset = offset
    self.line = line
    self.layout = layout
  }
}

extension Chunk {
  /// Whether the first line looks tokenized: it tells how much the chunk will become, nothing else.
  public var isTokenized: Bool {
    let end = bytes.span.firstIndex(of: 0x0A) ?? bytes.count
    let key: StaticString = "\"tokens\":["
    var from = 0
    while let place = bytes.span.firstIndex(of: UInt8(ascii: "\""), from: from), place + 10 <= end {
      if bytes.span.extracting(place..<place + 10).equals(key) { return true }
      from = place + 1
    }
    return false
  }

  /// Lines that are not blank.
  public var records: Int {
    var count = 0
    var start = 0
    while start < bytes.count {
      let end = bytes.span.firstIndex(of: 0x0A, from: start) ?? bytes.count
      if !bytes.span.trimmed(start..<end).isEmpty { count += 1 }
      start = end + 1
    }
    return count
  }

  /// The chunk in pieces of at most `records` records a piece, `first` in the first one. Whole when it has no more.
  public func split(records: Int, first: Int) -> [Chunk] {
    var pieces: [Chunk] = []
    var pieceStart = 0
    var pieceLine = line
    var lineNumber = line
    var room = max(first, 0) == 0 ? records : first
    var start = 0
    func cut(_ end: Int) {
      var piece = ByteBuffer(capacity: end - pieceStart)
      piece.append(bytes, pieceStart..<end)
      pieces.append(
        Chunk(
          bytes: piece, source: source, member: member, offset: offset + pieceStart, line: pieceLine,
          layout: .lines))
      pieceStart = end
      pieceLine = lineNumber
    }
    while start < bytes.count {
      let end = bytes.span.firstIndex(of: 0x0A, from: start) ?? bytes.count
      let isRecord = !bytes.span.trimmed(start..<end).isEmpty
      if isRecord && room == 0 {
        cut(start)
        room = records
      }
      if isRecord { room -= 1 }
      start = min(end + 1, bytes.count)
      lineNumber += 1
      if end == bytes.count { break }
    }
    cut(bytes.count)
    return pieces
  }
}

extension Chunk {
  /// Takes the first `count` bytes of what was read of a member as a chunk of lines, and moves `offset` and `line` behind
  /// them. What is left begins a buffer with `room` for more. - Complexity: O(bytes).
  public static func lines(
    _ count: Int, of pending: inout ByteBuffer, room: Int, source: String, member: String,
    offset: inout Int, line: inout Int
  ) -> Chunk {
    var rest = ByteBuffer(capacity: room)
    rest.append(pending.span.extracting(count..<pending.count))
    swap(&rest, &pending)
    rest.truncate(to: count)
    let lines = rest.span.lines
    let chunk = Chunk(bytes: rest, source: source, member: member, offset: offset, line: line, layout: .lines)
    offset += count
    line += lines
    return chunk
  }
}
