internal import Bytes
internal import SearchIndex

/// The dictionary and the lists of a segment's terms.
final class SegmentLists {
  private(set) var dictionary = TermDictionaryWriter()
  let postings, positions: StagedMember
  /// How many terms there are.
  private(set) var terms = 0

  /// Inverts and encodes the documents of `order`, whose text lengths are `lengths`. Empties the batches' lists; encoded ones
  /// wait in `folder`. - Throws: `SystemError`.
  init(
    _ builder: SegmentBuilder, _ order: DocumentOrder, lengths: [UInt32], in folder: String, threads: Int
  ) throws {
    postings = StagedMember(in: folder)
    positions = StagedMember(in: folder)
    let numbers = order.documents(in: builder.batches)
    let ranks = TermRanks(
      builder.terms, used: Self.usedTerms(builder, order, numbers), threads: threads)
    var parts = Self.invertedParts(builder, order, numbers, ranks, threads: threads)
    let slices = try encode(parts, ranks, lengths, threads: threads)
    parts = []
    Self.writeDictionaries(slices, builder.terms, ranks, threads: threads)
    for slice in slices { dictionary.append(slice.dictionary) }
    terms = dictionary.count
    dictionary.finish()
  }

  // Terms lie scattered in their table: side by side, too.
  private static func writeDictionaries(
    _ slices: [EncodedTerms], _ terms: SegmentTerms, _ ranks: TermRanks, threads: Int
  ) {
    var starts: [(postings: Int, positions: Int)] = [(0, 0)]
    for slice in slices {
      let last = starts[starts.count - 1]
      starts.append((last.postings + slice.counts.postings, last.positions + slice.counts.positions))
    }
    let all = starts
    _ = OrderedWork.map(slices.count, threads: threads) { slice in
      slices[slice].writeDictionary(
        terms, ranks, postings: all[slice].postings, positions: all[slice].positions)
    }
  }

  private func encode(
    _ parts: [InvertedPart], _ ranks: TermRanks, _ lengths: [UInt32], threads: Int
  ) throws -> [EncodedTerms] {
    let ranges = Self.sliceRanges(parts, ranks: ranks.numbers.count)
    let textRanks = ranks.textRanks
    let next = BoundedQueue<Range<Int>>(capacity: max(ranges.count, 1))
    for range in ranges { next.push(range) }
    next.close()
    var slices: [EncodedTerms] = []
    try OrderedWork.run(
      threads: threads, produce: { next.pop() }, context: {},
      work: { _, range in EncodedTerms(parts, range, textRanks: textRanks, lengths: lengths) },
      consume: { (slice: EncodedTerms) in
        try slice.moveLists(postings: postings, positions: positions)
        slices.append(slice)
      })
    return slices
  }

  // Terms of versions that gave way must not stay; without such versions every term is used.
  private static func usedTerms(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ numbers: [[UInt32]]
  ) -> [Bool]? {
    if order.isComplete { return nil }
    var used = [Bool](repeating: false, count: builder.terms.table.count)
    for (batch, documents) in zip(builder.batches, numbers) {
      let lists = batch.content.lists
      for list in lists.terms.indices {
        for entry in lists.starts[list]..<lists.starts[list + 1]
        where documents[Int(lists.documents[Int(entry)])] != DocumentOrder.none {
          used[Int(lists.terms[list])] = true
        }
      }
    }
    return used
  }

  // The batches in a few parts, newer documents first, whatever the number of threads: each gives its lists back before
  // the next takes memory for its own. The encoded lists do not show how many there were.
  private static let parts = 4

  private static func invertedParts(
    _ builder: SegmentBuilder, _ order: DocumentOrder, _ numbers: [[UInt32]], _ ranks: TermRanks, threads: Int
  ) -> [InvertedPart] {
    let first = numbers.map { $0.min() ?? DocumentOrder.none }
    let sorted = builder.batches.indices.sorted { first[$0] < first[$1] }
    let all = sorted.map { (batch: builder.batches[$0], numbers: numbers[$0]) }
    let isComplete = order.isComplete
    return OrderedWork.map(parts, threads: threads) { part in
      let range = all.count * part / parts..<all.count * (part + 1) / parts
      // The next part's memory is what this one's batches gave back.
      defer { Memory.giveBack() }
      return InvertedPart(Array(all[range]), ranks, isComplete: isComplete)
    }
  }

  // Rank ranges of about equal work, each of whole blocks of the dictionary.
  private static func sliceRanges(_ parts: [InvertedPart], ranks: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    var tokens = 0
    for rank in 0..<ranks {
      for part in parts { tokens += part.entries(rank).count }
      if tokens >= 1 << 18, (rank + 1) % SegmentFormat.termsPerBlock == 0 {
        ranges.append(start..<rank + 1)
        start = rank + 1
        tokens = 0
      }
    }
    if start < ranks { ranges.append(start..<ranks) }
    return ranges
  }
}
