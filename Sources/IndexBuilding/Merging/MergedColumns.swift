internal import Bytes
internal import CommitWriting
internal import Commits
internal import SearchIndex

/// The columns and string tables of a merge, one at a time. Memory: the packed bits of one column.
struct MergedColumns {
  private let documents: MergedDocuments
  private let authors: MergedAuthors

  /// Columns whose values mean the same in every segment, behind those of strings.
  private static let plain: [SegmentFormat.Member] = [
    .likes, .retweets, .replies, .quotes, .longitudes, .latitudes, .flags,
  ]

  /// For `documents`, with `authors` that know what they show.
  init(_ documents: MergedDocuments, _ authors: MergedAuthors) {
    self.documents = documents
    self.authors = authors
  }

  /// Adds all of them to `archive`. - Throws: `SegmentError`, `SystemError`. - Complexity: O(documents).
  func write(to archive: inout SegmentArchiveWriter) throws {
    var users = StringTableWriter()
    let authorOrdinals = try authors.write(to: &users)
    users.finish()
    try writeLengths(to: &archive)
    for member in [SegmentFormat.Member.ids, .times] { try copy(member, to: &archive) }
    try add(&archive, .users) { part, document, ordinal in
      try authors.author(part, document, ordinal: ordinal).map { Int64(authorOrdinals[$0]) } ?? 0
    }
    let languages = try strings(.languages, .languageTable, to: &archive)
    let places = try strings(.places, .placeTable, to: &archive)
    for member in Self.plain { try copy(member, to: &archive) }
    try archive.add(.userTable, users)
    try write(languages, .languageTable, to: &archive)
    try write(places, .placeTable, to: &archive)
  }

  private func writeLengths(to archive: inout SegmentArchiveWriter) throws {
    let lengths = documents.parts.map(\.segment.lengths)
    var writer = TextLengthsWriter()
    try documents.forEach { part, document in
      writer.add(UInt32(clamping: try lengths[part].value(document)))
    }
    writer.finish()
    try archive.add(.lengths, writer.bytes.span)
  }

  private func copy(_ member: SegmentFormat.Member, to archive: inout SegmentArchiveWriter) throws {
    try add(&archive, member) { _, _, value in value }
  }

  // Writes a column of strings. - Returns: its table, with those that are used.
  private func strings(
    _ column: SegmentFormat.Member, _ table: SegmentFormat.Member, to archive: inout SegmentArchiveWriter
  ) throws -> MergedStrings {
    let parts = documents.parts.map(\.segment)
    let counts = parts.map { $0.stringTable(table).count }
    var strings = try MergedStrings(documents.parts, table)
    var walks = parts.map { ColumnWalk($0, column) }
    try documents.forEach { part, document in
      let ordinal = try walks[part].value(document)
      if let string = try parts[part].string(ordinal, of: counts[part], column, document) {
        strings.use(Int(strings.numbers[part][string]))
      }
    }
    let ordinals = strings.ordinals
    try add(&archive, column) { part, _, ordinal in
      ordinal == 0 ? 0 : Int64(ordinals[Int(strings.numbers[part][Int(ordinal) - 1])])
    }
    return strings
  }

  private func write(
    _ strings: MergedStrings, _ member: SegmentFormat.Member, to archive: inout SegmentArchiveWriter
  ) throws {
    var table = StringTableWriter()
    try strings.write(to: &table)
    table.finish()
    try archive.add(member, table)
  }

  private func add(
    _ archive: inout SegmentArchiveWriter, _ member: SegmentFormat.Member,
    _ value: (_ part: Int, _ document: Int, _ value: Int64) throws -> Int64
  ) throws {
    var walks = documents.parts.map { ColumnWalk($0.segment, member) }
    var column = PackedColumnWriter()
    try documents.forEach { part, document in
      column.add(try value(part, document, try walks[part].value(document)))
    }
    column.finish()
    try archive.add(member, column)
    documents.forgetPages()
  }
}
