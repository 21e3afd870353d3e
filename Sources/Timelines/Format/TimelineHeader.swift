package import Bytes
package import Commits

// The member `header`:
//
//   8 bytes magic, u32 format version, u32 bytes of this member; u64 users, u64 tweets, u64 edges, u64 changes,
//   u64 deliveries, u64 cap, u64 push below, u64 parts of timelines, i64 newest event (ms since 1970); u64 XXH3 of all
//   before it
/// What a timeline segment says of itself.
package struct TimelineHeader: Equatable, Sendable {
  /// Accounts in it.
  package var users = 0
  /// Tweets in it.
  package var tweets = 0
  /// Follows without a time that came with it.
  package var edges = 0
  /// Changes with a time that came with it.
  package var changes = 0
  /// Tweets in all its pushed timelines together.
  package var deliveries = 0
  /// The most that was pushed to one user.
  package var cap = 0
  /// Authors with at least so many followers were not pushed.
  package var pushBelow = 0
  /// Members that hold timelines.
  package var parts = 0
  /// The latest time of a tweet or event of the run, in ms since 1970; the least value when there was none.
  package var newest = Int64.min

  /// That of an empty segment.
  package init() {}

  static let size = 16 + 8 * 8 + 8 + 8

  /// The member's bytes.
  package func encoded() -> ByteBuffer {
    var out = ByteBuffer()
    let magic = TimelineFormat.magic
    out.append(magic.span)
    out.append(littleEndian: StoreKind.timelines.version)
    out.append(littleEndian: UInt32(Self.size))
    for value in [users, tweets, edges, changes, deliveries, cap, pushBelow, parts] {
      out.append(littleEndian: UInt64(value))
    }
    out.append(littleEndian: newest)
    let sum = Checksum.xxh3(out.span)
    out.append(littleEndian: sum)
    return out
  }

  /// Reads a header: first whether it is one of ours and whole, then its version.
  package static func decode(_ bytes: MappedBytes, file: String) throws(SegmentError) -> TimelineHeader {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: "header", offset: offset, reason: reason)
    }
    let body = try SegmentEnvelope.body(
      bytes, magic: TimelineFormat.magic, versions: StoreKind.timelines.versions, name: "timeline segment",
      file: file)
    guard bytes.count == size else { throw corrupt(body, "the header is too short") }
    var header = TimelineHeader()
    func count(_ place: Int) throws(SegmentError) -> Int {
      let value = bytes.load(16 + 8 * place, as: UInt64.self)
      guard value <= UInt64(Int32.max) * 1024 else { throw corrupt(16 + 8 * place, "a count of \(value)") }
      return Int(value)
    }
    header.users = try count(0)
    header.tweets = try count(1)
    header.edges = try count(2)
    header.changes = try count(3)
    header.deliveries = try count(4)
    header.cap = try count(5)
    header.pushBelow = try count(6)
    header.parts = try count(7)
    guard header.parts <= TimelineFormat.parts else { throw corrupt(16 + 7 * 8, "\(header.parts) parts") }
    header.newest = bytes.load(16 + 8 * 8, as: Int64.self)
    return header
  }
}
