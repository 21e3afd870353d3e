internal import Bytes
package import Commits

/// An opened segment: mapped, its tables checked, its data verified when read, and with it the counts that rose since it
/// was written. Shared by threads.
public final class Segment: Sendable {
  private let archive: SegmentArchive
  package let header: SegmentHeader
  package let terms: TermDictionaryReader
  let postings: CheckedMember
  let positions: CheckedMember
  let recordMember: CheckedMember
  let recordOffsets: PackedColumnReader
  package let tombstones: TombstoneReader
  /// What counts rose to after the segment was written; nil where none did. Columns and records have the counts of before:
  /// `raisedColumn`, `SegmentCounts` and `RaisedWalk` give those of the commit.
  package let raised: RaisedCounts?
  package let userTable: StringTableReader
  package let lengths: TextLengths
  package let languageTable: StringTableReader
  package let placeTable: StringTableReader
  private let columns: [PackedColumnReader]
  // Of the ids, by itself: asked for through the array it would be copied, and its references counted.
  private let ids: PackedColumnReader

  private static let columnMembers: [SegmentFormat.Member] = [
    .ids, .times, .users, .languages, .places, .likes, .retweets, .replies, .quotes, .longitudes, .latitudes,
    .flags,
  ]

  /// Maps the segment at `path` and checks that its tables are what a manifest says (`expected`, when given); with it the
  /// file `raised`, which belongs to it.
  ///
  /// - Throws: `SystemError` when it cannot be read, `SegmentError` when it is damaged or of another version.
  init(_ path: String, expected: Manifest.Segment? = nil, raised: String? = nil) throws {
    let mapped = try MappedArchive(path, expected: expected)
    header = try SegmentHeader.decode(mapped.header(), file: path)
    let names = SegmentFormat.Member.allCases.filter { $0 != .checksums }.map(\.rawValue)
    let archive = try SegmentArchive(mapped, members: names)
    self.archive = archive
    func member(_ wanted: SegmentFormat.Member) throws(SegmentError) -> CheckedMember {
      try archive.member(wanted.rawValue)
    }
    try member(.header).checkAll()
    try member(.termPrefixes).checkAll()
    try member(.termOffsets).checkAll()
    terms = try TermDictionaryReader(
      prefixes: member(.termPrefixes), offsets: member(.termOffsets), blocks: member(.terms))
    postings = try member(.postings)
    positions = try member(.positions)
    var columns: [PackedColumnReader] = []
    for wanted in Self.columnMembers {
      let column = try PackedColumnReader(member(wanted))
      guard column.count == header.documents else {
        throw SegmentError.corrupt(
          file: path, member: wanted.rawValue, offset: 0,
          reason: "\(column.count) values for \(header.documents) documents")
      }
      columns.append(column)
    }
    self.columns = columns
    ids = columns[0]
    lengths = try TextLengths(member(.lengths), header)
    userTable = try StringTableReader(member(.userTable))
    languageTable = try StringTableReader(member(.languageTable))
    placeTable = try StringTableReader(member(.placeTable))
    recordOffsets = try PackedColumnReader(member(.recordOffsets))
    recordMember = try member(.records)
    tombstones = try TombstoneReader(member(.tombstones))
    let (documents, checksum) = (header.documents, archive.checksum)
    self.raised = try raised.map { try RaisedCounts($0, documents: documents, checksum: checksum) }
  }

  /// The file, for messages.
  package var file: String { archive.file }
  /// Bytes of the file.
  package var fileSize: Int { archive.fileSize }

  /// Documents in it, dead ones included.
  public var documentCount: Int { header.documents }

  package func column(_ member: SegmentFormat.Member) -> PackedColumnReader {
    switch member {
    case .ids: columns[0]
    case .times: columns[1]
    case .users: columns[2]
    case .languages: columns[3]
    case .places: columns[4]
    case .likes: columns[5]
    case .retweets: columns[6]
    case .replies: columns[7]
    case .quotes: columns[8]
    case .longitudes: columns[9]
    case .latitudes: columns[10]
    case .flags: columns[11]
    default: preconditionFailure("\(member) is no packed column")
    }
  }

  /// The id of a document. - Throws: `.corrupt`.
  package func id(_ document: Int) throws(SegmentError) -> UInt64 {
    UInt64(bitPattern: try ids.value(document))
  }

  /// The time of a document, in ms since 1970.
  package func time(_ document: Int) throws(SegmentError) -> Int64 {
    ColumnTime.time(try columns[1].value(document), id: try id(document))
  }

  /// The document with an id, or nil. - Complexity: O(log documents).
  package func document(_ wanted: UInt64) throws(SegmentError) -> Int? {
    // Ids fall along the documents.
    var low = 0
    var high = header.documents
    while low < high {
      let middle = (low + high) / 2
      if try id(middle) > wanted { low = middle + 1 } else { high = middle }
    }
    guard low < header.documents, try id(low) == wanted else { return nil }
    return low
  }

  /// The documents that a field's id leads to, rising.
  package func documents(with field: TermField, id: UInt64) throws(SegmentError) -> [Int] {
    if id == 0 { return [] }
    var key = ByteBuffer(capacity: 16)
    key.append(field.rawValue)
    key.append(littleEndian: id.byteSwapped)
    guard let info = try terms.find(key.span) else { return [] }
    var postings = try PostingsCursor(self, info, hasCounts: false)
    var documents: [Int] = []
    try postings.next()
    while postings.document != PostingsCursor.end {
      documents.append(postings.document)
      try postings.next()
    }
    return documents
  }

  /// A reader of stored records, for one thread.
  package func records() throws(SegmentError) -> RecordBlockReader {
    try RecordBlockReader(self, offsets: recordOffsets, member: recordMember)
  }

  /// Every member with its size, in the file's order; behind them those of the counts that rose.
  var sizes: [(name: String, bytes: Int)] {
    archive.sizes + (raised?.sizes ?? []).map { (name: "raised/" + $0.name, bytes: $0.bytes) }
  }

  /// Takes the pages of the file out of the program's memory until they are read again: for walks over all of it.
  package func forgetPages() { recordMember.bytes.forgetPages() }

  /// An error about a member.
  package func corrupt(_ member: SegmentFormat.Member, _ offset: Int, _ reason: String) -> SegmentError {
    .corrupt(file: file, member: member.rawValue, offset: offset, reason: reason)
  }

  /// Verifies every data block.
  package func checkAll() throws(SegmentError) {
    try archive.checkAll()
    try raised?.checkAll()
  }

  /// What a manifest knows the segment by.
  package var checksum: UInt64 { archive.checksum }
}
