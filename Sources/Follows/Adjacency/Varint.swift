internal import Bytes

/// Numbers in as few bytes as they need: seven bits a byte, the lowest first, the top bit set where more follow (LEB128).
enum Varint {
  /// Appends `value`.
  @inline(__always)
  static func append(_ value: UInt64, to out: inout ByteBuffer) {
    var rest = value
    while rest >= 0x80 {
      out.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    out.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Reads one at `index`, which it passes. The bytes are our own: a read past their end traps.
  @inline(__always)
  static func read(_ bytes: Span<UInt8>, _ index: inout Int) -> UInt64 {
    var byte = bytes[index]
    index += 1
    if byte < 0x80 { return UInt64(byte) }
    var value = UInt64(byte & 0x7F)
    var shift: UInt64 = 7
    repeat {
      byte = bytes[index]
      index += 1
      value |= UInt64(byte & 0x7F) &<< shift
      shift += 7
    } while byte >= 0x80
    return value
  }

  /// Small for small differences of either sign: 0, −1, 1, −2… become 0, 1, 2, 3…
  @inline(__always)
  static func zigzag(_ from: UInt32, _ to: UInt32) -> UInt64 {
    let difference = Int64(to) - Int64(from)
    return UInt64(bitPattern: difference << 1 ^ difference >> 63)
  }

  /// The number that lies so far from `from`.
  @inline(__always)
  static func unzigzag(_ from: UInt32, _ code: UInt64) -> UInt32 {
    let difference = Int64(bitPattern: code >> 1) ^ -Int64(bitPattern: code & 1)
    return UInt32(truncatingIfNeeded: Int64(from) + difference)
  }
}
