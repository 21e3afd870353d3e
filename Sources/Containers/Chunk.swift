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

  /// How values lie in a chunk.
  public enum Layout: Sendable {
    /// Separated by newlines, mostly one a line.
    case lines
    /// Already cut: ranges with their first line.
    case values([(range: Range<Int>, line: Int)])
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
