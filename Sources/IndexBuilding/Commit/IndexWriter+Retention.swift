internal import SearchIndex

extension IndexWriter {
  /// When the newest live tweet was made; nil where there is none. - Complexity: O(documents of segments with dead ones).
  public func newestTime() throws -> Int64? {
    try writeSegment()
    var newest: Int64?
    for known in live.map(\.live) where known.segment.documentCount > 0 {
      let greatest = known.segment.header.greatestTime
      if let newest, greatest <= newest { continue }
      if known.dead == nil {
        newest = greatest
        continue
      }
      // The dead count for nothing: merges drop them, and must not change what is kept.
      for document in 0..<known.segment.documentCount where known.isLive(document) {
        newest = max(newest ?? .min, try known.segment.time(document))
      }
    }
    return newest
  }

  /// Marks tweets made more than `span` ms before `newest` (of the index, where it is not given) as dead; merges drop them.
  ///
  /// Time is counted from the newest tweet, not by the clock: the same input leaves the same tweets on any day.
  /// - Returns: how many. - Complexity: O(documents of segments that reach back so far).
  public func expire(span: Int64, before newest: Int64? = nil) throws -> Int {
    try writeSegment()
    guard let newest = try newest ?? newestTime(), newest > .min + span else { return 0 }
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
