public import Commits

/// The tweets that one account made, newest first: of one time the larger id first.
public struct UserTimeline {
  private let store: TimelineStore
  private let user: UInt64
  // Where each segment's list stands: what is left lies in it.
  private var ranges: [Range<Int>] = []

  /// Those until `time` (ms since 1970), or all that are known. - Throws: `SegmentError`.
  public init(_ store: TimelineStore, by user: UInt64, at time: Int64? = nil) throws(SegmentError) {
    self.store = store
    self.user = user
    for segment in store.segments {
      guard let number = try segment.number(of: user) else {
        ranges.append(0..<0)
        continue
      }
      let range = try segment.tweets(of: number)
      let end = try segment.place(in: range, below: try segment.tweets(until: time ?? .max))
      ranges.append(range.lowerBound..<end)
    }
  }

  /// The next tweet, or nil at the end. - Throws: `SegmentError`.
  public mutating func next() throws(SegmentError) -> TimelineEntry? {
    while true {
      var best: (segment: Int, tweet: Int, at: Int64, id: UInt64)?
      for (index, range) in ranges.enumerated() where !range.isEmpty {
        let segment = store.segments[index]
        let tweet = try segment.authorTweet(range.upperBound - 1)
        let (at, id) = (try segment.time(tweet), try segment.tweetID(tweet))
        if best.map({ (at, id) > ($0.at, $0.id) }) ?? true { best = (index, tweet, at, id) }
      }
      guard let found = best else { return nil }
      ranges[found.segment].removeLast()
      let facts = try store.segments[found.segment].facts(found.tweet)
      if try store.isGone(facts) { continue }
      if try store.segments.isSuperseded(facts.id, in: found.segment) { continue }
      return TimelineEntry(
        tweet: facts.id, author: user, at: facts.at, original: facts.original, replyTo: facts.replyTo,
        via: .pull)
    }
  }
}
