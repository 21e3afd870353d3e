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
