internal import Commits
internal import SearchIndex

extension IndexWriter {
  /// Raises the counts of live tweets to `sums` where these are higher: partial sums that were added up meet what snapshots
  /// say by the highest. The counts that rose stand in a file beside the segment of each tweet; merges take them in.
  ///
  /// - Returns: how many tweets rose. - Complexity: O(tweets in `sums` × log documents); with any that rises, also O(those
  ///   of its segment that rose before). - Throws: `SegmentError`, `SystemError`.
  public func raise(_ sums: CounterSums) throws -> Int {
    try writeSegment()
    let falling = sums.falling
    var count = 0
    for index in live.indices {
      let rising = try RisingCounts(live[index].live, falling)
      if rising.count == 0 { continue }
      let name = live[index].fileName("raised", generation: manifest.generation + 1)
      try rising.write(folder.segment(name))
      try live[index].raise(rising.total, in: name, folder)
      count += rising.count
      hasChanges = true
    }
    return count
  }
}
