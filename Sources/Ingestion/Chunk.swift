public import Bytes
public import Records

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
  public init(bytes: consuming ByteBuffer, source: String, member: String, offset: Int, line: Int, layout: Layout) {
    self.bytes = bytes
    self.source = source
    self.member = member
    self.offset = offset
    self.line = line
    self.layout = layout
  }
}

/// What a worker made of a chunk.
public final class DecodedChunk: @unchecked Sendable {  // handed from thread to thread, never shared
  /// One written record.
  public struct Entry: Sendable {
    /// The tweet's id; 0 for events, which are never duplicates.
    public var id: UInt64
    /// Where it ends in `bytes`; it begins where the one before ends.
    public var end: Int
    /// Taken out of another record by `--expand`.
    public var isExpanded: Bool
  }

  /// Canonical records, each with its newline.
  public var bytes = ByteBuffer(capacity: 1 << 16)
  /// The records in `bytes`.
  public var entries: [Entry] = []
  /// What was refused.
  public var rejects: [Reject] = []
  /// `read`, `filtered` and details; the rest is known later.
  public var ledger = Ledger()
  /// Bytes of input.
  public var inputBytes = 0

  /// An empty result.
  public init() {}
}
