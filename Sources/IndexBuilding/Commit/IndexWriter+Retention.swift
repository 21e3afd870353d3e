internal import SearchIndex

extension IndexWriter {
  /// Marks tweets made more than `span` ms before the newest tweet of the index as dead; merges drop them.
  ///
  /// Time is counted from the newest tweet, not by the clock: the same input leaves the same tweets on any day.
  /// - Returns: how many. - Complexity: O(documents of segments that reach back so far).
  public func expire(span: Int64) throws -> Int {
    try writeSegment()
    var newest = Int64.min
    for pending in live where pending.live.segment.documentCount > 0 {
      newest = max(newest, pending.live.segment.header.greatestTime)
    }
    guard newest > .min + span else { return 0 }
    let oldest = newest - span
    var count = 0
    for index in live.indices {
      let known = live[index].live
      guard known.segment.documentCount > 0, known.segment.header.leastTime < oldest else { continue }
      var gone: [Int] = []
      for document in 0..<known.segment.documentCount where known.isLive(document) {
        if try known.segment.time(document) < oldest { gone.append(document) }
      }
      if gone.isEmpty { continue }
      live[index].markDead(gone)
      hasChanges = true
      count += gone.count
    }
    return count
  }
}
