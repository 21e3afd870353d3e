internal import Bytes
internal import CommitWriting
internal import SearchIndex

/// Writes what a `SegmentBuilder` gathered as one segment.
struct SegmentAssembler {
  private let builder: SegmentBuilder
  private let analyzer: String
  private let threads: Int
  private let order: DocumentOrder
  private let facts: [DocumentFacts]

  /// For the documents of `order`, out of `builder`, whose batches are emptied on the way: memory is for one copy.
  init(_ builder: SegmentBuilder, _ order: DocumentOrder, analyzer: String, threads: Int) {
    self.builder = builder
    self.order = order
    self.analyzer = analyzer
    self.threads = threads
    var facts = order.sources.map { builder.batches[Int($0.batch)].content.facts[Int($0.index)] }
    for (document, merged) in order.merged { facts[document] = merged }
    self.facts = facts
    for batch in builder.batches { batch.content.facts = [] }
  }

  /// Writes the segment at `path`. - Throws: `SystemError`.
  ///
  /// Terms first, with all threads; then records are packed while the terms and the columns are written.
  func write(to path: String, tombstones: Span<UInt8>) throws -> SegmentSummary {
    let folder = Paths.parent(path)
    let lists = try SegmentLists(builder, order, lengths: facts.map(\.length), in: folder, threads: threads)
    let (builder, order, threads) = (builder, order, threads)
    let columns = SegmentColumns(builder, order, facts)
    let packing = Background(isThreaded: threads > 1) {
      Result { try PackedRecords(builder, order, in: folder, threads: threads) }
    }
    defer { _ = packing.value }
    let header = makeHeader(terms: lists.terms)
    var archive = try SegmentArchiveWriter(path)
    let head = header.encoded()
    try archive.add(.header, head.span)
    try archive.add(.termPrefixes, lists.dictionary.prefixes.span)
    try archive.add(.termOffsets, lists.dictionary.offsets.span)
    try archive.add(.terms, lists.dictionary.blocks.span)
    try archive.add(.postings, lists.postings)
    try archive.add(.positions, lists.positions)
    try columns.write(to: &archive)
    let records = try packing.value.get()
    try archive.add(.recordOffsets, records.offsets)
    try archive.add(.records, records.blocks)
    try archive.add(.tombstones, tombstones)
    let made = try archive.commit()
    return SegmentSummary(header: header, size: made.size, checksum: made.checksum)
  }

  private func makeHeader(terms: Int) -> SegmentHeader {
    var header = SegmentHeader()
    header.documents = facts.count
    header.terms = terms
    header.analyzer = analyzer
    guard let first = facts.first, let last = facts.last else { return header }
    header.greatestID = first.id
    header.leastID = last.id
    header.leastTime = first.time
    header.greatestTime = first.time
    for fact in facts {
      header.totalLength += UInt64(fact.length)
      header.leastTime = min(header.leastTime, fact.time)
      header.greatestTime = max(header.greatestTime, fact.time)
    }
    return header
  }
}

/// What a manifest keeps of a segment.
struct SegmentSummary: Sendable {
  var header: SegmentHeader
  /// Bytes of the file.
  var size: Int
  /// The last eight bytes of its member `checksums`.
  var checksum: UInt64
}
