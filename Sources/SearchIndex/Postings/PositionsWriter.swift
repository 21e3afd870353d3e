package import Bytes

// The positions of one term: per document, in the order of its postings, the first position and then differences.
//
//   when there are 128 or more numbers: per full block of 128, u32 where it begins (from the end of this table)
//   per full block: u8 bits, 128 packed numbers
//   the rest: varints
/// Encodes lists of positions.
package struct PositionsWriter: ~Copyable {
  /// The member being written.
  package private(set) var bytes = ByteBuffer(capacity: 1 << 16)
  private var blocks = ByteBuffer()
  private var block: [128 of UInt32] = [128 of UInt32](repeating: 0)

  /// An empty member.
  package init() {}

  /// Appends one term's numbers. - Returns: how many bytes they take.
  package mutating func add(_ numbers: Span<UInt32>) -> Int {
    let start = bytes.count
    let full = numbers.count / SegmentFormat.packedBlock
    blocks.removeAll()
    for index in 0..<full {
      for place in 0..<SegmentFormat.packedBlock {
        block[place] = numbers[index * SegmentFormat.packedBlock + place]
      }
      bytes.append(littleEndian: UInt32(blocks.count))
      let bits = BitPacking.width(&block)
      blocks.append(UInt8(bits))
      BitPacking.pack(&block, bits: bits, to: &blocks)
    }
    if full > 0 { bytes.append(contentsOf: blocks) }
    for index in full * SegmentFormat.packedBlock..<numbers.count {
      bytes.append(varint: UInt64(numbers[index]))
    }
    return bytes.count - start
  }
}
