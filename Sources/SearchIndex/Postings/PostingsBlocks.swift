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
  // Where the tiers begin, when there are any.
  private let tiers: Int?
  // Where the skip entries, the blocks and the list's end lie in the member.
  private let skips: Int
  private let data: Int
  private let limit: Int
  /// Documents of the segment.
  package let documentLimit: Int

  /// The list of `info` in `segment`.
  package init(_ segment: Segment, _ info: TermInfo, hasCounts: Bool) throws(SegmentError) {
    let isTiered =
      hasCounts && info.documents >= SegmentFormat.tieredList
      && segment.header.version >= SegmentFormat.tieredVersion
    try self.init(
      segment.postings, info.postings, count: info.documents, hasCounts: hasCounts, isTiered: isTiered,
      documentLimit: segment.documentCount)
  }

  private init(
    _ member: CheckedMember, _ range: Range<Int>, count: Int, hasCounts: Bool, isTiered: Bool,
    documentLimit: Int
  ) throws(SegmentError) {
    self.member = member
    self.count = count
    self.hasCounts = hasCounts
    self.documentLimit = documentLimit
    limit = range.upperBound
    var start = range.lowerBound
    tiers = isTiered ? start : nil
    if isTiered {
      for _ in 0..<2 { start += SegmentFormat.tierHead + Int(try member.load(start, as: UInt32.self)) }
    }
    full = count / SegmentFormat.packedBlock
    skips = start
    data = skips + full * SegmentFormat.skipEntry
    guard limit <= member.count, data <= limit, count <= documentLimit else {
      throw member.corrupt(skips, "a posting list of \(count) documents in \(range.count) bytes")
    }
  }

  // MARK: Tiers

  /// Documents of short texts; nil for a list without tiers.
  package func short() throws(SegmentError) -> PostingsBlocks? {
    guard let tiers else { return nil }
    return try tier(tiers)
  }

  /// Documents of longer texts that hold the term more than once; nil for a list without tiers.
  package func repeated() throws(SegmentError) -> PostingsBlocks? {
    guard let tiers else { return nil }
    return try tier(tiers + SegmentFormat.tierHead + Int(try member.load(tiers, as: UInt32.self)))
  }

  private func tier(_ head: Int) throws(SegmentError) -> PostingsBlocks {
    let start = head + SegmentFormat.tierHead
    let size = Int(try member.load(head, as: UInt32.self))
    return try PostingsBlocks(
      member, start..<start + size, count: Int(try member.load(head + 4, as: UInt32.self)), hasCounts: true,
      isTiered: false, documentLimit: documentLimit)
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

  /// Appends the last document, the place and the impact of every full block. - Complexity: O(blocks).
  package func readSkips(
    lasts: inout [UInt32], starts: inout [UInt32], impacts: inout [BlockImpact]
  ) throws(SegmentError) {
    let member = self.member
    let entries = try member.span(skips, full * SegmentFormat.skipEntry)
    lasts.reserveCapacity(lasts.count + full + 1)
    starts.reserveCapacity(starts.count + full)
    impacts.reserveCapacity(impacts.count + full)
    var place = 0
    for _ in 0..<full {
      let word = entries.word(at: place)
      lasts.append(UInt32(truncatingIfNeeded: word))
      starts.append(UInt32(truncatingIfNeeded: word >> 32))
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
    _ = try read(
      at: try start(block), between: before < 0 ? nil : UInt32(before),
      UInt32(try lastDocument(block)), into: &documents)
    return SegmentFormat.packedBlock
  }

  /// Reads the documents of the full block that begins at `place`, behind the document `before` and up to `last`, as the
  /// skip entries say. - Returns: where its frequencies lie.
  package func read(
    at place: UInt32, between before: UInt32?, _ last: UInt32, into documents: inout [128 of UInt32]
  ) throws(SegmentError) -> PackedCounts {
    let member = self.member
    let start = data + Int(place)
    let widths = try member.load(start, as: UInt16.self)
    let bits = Int(widths & 0xFF)
    let countBits = Int(widths >> 8)
    guard bits <= 32, countBits <= 32, start + 2 + 16 * (bits + countBits) <= limit else {
      throw member.corrupt(start, "a block of \(bits) and \(countBits) bits")
    }
    // With this, sums of narrow differences cannot wrap, so that only the last document of a block needs a look.
    guard before.map({ Int($0) < documentLimit }) ?? true else {
      throw member.corrupt(skips, "a document before the block that the segment does not have")
    }
    let packed = try member.span(start + 2, 16 * bits)
    // Wraps only in damaged data, which is found by the last document (and here by the width).
    if bits <= 24 {
      LaneUnpacking.unpackRising(packed, bits: bits, after: before ?? .max, into: &documents)
    } else {
      BitPacking.unpack(packed, at: 0, bits: bits, into: &documents)
      var sum = before.map { Int($0) } ?? -1
      for index in 0..<128 {
        sum += Int(documents[index]) + 1
        guard sum <= Int(Int32.max) else { throw member.corrupt(start, "documents beyond 2^31") }
        documents[index] = UInt32(sum)
      }
    }
    guard Int(documents[127]) < documentLimit, documents[127] == last else {
      throw member.corrupt(start, "a block that does not end where its skip entry says")
    }
    return PackedCounts(start: start + 2 + 16 * bits, bits: countBits)
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
    try readCounts(PackedCounts(start: start + 2 + 16 * bits, bits: countBits), into: &counts)
  }

  /// Reads the frequencies of a full block from where `read` found them.
  package func readCounts(_ place: PackedCounts, into counts: inout [128 of UInt32]) throws(SegmentError) {
    let member = self.member
    let packed = try member.span(place.start, 16 * place.bits)
    LaneUnpacking.unpack(packed, bits: place.bits, plus: 1, into: &counts)
  }

  private func start(_ block: Int) throws(SegmentError) -> UInt32 {
    try member.load(skips + block * SegmentFormat.skipEntry + 4, as: UInt32.self)
  }

  // Where a full block begins, and its two widths.
  private func widths(_ block: Int) throws(SegmentError) -> (start: Int, documents: Int, counts: Int) {
    let start = data + Int(try start(block))
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
    let (member, end) = (self.member, limit)
    guard place <= end else { throw member.corrupt(place, "a rest behind the list's end") }
    let bytes = try member.span(place, end - place)
    var offset = 0
    var last = before
    for slot in 0..<filled {
      guard var difference = Self.number(bytes, &offset) else {
        throw member.corrupt(place + offset, "a number that does not end")
      }
      if hasCounts {
        let isOnce = difference & 1 == 1
        difference >>= 1
        counts[slot] = 1
        if !isOnce {
          guard let more = Self.number(bytes, &offset) else {
            throw member.corrupt(place + offset, "a number that does not end")
          }
          counts[slot] = UInt32(clamping: more) &+ 2
        }
      }
      last += difference + 1
      guard last < documentLimit else {
        throw member.corrupt(place + offset, "document \(last) of \(documentLimit)")
      }
      documents[slot] = UInt32(last)
    }
    return filled
  }

  // A varint of up to 42 bits; nil where it does not end.
  @inline(__always)
  private static func number(_ bytes: Span<UInt8>, _ offset: inout Int) -> Int? {
    var value = 0
    var shift = 0
    while true {
      guard offset < bytes.count, shift < 42 else { return nil }
      let byte = Int(bytes[offset])
      offset += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}

/// Where the packed frequencies of a block lie.
package struct PackedCounts: Sendable {
  /// Their first byte in the member.
  var start = 0
  /// Bits of each.
  var bits = 0

  /// Of no block.
  package init() {}

  init(start: Int, bits: Int) {
    self.start = start
    self.bits = bits
  }
}
