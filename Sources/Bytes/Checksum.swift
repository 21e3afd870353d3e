internal import CXXHash

/// XXH3 and XXH64 from libxxhash: checksums against accidents, not against attackers.
public enum Checksum {
  /// XXH3, 64 bits, seed 0: members and data blocks. About 10 GB/s.
  public static func xxh3(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe tweetmill_xxh3($0.baseAddress, $0.count) }
  }

  /// XXH64, seed 0: shard numbers, samples, anything that others must be able to compute.
  public static func xxh64(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe XXH64($0.baseAddress, $0.count, 0) }
  }
}
