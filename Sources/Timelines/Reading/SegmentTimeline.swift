internal import Commits

/// How a tweet came to a timeline.
public enum Via: String, Sendable {
  /// It was put there when the tweet was made.
  case push
  /// It is merged in when the timeline is read.
  case pull
}

/// The tweets of one segment that may belong to a timeline, newest first: what was pushed, merged with the lists of the
/// authors that were not.
///
/// Where nothing was pushed that still holds (the user was silent, follows someone new, or the time is past) the lists of
/// all followees are merged: the same answer, later. So are they behind the end of what was pushed, when a timeline that
/// was cut there loses entries.
struct SegmentTimeline {
  // A list of an author that is being walked from its end.
  private struct Head {
    var tweet: Int
    var place: Int
    var start: Int
  }

  private let viewer: Viewer
  private let index: Int
  private let segment: TimelineSegment
  private let limit: Int
  private var pushed: [UInt32] = []
  private var next = 0
  /// Whether all that was to be pushed is in `pushed`.
  private var isComplete = true
  // A heap: each head's tweet is newer than those of its two children.
  private var heap: [Head] = []

  /// What `viewer` may see of a segment, the `index`-th of the store. `usesPush` says whether what was pushed is still right.
  init(_ viewer: Viewer, _ segment: TimelineSegment, _ index: Int, usesPush: Bool) throws(SegmentError) {
    self.viewer = viewer
    self.index = index
    self.segment = segment
    limit = try segment.tweets(until: viewer.time)
    if usesPush {
      if let user = viewer.numbers[index] {
        try segment.timeline(user, into: &pushed)
        isComplete = try !segment.flags(user).contains(.cut)
      }
      try addPulled()
    } else {
      for author in try viewer.authors(in: index) { try addList(of: author, below: limit) }
    }
    makeHeap()
  }

  // Those that were not pushed are few: most followees are not even looked at.
  private mutating func addPulled() throws(SegmentError) {
    for place in 0..<segment.pulledAuthors {
      let author = try segment.pulledAuthor(place)
      if try viewer.sees(index, author) { try addList(of: author, below: limit) }
    }
  }

  // Behind the end of what was pushed: the lists of those that were.
  private mutating func addPushed(below limit: Int) throws(SegmentError) {
    var place = 0
    for author in try viewer.authors(in: index) {
      while place < segment.pulledAuthors, try segment.pulledAuthor(place) < author { place += 1 }
      if place < segment.pulledAuthors, try segment.pulledAuthor(place) == author { continue }
      try addList(of: author, below: limit)
    }
    makeHeap()
  }

  private mutating func addList(of author: UInt32, below limit: Int) throws(SegmentError) {
    let range = try segment.tweets(of: author)
    if range.isEmpty { return }
    let end = try segment.place(in: range, below: limit)
    if end == range.lowerBound { return }
    heap.append(Head(tweet: try segment.authorTweet(end - 1), place: end - 1, start: range.lowerBound))
  }

  private mutating func makeHeap() {
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// The newest tweet that is left, without taking it; nil at the end.
  mutating func peek() throws(SegmentError) -> Int? {
    if next == pushed.count && !isComplete {
      isComplete = true
      if let last = pushed.last { try addPushed(below: Int(last)) }
    }
    let first = next < pushed.count ? Int(pushed[next]) : -1
    let other = heap.first?.tweet ?? -1
    let newest = max(first, other)
    return newest < 0 ? nil : newest
  }

  /// Takes what `peek` showed. - Returns: how it came.
  mutating func take() throws(SegmentError) -> Via {
    let first = next < pushed.count ? Int(pushed[next]) : -1
    if let head = heap.first, head.tweet > first {
      if head.place > head.start {
        heap[0] = Head(
          tweet: try segment.authorTweet(head.place - 1), place: head.place - 1, start: head.start)
      } else {
        let last = heap.removeLast()
        if !heap.isEmpty { heap[0] = last }
      }
      if !heap.isEmpty { sink(0) }
      return .pull
    }
    next += 1
    return .push
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var child = 2 * index + 1
      if child >= heap.count { return }
      if child + 1 < heap.count, heap[child + 1].tweet > heap[child].tweet { child += 1 }
      if heap[child].tweet <= heap[index].tweet { return }
      heap.swapAt(index, child)
      index = child
    }
  }
}
