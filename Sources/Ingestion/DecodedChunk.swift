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
    /// An event: it is never a duplicate and needs no id of its own.
    public var isEvent = false
    /// The tweet's time, in ms since 1970.
    public var time: Int64 = 0
    /// What gives it a cluster.
    var mark = ClusterMark()
  }

  /// Records by shape.
  public struct Shapes: Sendable {
    /// v1.1 statuses, also those of archives.
    public var v1 = 0
    /// Tweets of API v2.
    public var v2 = 0
    /// Tweets of account archives in their wrapper, counted under `v1` too.
    public var archive = 0
    /// GNIP activities.
    public var gnip = 0
    /// Our own records.
    public var canonical = 0
    /// Rows of tables.
    public var rows = 0
    /// Follow edges.
    public var edges = 0
    /// Notices of streams.
    public var notices = 0

    /// None.
    public init() {}

    /// Adds others.
    public mutating func add(_ other: Shapes) {
      v1 += other.v1
      v2 += other.v2
      archive += other.archive
      gnip += other.gnip
      canonical += other.canonical
      rows += other.rows
      edges += other.edges
      notices += other.notices
    }
  }

  /// Canonical records, each with its newline.
  public var bytes = ByteBuffer(capacity: 1 << 16)
  /// The records in `bytes`.
  public var entries: [Entry] = []
  /// What was refused.
  public var rejects: [Reject] = []
  /// `read`, `filtered` and details; the rest is known later.
  public var ledger = Ledger()
  /// Records by shape.
  public var shapes = Shapes()
  /// Texts over 280 weighted characters.
  public var overLengths = 0
  /// Times more than 2 s off their id's.
  public var timeMismatches = 0
  /// The chunk's place among the large ones, kept until the rejects are written.
  var hold: (any Sendable)?
  /// Bytes of input.
  public var inputBytes = 0

  /// An empty result.
  public init() {}
}
