import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct BitPackingTests {
  @Test("every width comes back, bit by bit where the layout says", arguments: 0...32) func widths(bits: Int)
  {
    var random = SeededGenerator(seed: UInt64(bits))
    let limit = bits == 32 ? UInt32.max : (1 << UInt32(bits)) - 1
    for round in 0..<20 {
      var values = [128 of UInt32](repeating: 0)
      for index in 0..<128 {
        values[index] = round == 0 ? limit : UInt32.random(in: 0...limit, using: &random)
      }
      if bits > 0 { values[Int.random(in: 0..<128, using: &random)] = limit }
      #expect(BitPacking.width(&values) == bits)
      var packed = ByteBuffer()
      BitPacking.pack(&values, bits: bits, to: &packed)
      #expect(packed.count == 16 * bits)
      // The twin: value i is row i / 4 of lane i mod 4; lane words of 32 bits lie side by side.
      let bytes = packed.span.array
      var naive = [128 of UInt32](repeating: 0)
      for index in 0..<128 {
        var value: UInt32 = 0
        for bit in 0..<bits {
          let position = index / 4 * bits + bit
          let byte = position / 32 * 16 + index % 4 * 4 + position % 32 / 8
          if bytes[byte] >> UInt8(position % 8) & 1 == 1 { value |= 1 << UInt32(bit) }
        }
        naive[index] = value
      }
      var unpacked = [128 of UInt32](repeating: 7)
      BitPacking.unpack(packed.span, at: 0, bits: bits, into: &unpacked)
      var same = true
      for index in 0..<128 {
        same = same && unpacked[index] == values[index] && naive[index] == values[index]
      }
      #expect(same)
    }
  }
}
