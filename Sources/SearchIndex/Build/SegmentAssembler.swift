internal import Bytes
internal import Records

/// Writes what a `SegmentBuilder` gathered as one segment.
struct SegmentAssembler {
  private let builder: SegmentBuilder
  private let analyzer: String
  private let threads: Int
  private let order: DocumentOrder
  private let facts: [DocumentFacts]

  /// For the documents of `order`, out of `builder`.
  init(_ builder: SegmentBuilder, _ order: DocumentOrder, analyzer: String, threads: Int) {
    self.builder = builder
    self.order = order
    self.analyzer = analyzer
    self.threads = threads
    var facts = order.sources.map { builder.batches[Int($0.batch)].content.facts[Int($0.index)] }
    for (document, merged) in order.merged { facts[document] = merged }
    self.facts = facts
  }

  /// Writes the segment at `path`. - Throws: `SystemError`.
  func write(to path: String, tombstones: Span<UInt8>) throws(SystemError) -> SegmentSummary {
    let records = packRecords()
    for batch in builder.batches { batch.content.records = ByteBuffer(capacity: 0) }
    var dictionary = TermDictionaryWriter()
    let lists = encodeTerms(&dictionary)
    let header = makeHeader(terms: lists.terms)
    var archive = try SegmentArchiveWriter(path)
    let head = header.encoded()
    try archive.add(.header, head.span)
    try archive.add(.termPrefixes, dictionary.prefixes.span)
    try archive.add(.termOffsets, dictionary.offsets.span)
    try archive.add(.terms, dictionary.blocks.span)
    try archive.add(.postings, lists.postings.span)
    try archive.add(.positions, lists.positions.span)
    try writeColumns(&archive)
    try archive.add(.recordOffsets, records.offsets.span)
    try archive.add(.records, records.blocks.span)
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

  // MARK: Terms

  private final class Lists {
    var postings = ByteBuffer()
    var positions = ByteBuffer()
    var terms = 0
  }

  private func encodeTerms(_ dictionary: inout TermDictionaryWriter) -> Lists {
    let ranks = TermRanks(builder.tables, used: usedTerms(), threads: threads)
    let sources = order.sources
    let builder = self.builder
    // Two parts at any number of threads; the encoded lists do not show how many there were.
    let middle = sources.count / 2
    let parts = OrderedWork.map(2, threads: threads) { part in
      InvertedPart(builder, ranks, sources, part == 0 ? 0..<middle : middle..<sources.count)
    }
    for batch in builder.batches {
      batch.content.tokenTerms = []
      batch.content.tokenPositions = []
    }
    let lengths = facts.map(\.length)
    let ranges = sliceRanges(parts, ranks: ranks.sources.count)
    let textRanks = ranks.textRanks
    let slices = OrderedWork.map(ranges.count, threads: threads) { slice in
      EncodedTerms(parts, ranges[slice], textRanks: textRanks, lengths: lengths)
    }
    let lists = Lists()
    lists.postings.reserve(slices.reduce(0) { $0 + $1.postings.bytes.count })
    lists.positions.reserve(slices.reduce(0) { $0 + $1.positions.bytes.count })
    var rank = 0
    for slice in slices {
      lists.postings.append(contentsOf: slice.postings.bytes)
      lists.positions.append(contentsOf: slice.positions.bytes)
      for size in slice.sizes {
        let source = ranks.sources[rank]
        Self.add(
          builder.tables[Int(source.table)].content.terms, Int(source.number),
          TermInfo(
            documents: size.documents, occurrences: size.occurrences, postings: 0..<size.postings,
            positions: 0..<size.positions), to: &dictionary)
        rank += 1
      }
    }
    dictionary.finish()
    lists.terms = rank
    return lists
  }

  private static func add(
    _ terms: borrowing TermTable, _ number: Int, _ info: TermInfo, to dictionary: inout TermDictionaryWriter
  ) {
    dictionary.add(terms.bytes(number), info)
  }

  // Terms of versions that gave way must not stay; without such versions every term is used.
  private func usedTerms() -> [[Bool]] {
    var used = builder.tables.map { [Bool](repeating: order.isComplete, count: $0.content.terms.count) }
    if order.isComplete { return used }
    for source in order.sources {
      let batch = builder.batches[Int(source.batch)]
      let table = builder.tableOfBatch[Int(source.batch)]
      for token in batch.content.tokens(of: Int(source.index)) {
        used[table][Int(batch.content.tokenTerms[token])] = true
      }
    }
    return used
  }

  // Rank ranges of about equal work.
  private func sliceRanges(_ parts: [InvertedPart], ranks: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for rank in 0..<ranks {
      for part in parts { tokens += part.entries(rank).count }
      if tokens >= 1 << 18 {
        ranges.append(start..<rank + 1)
        start = rank + 1
        tokens = 0
      }
    }
    if start < ranks { ranges.append(start..<ranks) }
    return ranges
  }

  // MARK: Columns

  private func writeColumns(_ archive: inout SegmentArchiveWriter) throws(SystemError) {
    let users = Ordinals.users(builder, order, facts)
    let languages = Ordinals.strings(builder, order, facts, \.language) { $0.content.languages.copy($1) }
    let places = Ordinals.strings(builder, order, facts, \.place) { $0.content.places.copy($1) }
    try add(&archive, .lengths) { Int64($0.length) }
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

  // MARK: Records

  private final class PackedRecords: @unchecked Sendable {  // made by one thread, then read by another
    var blocks = ByteBuffer()
    var offsets = ByteBuffer()
    var sizes: [Int64] = []
  }

  private static func append(_ content: borrowing IndexBatch.Content, _ index: Int, to body: inout ByteBuffer)
  {
    body.append(content.records, content.record(of: index))
  }

  private func packRecords() -> PackedRecords {
    let batches = builder.batches
    let sources = order.sources
    let merged = order.merged
    let rewritten = order.rewritten
    let perBlock = SegmentFormat.recordsPerBlock
    let blocks = (sources.count + perBlock - 1) / perBlock
    // A job is 32 blocks: about a megabyte of records.
    let jobs = (blocks + 31) / 32
    let packed = OrderedWork.map(jobs, threads: threads) { job in
      let result = PackedRecords()
      let writer = RecordBlockWriter()
      var raw = ByteBuffer(capacity: 1 << 16)
      var body = ByteBuffer(capacity: 1 << 16)
      for block in job * 32..<min(job * 32 + 32, blocks) {
        raw.removeAll()
        body.removeAll()
        for document in block * perBlock..<min((block + 1) * perBlock, sources.count) {
          let batch = batches[Int(sources[document].batch)]
          let before = body.count
          if let record = rewritten[document] {
            body.append(record.span)
          } else {
            Self.append(batch.content, Int(sources[document].index), to: &body)
          }
          if let facts = merged[document] { RecordCodec.replaceCounts(&body, from: before, with: facts) }
          raw.append(varint: UInt64(body.count - before))
        }
        raw.append(contentsOf: body)
        let start = result.blocks.count
        writer.compress(raw.span, into: &result.blocks)
        result.sizes.append(Int64(result.blocks.count - start))
      }
      return result
    }
    let all = PackedRecords()
    var offsets: [Int64] = [0]
    all.blocks.reserve(packed.reduce(0) { $0 + $1.blocks.count })
    for part in packed {
      all.blocks.append(contentsOf: part.blocks)
      part.blocks = ByteBuffer(capacity: 0)
      for size in part.sizes { offsets.append((offsets.last ?? 0) + size) }
    }
    PackedColumn.write(offsets, to: &all.offsets)
    return all
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

/// How the column of times is stored: as the difference from what the id says, which is mostly nothing.
enum ColumnTime {
  static func stored(_ time: Int64, id: UInt64) -> Int64 { time &- predicted(id) }
  static func time(_ stored: Int64, id: UInt64) -> Int64 { stored &+ predicted(id) }

  // v1.1 writes times in whole seconds.
  private static func predicted(_ id: UInt64) -> Int64 {
    guard let time = Snowflake.time(id) else { return 0 }
    return time / 1000 * 1000
  }
}

/// How columns store counts: one higher, 0 for "the source did not say". The greatest number stays as it is.
package enum ColumnCount {
  static func stored(_ count: Int64) -> Int64 { count == .max ? .max : count + 1 }
  /// The count; −1 when the source did not say.
  package static func count(_ stored: Int64) -> Int64 { max(stored, 0) - 1 }
}
