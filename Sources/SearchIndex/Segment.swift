internal import Bytes

/// An opened segment: mapped, its tables checked, its data verified when read. Shared by threads.
public final class Segment: Sendable {
  /// The file, for messages.
  package let file: String
  /// Bytes of the file.
  package let fileSize: Int
  package let header: SegmentHeader
  package let terms: TermDictionaryReader
  let postings: CheckedMember
  let positions: CheckedMember
  let recordMember: CheckedMember
  let recordOffsets: PackedColumnReader
  package let tombstones: TombstoneReader
  package let userTable: StringTableReader
  package let languageTable: StringTableReader
  package let placeTable: StringTableReader
  private let columns: [PackedColumnReader]
  private let members: [(member: SegmentFormat.Member, checked: CheckedMember)]

  private static let columnMembers: [SegmentFormat.Member] = [
    .lengths, .ids, .times, .users, .languages, .places, .likes, .retweets, .replies, .quotes, .longitudes,
    .latitudes, .flags,
  ]

  /// Maps the segment at `path` and checks that its tables are what a manifest says (`expected`, when given).
  ///
  /// - Throws: `SystemError` when it cannot be read, `SegmentError` when it is damaged or of another version.
  init(_ path: String, expected: Manifest.Segment? = nil) throws {
    file = path
    let tar = try MappedBytes(file: path)
    fileSize = tar.count
    func corrupt(_ member: String, _ reason: String) -> SegmentError {
      .corrupt(file: path, member: member, offset: 0, reason: reason)
    }
    if let expected, expected.size != tar.count {
      throw corrupt("", "\(tar.count) bytes, the manifest says \(expected.size)")
    }
    var parts: [String: MappedBytes] = [:]
    for member in try TarIndex.read(tar, file: path) { parts[member.name] = tar.part(member.range) }
    guard let head = parts["header"] else { throw corrupt("header", "the member is missing") }
    header = try SegmentHeader.decode(head, file: path)
    guard let table = parts["checksums"] else { throw corrupt("checksums", "the member is missing") }
    let entries = try ChecksumTable.decode(table, file: path)
    if let expected, table.load(table.count - 8, as: UInt64.self) != expected.checksum {
      throw corrupt("checksums", "another segment than the manifest names")
    }
    var checked: [(member: SegmentFormat.Member, checked: CheckedMember)] = []
    for member in SegmentFormat.Member.allCases where member != .checksums {
      guard let bytes = parts[member.rawValue],
        let entry = entries.first(where: { $0.name == member.rawValue })
      else { throw corrupt(member.rawValue, "the member is missing") }
      guard bytes.count == entry.size else {
        throw corrupt(member.rawValue, "\(bytes.count) bytes, the checksum table says \(entry.size)")
      }
      checked.append((member, CheckedMember(bytes, sums: entry.blocks, file: path, name: member.rawValue)))
    }
    guard entries.count == checked.count, parts.count == checked.count + 1 else {
      throw corrupt("checksums", "members that no segment has")
    }
    members = checked
    func member(_ wanted: SegmentFormat.Member) throws -> CheckedMember {
      guard let found = checked.first(where: { $0.member == wanted }) else {
        throw corrupt(wanted.rawValue, "the member is missing")
      }
      return found.checked
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
        throw corrupt(wanted.rawValue, "\(column.count) values for \(header.documents) documents")
      }
      columns.append(column)
    }
    self.columns = columns
    userTable = try StringTableReader(member(.userTable))
    languageTable = try StringTableReader(member(.languageTable))
    placeTable = try StringTableReader(member(.placeTable))
    recordOffsets = try PackedColumnReader(member(.recordOffsets))
    recordMember = try member(.records)
    tombstones = try TombstoneReader(member(.tombstones))
  }

  /// Documents in it, dead ones included.
  public var documentCount: Int { header.documents }

  package func column(_ member: SegmentFormat.Member) -> PackedColumnReader {
    switch member {
    case .lengths: columns[0]
    case .ids: columns[1]
    case .times: columns[2]
    case .users: columns[3]
    case .languages: columns[4]
    case .places: columns[5]
    case .likes: columns[6]
    case .retweets: columns[7]
    case .replies: columns[8]
    case .quotes: columns[9]
    case .longitudes: columns[10]
    case .latitudes: columns[11]
    default: columns[12]
    }
  }

  /// The id of a document. - Throws: `.corrupt`.
  package func id(_ document: Int) throws(SegmentError) -> UInt64 {
    UInt64(bitPattern: try columns[1].value(document))
  }

  /// The time of a document, in ms since 1970.
  package func time(_ document: Int) throws(SegmentError) -> Int64 {
    ColumnTime.time(try columns[2].value(document), id: try id(document))
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
    try RecordBlockReader(offsets: recordOffsets, member: recordMember, documents: header.documents)
  }

  /// Every member with its size, in the file's order.
  var sizes: [(name: String, bytes: Int)] { members.map { ($0.member.rawValue, $0.checked.count) } }

  /// Verifies every data block.
  func checkAll() throws(SegmentError) {
    for member in members { try member.checked.checkAll() }
  }
}
