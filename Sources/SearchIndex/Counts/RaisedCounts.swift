package import Bytes
internal import Commits

/// The counts of documents of one segment that rose after it was written, mapped and read in place. Shared by threads.
///
/// Opening it costs the same however many rose; a look at a document goes by `RaisedWalk`.
package final class RaisedCounts: Sendable {
  private let archive: SegmentArchive
  let documents: PackedColumnReader
  private let counts: [PackedColumnReader]

  /// Maps the file at `path`, which must belong to the segment of `documents` that a manifest knows by `checksum`.
  ///
  /// - Throws: `SystemError` when it cannot be read, `SegmentError` when it is damaged or of another segment.
  package init(_ path: String, documents: Int, checksum: UInt64) throws {
    let mapped = try MappedArchive(path)
    let header = try RaisedHeader.decode(mapped.header(), file: path)
    let archive = try SegmentArchive(mapped, members: RaisedFormat.Member.allCases.map(\.rawValue))
    func member(_ wanted: RaisedFormat.Member) throws(SegmentError) -> CheckedMember {
      try archive.member(wanted.rawValue)
    }
    let head = try member(.header)
    try head.checkAll()
    guard header.documents == documents, header.segment == checksum else {
      throw head.corrupt(16, "counts of another segment")
    }
    func column(_ wanted: RaisedFormat.Member) throws(SegmentError) -> PackedColumnReader {
      let column = try PackedColumnReader(member(wanted))
      guard column.count == header.raised else {
        throw column.member.corrupt(0, "\(column.count) values for \(header.raised) documents")
      }
      return column
    }
    self.archive = archive
    self.documents = try column(.documents)
    var counts: [PackedColumnReader] = []
    for (wanted, _) in RaisedFormat.counts { counts.append(try column(wanted)) }
    self.counts = counts
  }

  /// Whether the file at `path` is such a file, and no segment. - Throws: `SystemError`.
  package static func isFile(_ path: String) throws(SystemError) -> Bool {
    let tar = try MappedBytes(file: path)
    // Whoever opens it says what is wrong with it.
    guard let header = (try? TarIndex.read(tar, file: path))?.first, header.name == "header",
      header.range.count >= RaisedFormat.magic.count
    else { return false }
    let magic = RaisedFormat.magic
    return tar.span(header.range).extracting(0..<magic.count).equals(magic.span)
  }

  /// How many documents rose.
  package var count: Int { documents.count }
  /// Bytes of the file.
  package var fileSize: Int { archive.fileSize }
  /// Every member with its size, in the file's order.
  var sizes: [(name: String, bytes: Int)] { archive.sizes }

  /// Verifies every data block.
  func checkAll() throws(SegmentError) { try archive.checkAll() }

  /// What one kind of count rose to, beside `documents`; nil for a column of another kind.
  func column(_ member: SegmentFormat.Member) -> PackedColumnReader? {
    RaisedFormat.counts.firstIndex { $0.column == member }.map { counts[$0] }
  }
}
