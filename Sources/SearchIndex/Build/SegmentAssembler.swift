internal import Bytes
internal import Records

/// Writes what a `SegmentBuilder` gathered as one segment.
struct SegmentAssembler {
  private let builder: SegmentBuilder
  private let threads: Int
  private let order: DocumentOrder
  private let facts: [DocumentFacts]

  /// Orders the documents.
  init(_ builder: SegmentBuilder, threads: Int) {
    self.builder = builder
    self.threads = threads
    let order = DocumentOrder(builder.batches)
    var facts = order.sources.map { builder.batches[Int($0.batch)].facts[Int($0.index)] }
    for merged in order.mergedCounts { facts[merged.document] = merged.facts }
    self.order = order
    self.facts = facts
  }

  /// Older versions of tweets of the same run that gave way.
  var replaced: Int { order.replaced }

  /// Writes the segment at `path`. - Throws: `SystemError`.
  func write(to path: String, tombstones: Span<UInt8>) throws(SystemError) -> SegmentSummary {
    let records = packRecords()
    for batch in builder.batches { batch.records = ByteBuffer(capacity: 0) }
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
    header.analyzer = builder.analyzer
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
    let ranked = rankTerms()
    let sources = order.sources
    let batches = builder.batches
    // Two parts at any number of threads; the encoded lists do not show how many there were.
    let middle = sources.count / 2
    let ranks = ranked.numbers.count
    let parts = OrderedWork.map(2, threads: threads) { part in
      InvertedPart(batches, sources, part == 0 ? 0..<middle : middle..<sources.count, ranks: ranks)
    }
    for batch in batches {
      batch.tokenTerms = []
      batch.tokenPositions = []
    }
    let lengths = facts.map(\.length)
    let ranges = sliceRanges(parts, ranks: ranks)
    let textRanks = ranked.textRanks
    let slices = OrderedWork.map(ranges.count, threads: threads) { slice in
      EncodedTerms(parts, ranges[slice], textRanks: textRanks, lengths: lengths)
    }
    let lists = Lists()
    for slice in slices {
      lists.postings.append(contentsOf: slice.postings.bytes)
      lists.positions.append(contentsOf: slice.positions.bytes)
    }
    Self.write(builder.terms, ranked.numbers, slices, to: &dictionary)
    lists.terms = ranks
    return lists
  }

  private static func write(
    _ terms: borrowing TermTable, _ numbers: [UInt32], _ slices: [EncodedTerms],
    to dictionary: inout TermDictionaryWriter
  ) {
    var rank = 0
    for slice in slices {
      for size in slice.sizes {
        dictionary.add(
          terms.bytes(Int(numbers[rank])),
          TermInfo(
            documents: size.documents, occurrences: size.occurrences, postings: 0..<size.postings,
            positions: 0..<size.positions))
        rank += 1
      }
    }
    dictionary.finish()
  }

  private struct Ranked {
    /// Term numbers in byte order.
    var numbers: [UInt32]
    /// The ranks of text terms.
    var textRanks: Range<Int>
  }

  // Gives every used term its rank in byte order, and writes ranks into the batches in place of numbers.
  private func rankTerms() -> Ranked {
    var isUsed = [Bool](repeating: order.replaced == 0, count: builder.terms.count)
    if order.replaced > 0 {
      for source in order.sources {
        let batch = builder.batches[Int(source.batch)]
        for token in batch.tokens(of: Int(source.index)) { isUsed[Int(batch.tokenTerms[token])] = true }
      }
    }
    let numbers = builder.terms.sorted().filter { isUsed[Int($0)] }
    var ranks = [UInt32](repeating: .max, count: builder.terms.count)
    var firstText = numbers.count
    var endText = numbers.count
    for (rank, number) in numbers.enumerated() {
      ranks[Int(number)] = UInt32(rank)
      if builder.terms.field(Int(number)) == TermField.text.rawValue {
        firstText = min(firstText, rank)
        endText = rank + 1
      }
    }
    let table = ranks
    let batches = builder.batches
    _ = OrderedWork.map(batches.count, threads: threads) { index in
      let batch = batches[index]
      var terms = batch.tokenTerms
      for place in terms.indices { terms[place] = table[Int(terms[place])] }
      batch.tokenTerms = terms
    }
    return Ranked(numbers: numbers, textRanks: firstText..<max(firstText, endText))
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
    let users = usedStrings(builder.users, \.user) { number in
      Array(builder.users.copy(number)[1..<9]) + builder.handles[number].handle
    }
    let languages = usedStrings(builder.languages, \.language) {
      Array(builder.languages.copy($0).dropFirst())
    }
    let places = usedStrings(builder.places, \.place) { Array(builder.places.copy($0).dropFirst()) }
    try add(&archive, .lengths) { Int64($0.length) }
    try add(&archive, .ids) { Int64(bitPattern: $0.id) }
    try add(&archive, .times) { ColumnTime.stored($0.time, id: $0.id) }
    try add(&archive, .users) { users.ordinal($0.user) }
    try add(&archive, .languages) { languages.ordinal($0.language) }
    try add(&archive, .places) { places.ordinal($0.place) }
    try add(&archive, .likes) { $0.likes + 1 }
    try add(&archive, .retweets) { $0.retweets + 1 }
    try add(&archive, .replies) { $0.replies + 1 }
    try add(&archive, .quotes) { $0.quotes + 1 }
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
    var bytes = ByteBuffer(capacity: facts.count * 4)
    PackedColumn.write(facts.map(value), to: &bytes)
    try archive.add(member, bytes.span)
  }

  /// Strings in byte order with the ordinals of their numbers.
  private struct Ordinals {
    var strings: [[UInt8]]
    var ordinals: [Int64]
    func ordinal(_ number: Int32) -> Int64 { number < 0 ? 0 : ordinals[Int(number)] }
  }

  private func usedStrings(
    _ table: borrowing TermTable, _ field: KeyPath<DocumentFacts, Int32>, _ string: (Int) -> [UInt8]
  ) -> Ordinals {
    var isUsed = [Bool](repeating: false, count: table.count)
    for fact in facts {
      let number = fact[keyPath: field]
      if number >= 0 { isUsed[Int(number)] = true }
    }
    var strings: [(bytes: [UInt8], number: Int)] = []
    for number in 0..<table.count where isUsed[number] { strings.append((string(number), number)) }
    strings.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    var ordinals = [Int64](repeating: 0, count: table.count)
    for (place, entry) in strings.enumerated() { ordinals[entry.number] = Int64(place + 1) }
    return Ordinals(strings: strings.map(\.bytes), ordinals: ordinals)
  }

  // MARK: Records

  private final class PackedRecords: @unchecked Sendable {  // made by one thread, then read by another
    var blocks = ByteBuffer()
    var offsets = ByteBuffer()
    var sizes: [Int64] = []
  }

  private func packRecords() -> PackedRecords {
    let batches = builder.batches
    let sources = order.sources
    let merged = Dictionary(uniqueKeysWithValues: order.mergedCounts.map { ($0.document, $0.facts) })
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
          body.append(batch.records, batch.record(of: Int(sources[document].index)))
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
    for part in packed {
      all.blocks.append(contentsOf: part.blocks)
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
  static func stored(_ time: Int64, id: UInt64) -> Int64 { time - predicted(id) }
  static func time(_ stored: Int64, id: UInt64) -> Int64 { stored &+ predicted(id) }

  // v1.1 writes times in whole seconds.
  private static func predicted(_ id: UInt64) -> Int64 {
    guard let time = Snowflake.time(id) else { return 0 }
    return time / 1000 * 1000
  }
}
