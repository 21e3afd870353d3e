internal import CXXHash

/// The XXH3 sum of bytes that come piece by piece: what `Checksum.xxh3` gives for all of them at once.
@safe
public struct RunningChecksum: ~Copyable {
  private let state: UnsafeMutableRawPointer

  /// The sum of nothing yet.
  public init() {
    guard let made = unsafe tweetmill_xxh3_create() else { fatalError("no memory for a checksum") }
    unsafe state = made
    unsafe tweetmill_xxh3_reset(made)
  }

  deinit { unsafe tweetmill_xxh3_free(state) }

  /// Adds bytes. - Complexity: O(n), about 10 GB/s.
  public mutating func add(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { source in
      // SAFETY: the library is told the size; an empty piece may have no address.
      if let first = source.baseAddress { unsafe tweetmill_xxh3_update(state, first, source.count) }
    }
  }

  /// The sum of all added so far.
  public var value: UInt64 { unsafe tweetmill_xxh3_digest(state) }

  /// Begins anew.
  public mutating func removeAll() { unsafe tweetmill_xxh3_reset(state) }
}
