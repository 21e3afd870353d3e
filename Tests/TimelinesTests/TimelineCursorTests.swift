import Testing

@testable import Timelines

@Suite struct TimelineCursorTests {
  @Test(
    "a cursor reads back what it was, with and without a time",
    arguments: [nil, Int64(-5), 1_624_223_040_000])
  func roundTrip(time: Int64?) {
    let cursor = TimelineCursor(generation: 7, user: 12, isByUser: time == nil, time: time, at: -1, tweet: 9)
    #expect(TimelineCursor(cursor.text) == cursor)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "t1", "t2.1.h.1.now.1.1", "t1.0.h.1.now.1.1", "t1.1.x.1.now.1.1", "t1.1.h.1.then.1.1",
      "t1.1.h.1.now.1.1.1",
    ]
  )
  func refused(text: String) { #expect(TimelineCursor(text) == nil) }

  @Test("what comes behind a page is older, or of the same moment with a lesser id") func order() {
    let cursor = TimelineCursor(generation: 1, user: 1, isByUser: false, time: nil, at: 10, tweet: 5)
    func entry(_ at: Int64, _ tweet: UInt64) -> TimelineEntry {
      TimelineEntry(tweet: tweet, author: 1, at: at, original: 0, replyTo: 0, via: .push)
    }
    #expect(cursor.isBefore(entry(9, 8)) && cursor.isBefore(entry(10, 4)))
    #expect(
      !cursor.isBefore(entry(10, 5)) && !cursor.isBefore(entry(10, 6)) && !cursor.isBefore(entry(11, 1)))
  }
}
