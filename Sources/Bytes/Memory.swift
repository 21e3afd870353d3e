internal import CMalloc

/// The allocator's manners.
public enum Memory {
  /// Gives blocks of 128 KiB and more pages of their own, which go back to the system when they are freed. For programs
  /// that keep many large blocks while others come and go: without it a third of their memory is holes. Call at start.
  public static func keepLargeBlocksApart() { _ = mallopt(M_MMAP_THRESHOLD, 128 << 10) }
}
