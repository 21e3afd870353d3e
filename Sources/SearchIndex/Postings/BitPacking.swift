internal import Bytes

/// Blocks of 128 numbers of up to 32 bits, packed in four interleaved lanes: value i lies in lane i mod 4.
///
/// The layout is that of D. Lemire and L. Boytsov, "Decoding billions of integers per second through vectorization"
/// (2015): one SIMD operation unpacks four neighbours. `bits` × 16 bytes a block.
///
/// What only reads numbers takes them `inout`: lent otherwise, all 512 bytes are copied first.
enum BitPacking {
  /// The width that holds every value.
  static func width(_ values: inout [128 of UInt32]) -> Int {
    var all: UInt32 = 0
    for index in 0..<128 { all |= values[index] }
    return 32 - all.leadingZeroBitCount
  }

  /// Appends 16 × `bits` bytes.
  static func pack(_ values: inout [128 of UInt32], bits: Int, to out: inout ByteBuffer) {
    if bits == 0 { return }
    var word = SIMD4<UInt32>()
    var filled = 0
    for row in 0..<32 {
      let v = SIMD4<UInt32>(
        values[4 * row], values[4 * row + 1], values[4 * row + 2], values[4 * row + 3])
      word |= v &<< UInt32(filled)
      if filled + bits >= 32 {
        for lane in 0..<4 { out.append(littleEndian: word[lane]) }
        let used = 32 - filled
        word = used < bits ? v &>> UInt32(used) : SIMD4<UInt32>()
        filled = bits - used
      } else {
        filled += bits
      }
    }
  }

  /// Unpacks 128 values from `offset`, where 16 × `bits` bytes must lie.
  static func unpack(_ bytes: Span<UInt8>, at offset: Int, bits: Int, into values: inout [128 of UInt32]) {
    LaneUnpacking.unpack(bytes.extracting(offset..<offset + 16 * bits), bits: bits, plus: 0, into: &values)
  }
}
