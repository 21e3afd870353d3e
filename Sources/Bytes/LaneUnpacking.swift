/// Unpacks 128 numbers from four interleaved lanes (value i in lane i mod 4, lowest bit first), four at a time.
///
/// Here, and not beside the format, since one store of a whole vector needs a pointer: with a store a number a block took
/// three times as long, and intersections of word lists are little else.
@safe
public enum LaneUnpacking {
  /// Adds `offset` to each number of `bits` bits. - Precondition: 0…32 bits, 16 × `bits` bytes.
  public static func unpack(
    _ bytes: Span<UInt8>, bits: Int, plus offset: UInt32, into values: inout [128 of UInt32]
  ) {
    walk(bytes, bits, into: &values) { $0 &+ offset }
  }

  /// Makes each number the sum of those before it, of one for each, and of `last`: what differences less one say of rising
  /// numbers. Wraps beyond 2³². - Precondition: as above.
  public static func unpackRising(
    _ bytes: Span<UInt8>, bits: Int, after last: UInt32, into values: inout [128 of UInt32]
  ) {
    var carry = SIMD4<UInt32>(repeating: last)
    walk(bytes, bits, into: &values) { found in
      var sums = found &+ 1
      sums = sums &+ SIMD4(0, sums[0], sums[1], sums[2])
      sums = sums &+ SIMD4(0, 0, sums[0], sums[1])
      sums = sums &+ carry
      carry = SIMD4(repeating: sums[3])
      return sums
    }
  }

  @inline(__always)
  private static func walk(
    _ bytes: Span<UInt8>, _ bits: Int, into values: inout [128 of UInt32],
    _ store: (SIMD4<UInt32>) -> SIMD4<UInt32>
  ) {
    precondition(bits >= 0 && bits <= 32 && bytes.count >= 16 * bits)
    var values128 = values.mutableSpan
    unsafe values128.withUnsafeMutableBytes { target in
      // SAFETY: 32 rows of 16 bytes are the 512 bytes of 128 numbers; rows of the input are counted by `place`, which stays
      // within 16 × `bits` bytes.
      unsafe bytes.withUnsafeBytes { source in
        if bits == 0 {
          for row in 0..<32 {
            unsafe target.storeBytes(of: store(SIMD4()), toByteOffset: 16 * row, as: SIMD4<UInt32>.self)
          }
          return
        }
        let mask = SIMD4<UInt32>(repeating: bits == 32 ? .max : (1 << UInt32(bits)) - 1)
        var word = unsafe source.loadUnaligned(fromByteOffset: 0, as: SIMD4<UInt32>.self)
        var place = 0
        var filled = 0
        for row in 0..<32 {
          var v = word &>> UInt32(truncatingIfNeeded: filled)
          filled += bits
          if filled >= 32 {
            filled -= 32
            if row < 31 || filled > 0 {
              place += 16
              word = unsafe source.loadUnaligned(fromByteOffset: place, as: SIMD4<UInt32>.self)
              if filled > 0 { v |= word &<< UInt32(truncatingIfNeeded: bits - filled) }
            }
          }
          unsafe target.storeBytes(of: store(v & mask), toByteOffset: 16 * row, as: SIMD4<UInt32>.self)
        }
      }
    }
  }
}
