internal import Bytes

/// Formats told by their first bytes, never by a name.
enum ContainerFormat: Equatable {
  case plain, gzip, bzip2, xz, zstd, lz4, tar, zip

  /// Bytes that `detect` wants to see: tar's header.
  static let headerSize = 512

  /// The format of what begins with `bytes`.
  static func detect(_ bytes: Span<UInt8>) -> ContainerFormat {
    if bytes.count < 4 {
      return bytes.count >= 3 && bytes.word(at: 0) & 0xFF_FFFF == 0x08_8B1F ? .gzip : .plain
    }
    let word = bytes.word(at: 0)
    switch word & 0xFFFF_FFFF {
    case 0xFD2F_B528: return .zstd
    case 0x184D_2204: return .lz4
    case 0x0403_4B50, 0x0605_4B50: return .zip
    default: break
    }
    if word & 0xFF_FFFF == 0x08_8B1F { return .gzip }
    if word & 0xFFFF_FFFF_FFFF == 0x005A_587A_37FD { return .xz }
    if isBZip2(bytes) { return .bzip2 }
    if isSkippable(bytes) { return .zstd }
    return isTar(bytes) ? .tar : .plain
  }

  /// A frame of user data, which zstd and lz4 share (RFC 8878, 3.1.2).
  static func isSkippable(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 4 && bytes.word(at: 0) & 0xFFFF_FFF0 == 0x184D_2A50
  }

  // "BZh1" to "BZh9", then a block's or the end's magic number.
  private static func isBZip2(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.word(at: 0) & 0xFF_FFFF == 0x68_5A42, bytes[3] >= 0x31, bytes[3] <= 0x39 else { return false }
    if bytes.count < 10 { return true }
    let magic = bytes.word(at: 4) & 0xFFFF_FFFF_FFFF
    return magic == 0x5953_2659_4131 || magic == 0x9050_3845_7217
  }

  // Every tar header carries the sum of its bytes (POSIX ustar); an archive without members is all zeros.
  private static func isTar(_ bytes: Span<UInt8>) -> Bool {
    if bytes.count < headerSize { return false }
    var sum = 0
    for index in 0..<headerSize { sum += (148..<156).contains(index) ? 32 : Int(bytes[index]) }
    if sum == 8 * 32 { return true }
    var stated = 0
    var digits = 0
    for index in 148..<156 {
      let byte = bytes[index]
      if byte >= 48 && byte <= 55 {
        stated = stated * 8 + Int(byte - 48)
        digits += 1
      } else if byte != 32 || digits > 0 {
        break
      }
    }
    return digits > 0 && stated == sum
  }

  /// A decoder for a compression format, nil for the others.
  var decoder: (any Decompressor)? {
    switch self {
    case .gzip: GzipDecoder()
    case .bzip2: BZip2Decoder()
    case .xz: XZDecoder()
    case .zstd: ZstdDecoder()
    case .lz4: LZ4Decoder()
    default: nil
    }
  }
}
