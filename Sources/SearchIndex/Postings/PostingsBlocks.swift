internal import Bytes
package import Commits

/// One posting list by blocks of 128 documents, which may be read in any order. The rest, fewer than 128, counts as the
/// block behind the full ones. What is damaged is thrown, never trapped on.
package struct PostingsBlocks: Sendable {
  /// Documents in the list.
  package let count: Int
  /// Full blocks.
  package let full: Int
  /// Whether frequencies are stored; where not, all are 1.
  package let hasCounts: Bool
  private let member: CheckedMember
  // Where the skip entries, the blocks and the list's end lie in the member.
  private let skips: Int
  private let data: Int
  private let limit: Int
  /// Documents of the segment.
  package let documentLimit: Int

  /// The list of `info` in `segment`.
  package init(_ segment: Segment, _ info: TermInfo, hasCounts: Bool) throws(SegmentError) {
    member = segment.postings
    count = info.documents
    self.hasCounts = hasCounts
    full = info.documents / SegmentFormat.packedBlock
    skips = info.postings.lowerBound
    data = skips + full * SegmentFormat.skipEntry
    limit = info.postings.upperBound
    documentLimit = segment.documentCount
    guard limit <= member.count, data <= limit, count <= documentLimit else {
      throw member.corrupt(skips, "a posting list of \(count) documents in \(info.postings.count) bytes")
    }
  }

  // MARK: Skip entries

  /// The last document of a full block.
  package func lastDocument(_ block: Int) throws(SegmentError) -> Int {
    Int(try member.load(skips + block * SegmentFormat.skipEntry, as: UInt32.self))
  }

  /// What bounds the scores of a full block.
  package func impact(_ block: Int) throws(SegmentError) -> BlockImpact {
    BlockImpact(try member.load(skips + block * SegmentFormat.skipEntry + 12, as: UInt32.self))
  }

  /// Appends the last document and the impact of every full block. - Complexity: O(blocks).
  package func readSkips(lasts: inout [UInt32], impacts: inout [BlockImpact]) throws(SegmentError) {
    let member = self.member
    let entries = try member.span(skips, full * SegmentFormat.skipEntry)
    lasts.reserveCapacity(lasts.count + full + 1)
    impacts.reserveCapacity(impacts.count + full + 1)
    var place = 0
    for _ in 0..<full {
      lasts.append(UInt32(truncatingIfNeeded: entries.word(at: place)))
      impacts.append(BlockImpact(UInt32(truncatingIfNeeded: entries.word(at: place + 8) >> 32)))
      place += SegmentFormat.skipEntry
    }
  }

  /// Occurrences in the blocks before one. - Complexity: O(1), or a block for the rest.
  package func occurrences(before block: Int) throws(SegmentError) -> Int {
    if block < full { return Int(try occurrencesBefore(block)) }
    if full == 0 { return 0 }
    var sum = Int(try occurrencesBefore(full - 1))
    var counts: [128 of UInt32] = [128 of UInt32](repeating: 0)
    try readCounts(full - 1, into: &counts)
    for index in 0..<128 { sum += Int(counts[index]) }
    return sum
  }

  private func occurrencesBefore(_ block: Int) throws(SegmentError) -> UInt32 {
    try member.load(skips + block * SegmentFormat.skipEntry + 8, as: UInt32.self)
  }

  // MARK: Blocks

  /// Reads the documents of a block, and of the rest the frequencies too; places behind its end become `UInt32.max`.
  /// - Returns: how many there are.
  package func read(
    _ block: Int, into documents: inout [128 of UInt32], counts: inout [128 of UInt32]
  ) throws(SegmentError) -> Int {
    let before = block == 0 ? -1 : try lastDocument(block - 1)
    // With this, sums of narrow differences cannot wrap, so that only the last document of a block needs a look.
    guard before < documentLimit else {
      throw member.corrupt(skips, "document \(before) of \(documentLimit)")
    }
    guard block < full else { return try readRest(before, into: &documents, counts: &counts) }
    let (start, bits, _) = try widths(block)
    let member = self.member
    let packed = try member.span(start + 2, 16 * bits)
    // Wraps only in damaged data, which is found by the last document (and here by the width).
    if bits <= 24 {
      LaneUnpacking.unpackRising(
        packed, bits: bits, after: UInt32(truncatingIfNeeded: before), into: &documents)
    } else {
      BitPacking.unpack(packed, at: 0, bits: bits, into: &documents)
      var last = before
      for index in 0..<128 {
        last += Int(documents[index]) + 1
        guard last <= Int(Int32.max) else { throw member.corrupt(start, "documents beyond 2^31") }
        documents[index] = UInt32(last)
      }
    }
    guard Int(documents[127]) < documentLimit, Int(documents[127]) == (try lastDocument(block)) else {
      throw member.corrupt(start, "a block that does not end where its skip entry says")
    }
    return SegmentFormat.packedBlock
  }

  /// The list's first document; `Int.max` for an empty list.
  package func firstDocument() throws(SegmentError) -> Int {
    var documents: [128 of UInt32] = [128 of UInt32](repeating: 0)
    var counts: [128 of UInt32] = [128 of UInt32](repeating: 1)
    return try read(0, into: &documents, counts: &counts) == 0 ? .max : Int(documents[0])
  }

  /// Reads the frequencies of a full block.
  package func readCounts(_ block: Int, into counts: inout [128 of UInt32]) throws(SegmentError) {
    let (start, bits, countBits) = try widths(block)
    let member = self.member
    let packed = try member.span(start + 2 + 16 * bits, 16 * countBits)
    LaneUnpacking.unpack(packed, bits: countBits, plus: 1, into: &counts)
  }

  // Where a full block begins, and its two widths.
  private func widths(_ block: Int) throws(SegmentError) -> (start: Int, documents: Int, counts: Int) {
    let start = data + Int(try member.load(skips + block * SegmentFormat.skipEntry + 4, as: UInt32.self))
    let bits = Int(try member.load(start, as: UInt8.self))
    let countBits = Int(try member.load(start + 1, as: UInt8.self))
    guard bits <= 32, countBits <= 32, start + 2 + 16 * (bits + countBits) <= limit else {
      throw member.corrupt(start, "a block of \(bits) and \(countBits) bits")
    }
    return (start, bits, countBits)
  }

  // The fewer than 128 documents at the end, as varints. They begin where the last block ends.
  private func readRest(
    _ before: Int, into documents: inout [128 of UInt32], counts: inout [128 of UInt32]
  ) throws(SegmentError) -> Int {
    let filled = count - full * SegmentFormat.packedBlock
    var place = data
    if full > 0 {
      let (start, bits, countBits) = try widths(full - 1)
      place = start + 2 + 16 * (bits + countBits)
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
    return filled
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
