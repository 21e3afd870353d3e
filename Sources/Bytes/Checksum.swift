internal import CXXHash

/// XXH3 and XXH64 from libxxhash: checksums against accidents, not against attackers.
public enum Checksum {
  /// XXH3, 64 bits, seed 0: members and data blocks. About 10 GB/s.
  public static func xxh3(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe XXH3_64bits($0.baseAddress, $0.count) }
  }

  /// XXH64, seed 0: shard numbers, samples, anything that others must be able to compute.
  public static func xxh64(_ bytes: Span<UInt8>) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { unsafe XXH64($0.baseAddress, $0.count, 0) }
  }
}

extension Checksum {
  /// The XXH3 of bytes that come in parts.
  @safe
  public struct Running: ~Copyable {
    private let state: OpaquePointer

    /// Of nothing yet.
    public init() {
      guard let made = unsafe XXH3_createState() else { fatalError("no memory for a checksum") }
      unsafe state = made
      unsafe _ = XXH3_64bits_reset(made)
    }

    deinit { unsafe _ = XXH3_freeState(state) }

    /// Adds the next bytes.
    public mutating func add(_ bytes: Span<UInt8>) {
      unsafe _ = bytes.withUnsafeBufferPointer { unsafe XXH3_64bits_update(state, $0.baseAddress, $0.count) }
    }

    /// What `xxh3` gives for all of them at once.
    public var value: UInt64 { unsafe XXH3_64bits_digest(state) }
  }
}
