internal import Bytes
package import Commits

/// A walk over one posting list, a block of 128 documents at a time. What is damaged is thrown, never trapped on.
///
/// A struct, so that a step costs one access to it and no counting of references (as a class it took twice the time).
package struct PostingsCursor: ~Copyable {
  /// The document stood on; `PostingsCursor.end` behind the last.
  package private(set) var document = -1
  /// The list.
  package let list: PostingsBlocks
  /// Behind every document.
  package static let end = Int.max

  /// The block decoded: −1 before the first.
  private var block = -1
  private var documents: [128 of UInt32] = [128 of UInt32](repeating: 0)
  private var counts: [128 of UInt32] = [128 of UInt32](repeating: 1)
  private var countsAreDecoded = false
  private var filled = 0
  private var summed = 0
  private var summedBlock = -2
  private var summedIndex = 0
  private var index = 0

  /// Before the first document of `info`'s list in `segment`.
  package init(_ segment: Segment, _ info: TermInfo, hasCounts: Bool) throws(SegmentError) {
    list = try PostingsBlocks(segment, info, hasCounts: hasCounts)
  }

  /// Documents in the list.
  package var count: Int { list.count }
  /// Full blocks; the rest behind them counts as one more where there is one.
  package var blockCount: Int { list.full }

  /// Before the first document of `list`.
  package init(_ list: PostingsBlocks) { self.list = list }

  /// How often the term stands in the document stood on.
  package mutating func frequency() throws(SegmentError) -> Int {
    if !list.hasCounts { return 1 }
    if !countsAreDecoded { try decodeCounts() }
    return Int(counts[index])
  }

  /// The number of the term's occurrences before the document stood on.
  package mutating func occurrencesBefore() throws(SegmentError) -> Int {
    if !countsAreDecoded { try decodeCounts() }
    // Documents are mostly asked for in order: the sum goes on from the last one asked for.
    if summedBlock != block || summedIndex > index {
      summedBlock = block
      summedIndex = 0
      summed = try list.occurrences(before: block)
    }
    while summedIndex < index {
      summed += Int(counts[summedIndex])
      summedIndex += 1
    }
    return summed
  }

  /// Moves to the next document.
  package mutating func next() throws(SegmentError) {
    index += 1
    if index >= filled {
      if block >= list.full { return document = Self.end }
      try load(block + 1)
      if filled == 0 { return document = Self.end }
    }
    document = Int(documents[index])
  }

  /// Moves to the first document that is not below `target`; never back.
  package mutating func advance(to target: Int) throws(SegmentError) {
    if document >= target { return }
    if block < 0 || filled == 0 || Int(documents[filled - 1]) < target {
      let wanted = try blockHolding(target)
      if wanted != block { try load(wanted) }
      if filled == 0 { return document = Self.end }
    }
    // How many of the block's documents are below the target.
    let wanted = UInt32(clamping: target)
    var below = SortedBlock.slot(of: wanted, in: documents.span)
    if below == 127 && documents[127] < wanted { below = 128 }
    below = min(below, filled)
    index = max(below, index)
    document = index < filled ? Int(documents[index]) : Self.end
  }

  /// Moves both to the first document from where they stand that both have, or `lead` to the end.
  ///
  /// In one call, so that two lists cost two accesses to their owners and not two a step.
  package static func meet(
    _ lead: inout PostingsCursor, _ other: inout PostingsCursor
  ) throws(SegmentError) {
    while lead.document != end {
      try other.advance(to: lead.document)
      if other.document == lead.document { return }
      try lead.advance(to: other.document)
    }
  }

  // The first block after the present one whose last document is not below `target`; `full` for the rest.
  private func blockHolding(_ target: Int) throws(SegmentError) -> Int {
    var low = max(block, 0)
    var high = list.full
    // Gallop: targets are mostly near.
    var step = 1
    while low + step < list.full, try list.lastDocument(low + step - 1) < target {
      low += step
      step *= 2
    }
    high = min(high, low + step)
    while low < high {
      let middle = (low + high) / 2
      if try list.lastDocument(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first full block from `start` on whose last document is not below `target`; `blockCount` for the rest.
  package func block(holding target: Int, from start: Int) throws(SegmentError) -> Int {
    var block = start
    var step = 1
    while block < list.full, try list.lastDocument(block) < target {
      // Gallop: targets are mostly near.
      if block + step < list.full, try list.lastDocument(block + step) < target {
        block += step
        step *= 2
      } else {
        block += 1
        step = 1
      }
    }
    return block
  }

  private mutating func load(_ wanted: Int) throws(SegmentError) {
    block = wanted
    index = 0
    filled = try list.read(wanted, into: &documents, counts: &counts)
    countsAreDecoded = !list.hasCounts || wanted == list.full
  }

  private mutating func decodeCounts() throws(SegmentError) {
    try list.readCounts(block, into: &counts)
    countsAreDecoded = true
  }
}
