internal import CXXHash

/// XXH3 and XXH64 from libxxhash: checksums against accidents, not against attackers.
public enum Checksum {
  /// XXH3, 64 bits, seed 0: members and data blocks. About 10 GB/s.
  public static func xxh3(_ bytes: Span<UInt8>) -> UInt64 {
    if bytes.count > 0 && bytes.count <= 16 { return short(bytes) }
    return unsafe bytes.withUnsafeBufferPointer { unsafe tweetmill_xxh3($0.baseAddress, $0.count) }
  }

  // Of 1 to 16 bytes: most words, whose way into the library and through its choice of instructions took longer than the
  // hash. The words that are combined by exclusive or are the beginning of the library's secret.
  private static func short(_ bytes: Span<UInt8>) -> UInt64 {
    let count = UInt64(bytes.count)
    if bytes.count <= 3 {
      let ends = UInt64(bytes[0]) << 16 | UInt64(bytes[bytes.count - 1])
      var hash = (ends | UInt64(bytes[bytes.count >> 1]) << 24 | count << 8) ^ (0x396C_FEB8 ^ 0xBE4B_A423)
      hash = (hash ^ hash >> 33) &* 0xC2B2_AE3D_27D4_EB4F
      hash = (hash ^ hash >> 29) &* 0x1656_67B1_9E37_79F9
      return hash ^ hash >> 32
    }
    if bytes.count <= 8 {
      let (first, last) = bytes.outerHalfWords
      var hash = (last &+ first << 32) ^ (0x1CAD_21F7_2C81_017C ^ 0xDB97_9083_E96D_D4DE)
      hash ^= (hash << 49 | hash >> 15) ^ (hash << 24 | hash >> 40)
      hash = hash &* 0x9FB2_1C65_1E98_DF25
      hash ^= (hash >> 35) &+ count
      hash = hash &* 0x9FB2_1C65_1E98_DF25
      return hash ^ hash >> 28
    }
    let low = bytes.word(at: 0) ^ (0x1F67_B3B7_A4A4_4072 ^ 0x78E5_C0CC_4EE6_79CB)
    let high = bytes.word(at: bytes.count - 8) ^ (0x2172_FFCC_7DD0_5A82 ^ 0x8E24_43F7_7446_08B8)
    let product = low.multipliedFullWidth(by: high)
    var hash = count &+ low.byteSwapped &+ high &+ (product.low ^ product.high)
    hash ^= hash >> 37
    hash = hash &* 0x1656_6791_9E37_79F9
    return hash ^ hash >> 32
  }

  /// XXH64, seed 0: shard numbers, samples, anything that others must be able to compute.
  public static func xxh64(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe XXH64($0.baseAddress, $0.count, 0) }
  }
}
