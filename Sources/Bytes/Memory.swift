internal import CMalloc

/// The allocator's manners.
public enum Memory {
  /// Gives blocks of `size` bytes (at most 32 MiB) and more pages of their own, which go back to the system when they are
  /// freed. For programs that keep many large blocks while others come and go: without it a third of their memory is
  /// holes. Call at start.
  public static func keepLargeBlocksApart(from size: Int = 128 << 10) {
    _ = mallopt(M_MMAP_THRESHOLD, Int32(clamping: size))
    // Smaller blocks are used again and again: giving their pages back each time would cost more than it saves.
    if size > 128 << 10 { _ = mallopt(M_TRIM_THRESHOLD, Int32(clamping: 2 * size)) }
  }

  /// Gives free memory back to the system: for the moment between two phases of which the first leaves many small blocks.
  public static func giveBack() { _ = malloc_trim(0) }
}
