package import Bytes
internal import Commits

// The member `header`:
//
//   8 bytes magic, u32 format version, u32 bytes of this member; u64 documents, u64 terms, u64 sum of lengths,
//   u64 least id, u64 greatest id, i64 least time, i64 greatest time, u32 bytes of the analyzer's id, the id;
//   u64 XXH3 of all before it
/// What a segment says of itself.
package struct SegmentHeader: Equatable, Sendable {
  /// The version it was written in.
  package private(set) var version = SegmentFormat.version
  /// Tweets in it, dead ones included.
  package var documents = 0
  /// Terms of its dictionary.
  package var terms = 0
  /// The sum of the texts' lengths in positions.
  package var totalLength: UInt64 = 0
  /// The least id; 0 when empty.
  package var leastID: UInt64 = 0
  /// The greatest id.
  package var greatestID: UInt64 = 0
  /// The earliest time, in ms since 1970.
  package var leastTime: Int64 = 0
  /// The latest time.
  package var greatestTime: Int64 = 0
  /// The analyzer's id.
  package var analyzer = ""

  private static let fixed = 76

  /// That of a segment without tweets.
  package init() {}

  /// The member's bytes.
  package func encoded() -> ByteBuffer {
    var out = ByteBuffer()
    let magic = SegmentFormat.magic
    out.append(magic.span)
    out.append(littleEndian: SegmentFormat.version)
    out.append(littleEndian: UInt32(Self.fixed + analyzer.utf8.count + 8))
    out.append(littleEndian: UInt64(documents))
    out.append(littleEndian: UInt64(terms))
    out.append(littleEndian: totalLength)
    out.append(littleEndian: leastID)
    out.append(littleEndian: greatestID)
    out.append(littleEndian: leastTime)
    out.append(littleEndian: greatestTime)
    out.append(littleEndian: UInt32(analyzer.utf8.count))
    out.append(string: analyzer)
    let sum = Checksum.xxh3(out.span)
    out.append(littleEndian: sum)
    return out
  }

  /// Reads a header: first whether it is one of ours and whole, then its version.
  static func decode(_ bytes: MappedBytes, file: String) throws(SegmentError) -> SegmentHeader {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: "header", offset: offset, reason: reason)
    }
    let body = try SegmentEnvelope.body(
      bytes, magic: SegmentFormat.magic, versions: StoreKind.index.versions, name: "segment",
      file: file)
    guard body >= fixed else { throw corrupt(body, "the header is too short") }
    var header = SegmentHeader()
    header.version = bytes.load(8, as: UInt32.self)
    let documents = bytes.load(16, as: UInt64.self)
    guard documents <= UInt64(Int32.max) else { throw corrupt(16, "\(documents) documents") }
    header.documents = Int(documents)
    header.terms = Int(clamping: bytes.load(24, as: UInt64.self))
    header.totalLength = bytes.load(32, as: UInt64.self)
    header.leastID = bytes.load(40, as: UInt64.self)
    header.greatestID = bytes.load(48, as: UInt64.self)
    header.leastTime = bytes.load(56, as: Int64.self)
    header.greatestTime = bytes.load(64, as: Int64.self)
    guard Int(bytes.load(72, as: UInt32.self)) == body - fixed else {
      throw corrupt(72, "the analyzer's id is cut")
    }
    header.analyzer = bytes.span(fixed..<body).text
    return header
  }
}
