import Bytes
import TestSupport
import Testing

@Suite struct LaneUnpackingTests {
  /// Value i lies in lane i mod 4, at bit ⌊i / 4⌋ × bits of the lane.
  static func packed(_ values: [UInt32], bits: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16 * bits)
    for (index, value) in values.enumerated() {
      for bit in 0..<bits where value >> UInt32(bit) & 1 == 1 {
        let place = index / 4 * bits + bit
        bytes[place / 32 * 16 + index % 4 * 4 + place % 32 / 8] |= 1 << UInt8(place % 8)
      }
    }
    return bytes
  }

  @Test("numbers of every width come back, moved, and as sums", arguments: 0...32) func widths(bits: Int) {
    var random = SeededGenerator(seed: UInt64(bits))
    let mask = bits == 32 ? UInt32.max : (1 << UInt32(bits)) - 1
    let values = (0..<128).map { _ in UInt32(truncatingIfNeeded: random.next()) & mask }
    let bytes = Self.packed(values, bits: bits)
    var found = [128 of UInt32](repeating: 7)
    LaneUnpacking.unpack(bytes.span, bits: bits, plus: 5, into: &found)
    let moved = (0..<128).map { found[$0] }
    #expect(moved == values.map { $0 &+ 5 })
    LaneUnpacking.unpackRising(bytes.span, bits: bits, after: 100, into: &found)
    var sum: UInt32 = 100
    let sums = values.map { value -> UInt32 in
      sum = sum &+ value &+ 1
      return sum
    }
    let rising = (0..<128).map { found[$0] }
    #expect(rising == sums)
  }

  @Test("too few bytes end the process") func short() async {
    await #expect(processExitsWith: .failure) {
      var found = [128 of UInt32](repeating: 0)
      let bytes = [UInt8](repeating: 0, count: 31)
      LaneUnpacking.unpack(bytes.span, bits: 2, plus: 0, into: &found)
    }
  }
}
