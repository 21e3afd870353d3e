/// Search in a block of 128 rising numbers, which lists of documents are made of.
public enum SortedBlock {
  /// The first place whose number is not below `target`; the last place where there is none. Places behind the end of a
  /// shorter list hold the greatest number there is. - Precondition: 128 numbers.
  ///
  /// A binary search whose steps are additions, not branches: the processor guesses half of such branches wrong.
  @inlinable @inline(__always)
  public static func slot(of target: UInt32, in block: Span<UInt32>) -> Int {
    precondition(block.count == 128)
    var below = 0
    // SAFETY: 64 + 32 + 16 + 8 + 4 + 2 + 1 is 127.
    below &+= unsafe block[unchecked: 63] < target ? 64 : 0
    below &+= unsafe block[unchecked: below &+ 31] < target ? 32 : 0
    below &+= unsafe block[unchecked: below &+ 15] < target ? 16 : 0
    below &+= unsafe block[unchecked: below &+ 7] < target ? 8 : 0
    below &+= unsafe block[unchecked: below &+ 3] < target ? 4 : 0
    below &+= unsafe block[unchecked: below &+ 1] < target ? 2 : 0
    below &+= unsafe block[unchecked: below] < target ? 1 : 0
    return below
  }
}
