package import Bytes
internal import Commits

// A file of raised counts: an archive beside a segment, written by a later commit and never changed.
//
//   header     8 bytes magic, u32 format version, u32 bytes of this member; u64 documents of the segment, u64 how many rose,
//              u64 the sum by which a manifest knows the segment; u64 XXH3 of all before it
//   documents  packed column: the documents that rose, rising
//   likes, retweets, replies, quotes
//              packed columns: for each of those the count it rose to, −1 where this one did not rise
//   checksums  what every other member must be
/// Every constant of files of raised counts. The page SegmentFormat.md explains them; a change here is a new version.
package enum RaisedFormat {
  /// The first bytes of the member `header`.
  package static let magic: [UInt8] = Array("TMRAISED".utf8)
  /// The version that is written, and the only one that is read.
  package static let version: UInt32 = 1

  /// Members in the order in which they stand, before the checksums.
  package enum Member: String, CaseIterable, Sendable {
    case header, documents, likes, retweets, replies, quotes
  }

  /// The columns of counts, in the order of `Counts`, each beside that of the segment.
  static let counts: [(raised: Member, column: SegmentFormat.Member)] = [
    (.likes, .likes), (.retweets, .retweets), (.replies, .replies), (.quotes, .quotes),
  ]
}

/// What such a file says of itself.
package struct RaisedHeader: Equatable, Sendable {
  /// Documents of the segment.
  package var documents: Int
  /// Those whose counts rose.
  package var raised: Int
  /// The sum by which a manifest knows the segment.
  package var segment: UInt64

  private static let size = 48

  /// That of a file beside a segment.
  package init(documents: Int, raised: Int, segment: UInt64) {
    self.documents = documents
    self.raised = raised
    self.segment = segment
  }

  /// The member's bytes.
  package func encoded() -> ByteBuffer {
    var out = ByteBuffer(capacity: Self.size)
    let magic = RaisedFormat.magic
    out.append(magic.span)
    out.append(littleEndian: RaisedFormat.version)
    out.append(littleEndian: UInt32(Self.size))
    out.append(littleEndian: UInt64(documents))
    out.append(littleEndian: UInt64(raised))
    out.append(littleEndian: segment)
    let sum = Checksum.xxh3(out.span)
    out.append(littleEndian: sum)
    return out
  }

  /// Reads a header: first whether it is one of ours and whole, then its version.
  static func decode(_ bytes: MappedBytes, file: String) throws(SegmentError) -> RaisedHeader {
    func corrupt(_ offset: Int, _ reason: String) -> SegmentError {
      .corrupt(file: file, member: RaisedFormat.Member.header.rawValue, offset: offset, reason: reason)
    }
    let body = try SegmentEnvelope.body(
      bytes, magic: RaisedFormat.magic, versions: RaisedFormat.version...RaisedFormat.version,
      name: "file of raised counts", file: file)
    guard bytes.count == size else { throw corrupt(body, "the header has another size") }
    let documents = bytes.load(16, as: UInt64.self)
    let raised = bytes.load(24, as: UInt64.self)
    guard documents <= UInt64(Int32.max) else { throw corrupt(16, "\(documents) documents") }
    guard raised <= documents else { throw corrupt(24, "\(raised) of \(documents) documents") }
    return RaisedHeader(
      documents: Int(documents), raised: Int(raised), segment: bytes.load(32, as: UInt64.self))
  }
}
