package import Bytes

// A posting list: documents in rising order (newest tweets first), for text terms with frequencies.
//
//   text terms of 256 documents or more, first two tiers: u32 bytes, u32 documents, a list without tiers. The first of
//     documents of at most 9 positions, the second of longer ones that hold the term more than once
//   per full block of 128 documents, a skip entry of 16 bytes:
//     u32 last document, u32 where the block begins (from the end of the skip entries), u32 occurrences before it,
//     u8 × 3 least length of a document that holds the term once, twice, more often (255: none), u8 greatest frequency
//   per full block: u8 bits, u8 bits, 128 packed differences of documents (from the one before, the first from −1,
//     less one), 128 packed (frequency − 1)
//   the rest, fewer than 128: varint difference less one; text terms: (difference less one) × 2 + 1 when the frequency
//     is 1, else × 2 and then varint (frequency − 2)
/// Encodes posting lists.
package struct PostingsWriter: ~Copyable {
  /// The member being written.
  package private(set) var bytes = ByteBuffer(capacity: 1 << 16)
  private var skips = ByteBuffer()
  private var blocks = ByteBuffer()
  private var rest = ByteBuffer()
  private var tiers = PostingTiers()
  private var differences: [128 of UInt32] = [128 of UInt32](repeating: 0)
  private var frequencies: [128 of UInt32] = [128 of UInt32](repeating: 0)

  /// An empty member.
  package init() {}

  /// Appends the list of one term. `lengths` are those of all documents; `counts` is nil for terms without frequencies.
  /// - Returns: how many bytes it takes.
  package mutating func add(documents: Span<UInt32>, counts: Span<UInt32>?, lengths: Span<UInt32>) -> Int {
    let start = bytes.count
    if let counts, documents.count >= SegmentFormat.tieredList {
      addTiers(documents, counts, lengths)
    }
    encode(documents, counts, lengths)
    appendEncoded()
    return bytes.count - start
  }

  private mutating func addTiers(_ documents: Span<UInt32>, _ counts: Span<UInt32>, _ lengths: Span<UInt32>) {
    tiers.divide(documents, counts, lengths)
    let tiers = self.tiers
    for tier in [tiers.short, tiers.repeated] {
      encode(tier.documents.span, tier.counts.span, lengths)
      bytes.append(littleEndian: UInt32(skips.count + blocks.count + rest.count))
      bytes.append(littleEndian: UInt32(tier.documents.count))
      appendEncoded()
    }
  }

  // Encodes one list into `skips`, `blocks` and `rest`.
  private mutating func encode(
    _ documents: Span<UInt32>, _ counts: Span<UInt32>?, _ lengths: Span<UInt32>
  ) {
    let full = documents.count / SegmentFormat.packedBlock
    skips.removeAll()
    blocks.removeAll()
    rest.removeAll()
    var last: Int64 = -1
    var occurrences: UInt32 = 0
    for block in 0..<full {
      let base = block * SegmentFormat.packedBlock
      let before = occurrences
      var impact = BlockImpact()
      for index in 0..<SegmentFormat.packedBlock {
        let document = documents[base + index]
        differences[index] = UInt32(truncatingIfNeeded: Int64(document) - last - 1)
        last = Int64(document)
        if let counts {
          let count = counts[base + index]
          frequencies[index] = count - 1
          occurrences += count
          impact.add(count: count, length: lengths[Int(document)])
        }
      }
      skips.append(littleEndian: UInt32(truncatingIfNeeded: last))
      skips.append(littleEndian: UInt32(blocks.count))
      skips.append(littleEndian: before)
      impact.write(to: &skips)
      let documentBits = BitPacking.width(&differences)
      let countBits = counts == nil ? 0 : BitPacking.width(&frequencies)
      blocks.append(UInt8(documentBits))
      blocks.append(UInt8(countBits))
      BitPacking.pack(&differences, bits: documentBits, to: &blocks)
      BitPacking.pack(&frequencies, bits: countBits, to: &blocks)
    }
    for index in full * SegmentFormat.packedBlock..<documents.count {
      let difference = UInt64(Int64(documents[index]) - last - 1)
      last = Int64(documents[index])
      guard let counts else {
        rest.append(varint: difference)
        continue
      }
      let count = counts[index]
      rest.append(varint: difference << 1 | (count == 1 ? 1 : 0))
      if count > 1 { rest.append(varint: UInt64(count - 2)) }
    }
  }

  private mutating func appendEncoded() {
    // Most lists are shorter than a block.
    if !skips.isEmpty {
      bytes.append(contentsOf: skips)
      bytes.append(contentsOf: blocks)
    }
    bytes.append(contentsOf: rest)
  }
}

/// What bounds the score of every posting of a block: the shortest documents by frequency, and the greatest frequency.
package struct BlockImpact: Equatable, Sendable {
  /// Least lengths of documents that hold the term once, twice, three times or more; 255 where there is none or all
  /// are longer.
  package var once: UInt8 = 255, twice: UInt8 = 255, often: UInt8 = 255
  /// The greatest frequency, at most 255 (which stands for "255 or more").
  package var greatest: UInt8 = 0

  init() {}

  /// That of a skip entry's last four bytes.
  init(_ word: UInt32) {
    once = UInt8(truncatingIfNeeded: word)
    twice = UInt8(truncatingIfNeeded: word >> 8)
    often = UInt8(truncatingIfNeeded: word >> 16)
    greatest = UInt8(truncatingIfNeeded: word >> 24)
  }

  mutating func add(count: UInt32, length: UInt32) {
    let short = UInt8(min(length, 255))
    switch count {
    case 1: once = min(once, short)
    case 2: twice = min(twice, short)
    default: often = min(often, short)
    }
    greatest = max(greatest, UInt8(min(count, 255)))
  }

  func write(to out: inout ByteBuffer) {
    out.append(once)
    out.append(twice)
    out.append(often)
    out.append(greatest)
  }
}
