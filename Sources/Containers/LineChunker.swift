internal import Bytes

/// Cuts a member into chunks that begin and end between values, for workers to decode side by side.
///
/// A cut lies after a line that ends in `}` or `]` and before one that begins with `{` or `[`. Inside valid JSON two such
/// lines never meet (a comma would stand between them, and strings hold no raw newline), so a cut splits no value,
/// however it is laid out.
public final class LineChunker: ChunkCutter {
  private let stream: any ByteStream
  private let source: String
  private let member: String
  private var pending = ByteBuffer(capacity: LineChunker.room)
  private var offset = 0
  private var line = 1
  private var atEnd = false
  /// Bytes of a chunk: large enough that hand-over costs nothing, small enough to keep memory low.
  private let size = 1 << 20
  /// Bytes that are read at one time at least.
  private static let least = 1 << 16
  /// What a chunk and the last read before it take, so that its buffer does not double for a few bytes.
  private static let room = (1 << 20) + least

  /// Cuts `stream`, the member `member` of `source`.
  public init(_ stream: any ByteStream, source: String, member: String) {
    self.stream = stream
    self.source = source
    self.member = member
  }

  /// The next chunk, or nil at the end. Where it ends depends on the bytes alone, not on how they arrive.
  public func next() throws -> Chunk? {
    var window = size
    while true {
      while pending.count < window && !atEnd {
        if try stream.read(into: &pending, upTo: max(window - pending.count, Self.least)) == 0 {
          atEnd = true
        }
      }
      if atEnd && pending.count <= window { return pending.isEmpty ? nil : take(pending.count) }
      if let cut = Self.cut(pending.span.extracting(0..<window)) { return take(cut) }
      window += size
    }
  }

  private func take(_ cut: Int) -> Chunk {
    Chunk.lines(
      cut, of: &pending, room: Self.room, source: source, member: member, offset: &offset, line: &line)
  }

  /// The last safe cut, or nil.
  public static func cut(_ bytes: Span<UInt8>) -> Int? {
    var end = bytes.count
    while let newline = bytes.lastIndex(of: 0x0A, before: end) {
      end = newline
      guard newline + 1 < bytes.count, newline > 0 else { continue }
      let next = bytes[newline + 1]
      var last = bytes[newline - 1]
      if last == 0x0D && newline > 1 { last = bytes[newline - 2] }
      if (next == UInt8(ascii: "{") || next == UInt8(ascii: "["))
        && (last == UInt8(ascii: "}") || last == UInt8(ascii: "]"))
      {
        return newline + 1
      }
    }
    return nil
  }
}

extension Span<UInt8> {
  /// Newlines in it. - Complexity: O(n).
  public var lines: Int {
    var count = 0
    var index = 0
    while let newline = firstIndex(of: 0x0A, from: index) {
      count += 1
      index = newline + 1
    }
    return count
  }
}
