internal import CLanes

/// Unpacks 128 numbers from four interleaved lanes (value i in lane i mod 4, lowest bit first).
///
/// Here, and not beside the format, since it hands pointers to C.
@safe
public enum LaneUnpacking {
  /// Adds `offset` to each number of `bits` bits. - Precondition: 0…32 bits, 16 × `bits` bytes.
  public static func unpack(
    _ bytes: Span<UInt8>, bits: Int, plus offset: UInt32, into values: inout [128 of UInt32]
  ) {
    unsafe walk(bytes, bits, into: &values) { unsafe tm_lanes_unpack($0, UInt32(bits), offset, $1) }
  }

  /// Makes each number the sum of those before it, of one for each, and of `last`: what differences less one say of rising
  /// numbers. Wraps beyond 2³². - Precondition: as above.
  public static func unpackRising(
    _ bytes: Span<UInt8>, bits: Int, after last: UInt32, into values: inout [128 of UInt32]
  ) {
    unsafe walk(bytes, bits, into: &values) { unsafe tm_lanes_unpack_rising($0, UInt32(bits), last, $1) }
  }

  @inline(__always)
  private static func walk(
    _ bytes: Span<UInt8>, _ bits: Int, into values: inout [128 of UInt32],
    _ body: (UnsafePointer<UInt8>?, UnsafeMutablePointer<UInt32>) -> Void
  ) {
    precondition(bits >= 0 && bits <= 32 && bytes.count >= 16 * bits)
    var numbers = values.mutableSpan
    // SAFETY: there are 128 numbers to write, and as many bytes to read as the precondition says; with 0 bits none is read.
    unsafe numbers.withUnsafeMutableBufferPointer { target in
      unsafe bytes.withUnsafeBufferPointer { source in
        if let values = target.baseAddress { unsafe body(source.baseAddress, values) }
      }
    }
  }
}
