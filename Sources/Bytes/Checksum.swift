internal import CXXHash
internal import CXXHashInline

/// XXH3 and XXH64 from libxxhash: checksums against accidents, not against attackers.
public enum Checksum {
  /// XXH3, 64 bits, seed 0: members and data blocks. About 10 GB/s.
  public static func xxh3(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { source in
      // Words mostly: by the library's code in place.
      if source.count <= 16 { return unsafe tweetmill_xxh3_short(source.baseAddress, source.count) }
      return unsafe tweetmill_xxh3(source.baseAddress, source.count)
    }
  }

  /// XXH64, seed 0: shard numbers, samples, anything that others must be able to compute.
  public static func xxh64(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe XXH64($0.baseAddress, $0.count, 0) }
  }
}
