public import Commits

/// A tweet of a timeline.
public struct TimelineEntry: Equatable, Sendable {
  /// Its id.
  public var tweet: UInt64
  /// Who made it.
  public var author: UInt64
  /// When, in ms since 1970.
  public var at: Int64
  /// The tweet that it retweets; 0 when it is none.
  public var original: UInt64
  /// Whom it answers; 0 when it is no reply.
  public var replyTo: UInt64
  /// How it came there.
  public var via: Via
}

/// Timeline(user, T) of DESIGN §8, newest first: of one time the larger id first.
///
/// - Complexity: O(f) to begin with, f the followees; then O(log f) an entry.
public struct Timeline {
  private let store: TimelineStore
  private let viewer: Viewer
  private var streams: [SegmentTimeline] = []
  private var left: Int

  /// The timeline of `user` as of `time` (ms since 1970), or as of all that is known. - Throws: `SegmentError`.
  public init(_ store: TimelineStore, of user: UInt64, at time: Int64? = nil) throws(SegmentError) {
    self.store = store
    left = store.cap
    viewer = try Viewer(store, user, at: time ?? .max)
    // From the newest segment on: who began to follow someone there has nothing that holds in older ones.
    var holds = viewer.time >= store.newest
    for index in store.segments.indices.reversed() {
      let segment = store.segments[index]
      let number = viewer.numbers[index]
      let flags = try number.map { number throws(SegmentError) in try segment.flags(number) } ?? []
      streams.append(
        try SegmentTimeline(viewer, segment, index, usesPush: holds && !flags.contains(.unpushed)))
      if flags.contains(.reset) { holds = false }
    }
    streams.reverse()
  }

  /// Whether the user follows an account then, or is it. - Throws: `SegmentError`.
  public func sees(_ account: UInt64) throws(SegmentError) -> Bool { try viewer.sees(account) }
  /// Whether the user does not see what an account makes.
  public func hides(_ account: UInt64) -> Bool { viewer.hides(account) }

  /// The next tweet, or nil at the end. - Throws: `SegmentError`.
  public mutating func next() throws(SegmentError) -> TimelineEntry? {
    while left > 0 {
      guard let (stream, tweet) = try newest() else { return nil }
      let via = try streams[stream].take()
      if let entry = try shown(stream, tweet, via) {
        left -= 1
        return entry
      }
    }
    return nil
  }

  private mutating func newest() throws(SegmentError) -> (Int, Int)? {
    var best: (stream: Int, tweet: Int)?
    for index in streams.indices {
      guard let tweet = try streams[index].peek() else { continue }
      if let known = best {
        let (a, b) = (store.segments[index], store.segments[known.stream])
        let (one, other) = (try a.time(tweet), try b.time(known.tweet))
        if one < other { continue }
        if one == other, try a.tweetID(tweet) < b.tweetID(known.tweet) { continue }
      }
      best = (index, tweet)
    }
    return best.map { ($0.stream, $0.tweet) }
  }

  // The entry, unless it is deleted or hidden: each line is a clause of the definition.
  private func shown(_ index: Int, _ tweet: Int, _ via: Via) throws(SegmentError) -> TimelineEntry? {
    let segment = store.segments[index]
    let author = try segment.author(tweet)
    let own = viewer.numbers[index]
    let isOwn = author == own
    if !isOwn, try !viewer.sees(index, author) { return nil }
    let id = try segment.tweetID(tweet)
    let authorID = try segment.id(author)
    if viewer.hides(authorID) { return nil }
    let marks = try segment.marks(tweet)
    if marks.contains(.hidden) { return nil }
    if try store.isDeleted(tweet: id) { return nil }
    if try store.isDeleted(user: authorID) { return nil }
    if try store.segments.isSuperseded(id, in: index) { return nil }
    var replyTo: UInt64 = 0
    if marks.contains(.reply) {
      let reply = try segment.reply(tweet)
      guard reply > 0 else { throw segment.corruptMarks(tweet) }
      replyTo = reply == .max ? TweetFacts.someone : try segment.id(reply - 1)
      if !isOwn {
        if reply == .max { return nil }
        if try !viewer.sees(index, reply - 1) { return nil }
      }
    }
    var original: UInt64 = 0
    if marks.contains(.retweet) {
      original = try segment.original(tweet)
      if original > 0, try store.isDeleted(tweet: original) { return nil }
      let maker = try segment.originalAuthor(tweet)
      if maker > 0 {
        let makerID = try segment.id(maker - 1)
        if viewer.hides(makerID) { return nil }
        if try store.isDeleted(user: makerID) { return nil }
        if try !viewer.sees(index, maker - 1) {
          if try store.isProtected(makerID, at: viewer.time) { return nil }
        }
      }
    }
    return TimelineEntry(
      tweet: id, author: authorID, at: try segment.time(tweet), original: original, replyTo: replyTo, via: via
    )
  }
}
