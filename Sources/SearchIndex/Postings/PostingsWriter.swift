package import Bytes

// A posting list: documents in rising order (newest tweets first), for text terms with frequencies.
//
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
  private var differences: [128 of UInt32] = [128 of UInt32](repeating: 0)
  private var frequencies: [128 of UInt32] = [128 of UInt32](repeating: 0)

  /// An empty member.
  package init() {}

  /// Appends the list of one term. `lengths` are those of all documents; `counts` is nil for terms without frequencies.
  /// - Returns: how many bytes it takes.
  package mutating func add(documents: Span<UInt32>, counts: Span<UInt32>?, lengths: Span<UInt32>) -> Int {
    let start = bytes.count
    let full = documents.count / SegmentFormat.packedBlock
    skips.removeAll()
    blocks.removeAll()
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
      let documentBits = BitPacking.width(differences)
      let countBits = counts == nil ? 0 : BitPacking.width(frequencies)
      blocks.append(UInt8(documentBits))
      blocks.append(UInt8(countBits))
      BitPacking.pack(differences, bits: documentBits, to: &blocks)
      BitPacking.pack(frequencies, bits: countBits, to: &blocks)
    }
    // Most lists are shorter than a block.
    if full > 0 {
      bytes.append(contentsOf: skips)
      bytes.append(contentsOf: blocks)
    }
    for index in full * SegmentFormat.packedBlock..<documents.count {
      let difference = UInt64(Int64(documents[index]) - last - 1)
      last = Int64(documents[index])
      guard let counts else {
        bytes.append(varint: difference)
        continue
      }
      let count = counts[index]
      bytes.append(varint: difference << 1 | (count == 1 ? 1 : 0))
      if count > 1 { bytes.append(varint: UInt64(count - 2)) }
    }
    return bytes.count - start
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
