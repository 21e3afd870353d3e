internal import Bytes
package import Commits

/// A walk over one posting list, a block of 128 documents at a time. What is damaged is thrown, never trapped on.
///
/// A struct, so that a step costs one access to it and no counting of references (as a class it took twice the time).
package struct PostingsCursor: ~Copyable {
  /// The document stood on; `PostingsCursor.end` behind the last.
  package private(set) var document = -1
  /// Documents in the list.
  package let count: Int
  /// Behind every document.
  package static let end = Int.max

  private let member: CheckedMember
  private let hasCounts: Bool
  private let blocks: Int
  /// Where the skip entries, the blocks and the list's end lie in the member.
  private let skips: Int
  private let data: Int
  private let limit: Int
  private let documentLimit: Int

  /// The block decoded: 0 … `blocks` − 1, `blocks` for the rest, −1 before the first.
  private var block = -1
  private var documents: [128 of UInt32] = [128 of UInt32](repeating: 0)
  private var counts: [128 of UInt32] = [128 of UInt32](repeating: 1)
  private var countsAreDecoded = false
  private var countBits = 0
  private var countsPlace = 0
  private var filled = 0
  private var summed = 0
  private var summedBlock = -2
  private var summedIndex = 0
  private var index = 0

  /// Before the first document of `info`'s list in `segment`.
  package init(_ segment: Segment, _ info: TermInfo, hasCounts: Bool) throws(SegmentError) {
    member = segment.postings
    count = info.documents
    self.hasCounts = hasCounts
    blocks = info.documents / SegmentFormat.packedBlock
    skips = info.postings.lowerBound
    data = skips + blocks * SegmentFormat.skipEntry
    limit = info.postings.upperBound
    documentLimit = segment.documentCount
    guard limit <= member.count, data <= limit, count <= documentLimit else {
      throw member.corrupt(skips, "a posting list of \(count) documents in \(info.postings.count) bytes")
    }
  }

  /// How often the term stands in the document stood on.
  package mutating func frequency() throws(SegmentError) -> Int {
    if !hasCounts { return 1 }
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
      summed = 0
      if block < blocks {
        summed = Int(try member.load(skips + block * SegmentFormat.skipEntry + 8, as: UInt32.self))
      } else if blocks > 0 {
        summed = tailOccurrences
      }
    }
    while summedIndex < index {
      summed += Int(counts[summedIndex])
      summedIndex += 1
    }
    return summed
  }
  /// Occurrences before the rest: told by whoever knows the total.
  private var tailOccurrences = 0

  /// Moves to the next document.
  package mutating func next() throws(SegmentError) {
    index += 1
    if index >= filled {
      if block >= blocks { return document = Self.end }
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
    // How many of the block's documents are below the target: a binary search whose steps are additions, not branches.
    let wanted = UInt32(clamping: target)
    var below = 0
    below &+= documents[63] < wanted ? 64 : 0
    below &+= documents[below &+ 31] < wanted ? 32 : 0
    below &+= documents[below &+ 15] < wanted ? 16 : 0
    below &+= documents[below &+ 7] < wanted ? 8 : 0
    below &+= documents[below &+ 3] < wanted ? 4 : 0
    below &+= documents[below &+ 1] < wanted ? 2 : 0
    below &+= documents[below] < wanted ? 1 : 0
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

  // The first block after the present one whose last document is not below `target`; `blocks` for the rest.
  private func blockHolding(_ target: Int) throws(SegmentError) -> Int {
    var low = max(block, 0)
    var high = blocks
    // Gallop: targets are mostly near.
    var step = 1
    while low + step < blocks, try lastDocument(low + step - 1) < target {
      low += step
      step *= 2
    }
    high = min(high, low + step)
    while low < high {
      let middle = (low + high) / 2
      if try lastDocument(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Full blocks; the rest behind them counts as one more where there is one.
  package var blockCount: Int { blocks }

  /// What bounds the scores of a full block.
  package func impact(_ block: Int) throws(SegmentError) -> BlockImpact {
    let place = skips + block * SegmentFormat.skipEntry + 12
    return BlockImpact(
      once: try member.load(place, as: UInt8.self), twice: try member.load(place + 1, as: UInt8.self),
      often: try member.load(place + 2, as: UInt8.self), greatest: try member.load(place + 3, as: UInt8.self))
  }

  /// The first full block from `start` on whose last document is not below `target`; `blockCount` for the rest.
  package func block(holding target: Int, from start: Int) throws(SegmentError) -> Int {
    var block = start
    var step = 1
    while block < blocks, try lastDocument(block) < target {
      // Gallop: targets are mostly near.
      if block + step < blocks, try lastDocument(block + step) < target {
        block += step
        step *= 2
      } else {
        block += 1
        step = 1
      }
    }
    return block
  }

  /// The last document of a full block.
  package func lastDocument(_ block: Int) throws(SegmentError) -> Int {
    Int(try member.load(skips + block * SegmentFormat.skipEntry, as: UInt32.self))
  }

  private mutating func load(_ wanted: Int) throws(SegmentError) {
    block = wanted
    index = 0
    countsAreDecoded = !hasCounts
    let before = wanted == 0 ? -1 : try lastDocument(wanted - 1)
    // With this, sums of narrow differences cannot wrap, so that only the last document of a block needs a look.
    guard before < documentLimit else {
      throw member.corrupt(skips, "document \(before) of \(documentLimit)")
    }
    if wanted < blocks {
      let entry = skips + wanted * SegmentFormat.skipEntry
      let start = data + Int(try member.load(entry + 4, as: UInt32.self))
      let bits = Int(try member.load(start, as: UInt8.self))
      countBits = Int(try member.load(start + 1, as: UInt8.self))
      countsPlace = start + 2 + 16 * bits
      guard bits <= 32, countBits <= 32, countsPlace + 16 * countBits <= limit else {
        throw member.corrupt(start, "a block of \(bits) and \(countBits) bits")
      }
      filled = SegmentFormat.packedBlock
      try Self.decodeDocuments(member, start + 2, bits: bits, before: before, into: &documents)
      guard Int(documents[127]) < documentLimit, Int(documents[127]) == (try lastDocument(wanted)) else {
        throw member.corrupt(start, "a block that does not end where its skip entry says")
      }
    } else {
      try loadRest(before: before)
    }
  }

  private static func decodeDocuments(
    _ member: CheckedMember, _ place: Int, bits: Int, before: Int, into documents: inout [128 of UInt32]
  ) throws(SegmentError) {
    let bytes = try member.span(place, 16 * bits)
    BitPacking.unpack(bytes, at: 0, bits: bits, into: &documents)
    // Wraps only in damaged data, which the caller finds by the last document (and here by the width).
    guard bits <= 24 else { return try decodeWide(member, place, before: before, &documents) }
    var last = UInt32(truncatingIfNeeded: before)
    for index in 0..<128 {
      last = last &+ documents[index] &+ 1
      documents[index] = last
    }
  }

  private static func decodeWide(
    _ member: CheckedMember, _ place: Int, before: Int, _ documents: inout [128 of UInt32]
  ) throws(SegmentError) {
    var last = before
    for index in 0..<128 {
      last += Int(documents[index]) + 1
      guard last <= Int(Int32.max) else { throw member.corrupt(place, "documents beyond 2^31") }
      documents[index] = UInt32(last)
    }
  }

  private mutating func decodeCounts() throws(SegmentError) {
    try Self.decodeCounts(member, countsPlace, bits: countBits, into: &counts)
    countsAreDecoded = true
  }

  private static func decodeCounts(
    _ member: CheckedMember, _ place: Int, bits: Int, into counts: inout [128 of UInt32]
  ) throws(SegmentError) {
    BitPacking.unpack(try member.span(place, 16 * bits), at: 0, bits: bits, into: &counts)
    for index in 0..<128 { counts[index] = counts[index] &+ 1 }
  }

  // The fewer than 128 documents at the end, as varints.
  private mutating func loadRest(before: Int) throws(SegmentError) {
    filled = count - blocks * SegmentFormat.packedBlock
    countsAreDecoded = true
    if filled == 0 { return }
    var place = data
    if blocks > 0 {
      // The rest begins where the last block ends.
      let entry = skips + (blocks - 1) * SegmentFormat.skipEntry
      let start = data + Int(try member.load(entry + 4, as: UInt32.self))
      let bits = Int(try member.load(start, as: UInt8.self))
      let countBits = Int(try member.load(start + 1, as: UInt8.self))
      place = start + 2 + 16 * (bits + countBits)
      if hasCounts { tailOccurrences = try occurrencesOfBlocks(entry, start, bits, countBits) }
    }
    for slot in filled..<128 { documents[slot] = .max }
    var last = before
    for slot in 0..<filled {
      var difference = try number(&place)
      if hasCounts {
        let isOnce = difference & 1 == 1
        difference >>= 1
        counts[slot] = isOnce ? 1 : UInt32(clamping: try number(&place)) &+ 2
      }
      last += difference + 1
      guard last < documentLimit else { throw member.corrupt(place, "document \(last) of \(documentLimit)") }
      documents[slot] = UInt32(last)
    }
  }

  private func occurrencesOfBlocks(_ entry: Int, _ start: Int, _ bits: Int, _ countBits: Int)
    throws(SegmentError) -> Int
  {
    guard bits <= 32, countBits <= 32 else {
      throw member.corrupt(start, "a block of \(bits) and \(countBits) bits")
    }
    var block: [128 of UInt32] = [128 of UInt32](repeating: 0)
    try Self.decodeCounts(member, start + 2 + 16 * bits, bits: countBits, into: &block)
    var sum = Int(try member.load(entry + 8, as: UInt32.self))
    for index in 0..<128 { sum += Int(block[index]) }
    return sum
  }

  private func number(_ place: inout Int) throws(SegmentError) -> Int {
    var value = 0
    var shift = 0
    while true {
      guard place < limit, shift < 42 else { throw member.corrupt(place, "a number that does not end") }
      let byte = Int(try member.load(place, as: UInt8.self))
      place += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
