public import Bytes
public import Records

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
