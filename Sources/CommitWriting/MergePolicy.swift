/// Which neighbouring segments to make one: tiers, as in Lucene's LogMergePolicy, so that each record is rewritten about
/// log₈(records) times and a store has at most some tens of segments.
package enum MergePolicy {
  /// Segments of one tier that are merged.
  package static let factor = 8
  /// Segments beyond this are never merged by themselves: one fills the memory that a build may use.
  package static let largest = 256 << 20

  /// The neighbours to merge, given the segments' bytes, oldest first; nil when there are none. The newest tier first.
  package static func plan(_ sizes: [Int]) -> Range<Int>? {
    var end = sizes.count
    while end > 0 {
      let tier = tier(sizes[end - 1])
      var start = end
      // Smaller ones between belong to the tier: they are merged with it.
      while start > 0, Self.tier(sizes[start - 1]) <= tier { start -= 1 }
      let total = sizes[start..<end].reduce(0, +)
      if end - start >= factor && total <= largest { return start..<end }
      if start == end { break }
      end = start
    }
    return nil
  }

  // Powers of eight from 64 KiB.
  private static func tier(_ bytes: Int) -> Int {
    var tier = 0
    var size = 1 << 16
    while bytes > size {
      tier += 1
      size *= factor
    }
    return tier
  }
}
