internal import Bytes
internal import CommitWriting
internal import SearchIndex

/// Writes the columns of a segment and the tables that some of them number.
struct SegmentColumns {
  private let builder: SegmentBuilder
  private let order: DocumentOrder
  private let facts: [DocumentFacts]
  private let users: Ordinals?

  /// For the documents of `order`, whose facts are `facts`. Call it while the batches have their records: where not all
  /// tweets became documents, they are asked.
  init(_ builder: SegmentBuilder, _ order: DocumentOrder, _ facts: [DocumentFacts]) {
    users = order.isComplete ? nil : Ordinals.users(builder, order, facts)
    self.builder = builder
    self.order = order
    self.facts = facts
  }

  /// Adds all of them to `archive`.
  func write(to archive: inout SegmentArchiveWriter) throws(SystemError) {
    let users = users ?? Ordinals.users(builder, order, facts)
    let languages = Ordinals.strings(builder, order, facts.map(\.language)) { $0.content.languages.copy($1) }
    let places = Ordinals.strings(builder, order, facts.map(\.place)) { $0.content.places.copy($1) }
    var lengths = TextLengthsWriter()
    for fact in facts { lengths.add(fact.length) }
    lengths.finish()
    try archive.add(.lengths, lengths.bytes.span)
    try add(&archive, .ids) { Int64(bitPattern: $0.id) }
    try add(&archive, .times) { ColumnTime.stored($0.time, id: $0.id) }
    try add(&archive, .users, users.ordinals)
    try add(&archive, .languages, languages.ordinals)
    try add(&archive, .places, places.ordinals)
    try add(&archive, .likes) { ColumnCount.stored($0.likes) }
    try add(&archive, .retweets) { ColumnCount.stored($0.retweets) }
    try add(&archive, .replies) { ColumnCount.stored($0.replies) }
    try add(&archive, .quotes) { ColumnCount.stored($0.quotes) }
    try add(&archive, .longitudes) { Int64(bitPattern: $0.longitude) }
    try add(&archive, .latitudes) { Int64(bitPattern: $0.latitude) }
    try add(&archive, .flags) { $0.flags }
    for (member, table) in [
      (SegmentFormat.Member.userTable, users), (.languageTable, languages), (.placeTable, places),
    ] {
      var bytes = ByteBuffer()
      StringTable.write(table.strings, to: &bytes)
      try archive.add(member, bytes.span)
    }
  }

  private func add(
    _ archive: inout SegmentArchiveWriter, _ member: SegmentFormat.Member, _ value: (DocumentFacts) -> Int64
  ) throws(SystemError) {
    try add(&archive, member, facts.map(value))
  }

  private func add(
    _ archive: inout SegmentArchiveWriter, _ member: SegmentFormat.Member, _ values: [Int64]
  ) throws(SystemError) {
    var bytes = ByteBuffer(capacity: values.count * 4)
    PackedColumn.write(values, to: &bytes)
    try archive.add(member, bytes.span)
  }
}
