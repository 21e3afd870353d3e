import TestSupport
import Testing
import TimelineTestSupport

/// The model is held against the contract by hand: a case for each clause of the sentence.
@Suite struct NaiveTimelineTests {
  typealias Entry = NaiveTimeline.Entry
  typealias Tweet = NaiveTimeline.Tweet
  typealias Change = NaiveTimeline.Change
  static let me: UInt64 = 1, ann: UInt64 = 2, bob: UInt64 = 3, cid: UInt64 = 4

  func timeline(_ entries: [Entry], at time: Int64 = 1000, cap: Int = 800) -> [UInt64] {
    NaiveTimeline(entries, cap: cap).timeline(Self.me, at: time)
  }

  @Test("own tweets and those of followed accounts show, the newest first, others do not") func basics() {
    let tweets: [Entry] = [
      .tweet(Tweet(10, by: Self.me, at: 5)), .tweet(Tweet(11, by: Self.ann, at: 7)),
      .tweet(Tweet(12, by: Self.bob, at: 6)), .edge(Self.me, Self.ann),
    ]
    #expect(timeline(tweets) == [11, 10])
    #expect(timeline(tweets, at: 6) == [10])
    #expect(timeline(tweets, at: 4) == [])
  }

  @Test("of one time the larger id comes first, and the cap keeps the newest") func capped() {
    let tweets: [Entry] = [
      .tweet(Tweet(10, by: Self.me, at: 5)), .tweet(Tweet(12, by: Self.me, at: 5)),
      .tweet(Tweet(11, by: Self.me, at: 4)),
    ]
    #expect(timeline(tweets) == [12, 10, 11])
    #expect(timeline(tweets, cap: 2) == [12, 10])
  }

  @Test("a follow shows what was made before it, and an unfollow hides all of it") func whenever() {
    let entries: [Entry] = [
      .tweet(Tweet(10, by: Self.ann, at: 5)), .change(Change(.follow, Self.me, Self.ann, at: 50)),
      .change(Change(.follow, Self.me, Self.ann, at: 70, on: false)),
    ]
    #expect(timeline(entries, at: 49) == [])
    #expect(timeline(entries, at: 50) == [10])
    #expect(timeline(entries, at: 69) == [10])
    #expect(timeline(entries, at: 70) == [])
  }

  @Test("of a follow and an unfollow at one time the unfollow holds, and an edge is older than both")
  func ties() {
    let both: [Entry] = [
      .tweet(Tweet(10, by: Self.ann, at: 5)), .edge(Self.me, Self.ann),
      .change(Change(.follow, Self.me, Self.ann, at: 50, on: false)),
      .change(Change(.follow, Self.me, Self.ann, at: 50)),
    ]
    #expect(timeline(both, at: 49) == [10])
    #expect(timeline(both, at: 50) == [])
    #expect(timeline(both.reversed(), at: 50) == [])
    #expect(timeline(both + [.change(Change(.follow, Self.me, Self.ann, at: 51))]) == [10])
  }

  @Test("a deleted tweet is gone at any time, with its retweets, whatever came first") func deleted() {
    let entries: [Entry] = [
      .deleted(tweet: 10), .edge(Self.me, Self.ann), .edge(Self.me, Self.bob),
      .tweet(Tweet(10, by: Self.ann, at: 5)), .tweet(Tweet(11, by: Self.ann, at: 6)),
      .tweet(Tweet(12, by: Self.bob, at: 7, retweetOf: 10, from: Self.ann)),
      .tweet(Tweet(13, by: Self.bob, at: 8, retweetOf: 11, from: Self.ann)),
    ]
    #expect(timeline(entries) == [13, 11])
    #expect(timeline(entries, at: 6) == [11])
    #expect(timeline(entries + [.userDeleted(Self.ann)]) == [])
  }

  @Test("a block hides in either direction while it lasts and changes no follow", arguments: [false, true])
  func blocks(turned: Bool) {
    let (a, b) = turned ? (Self.ann, Self.me) : (Self.me, Self.ann)
    let entries: [Entry] = [
      .edge(Self.me, Self.ann), .edge(Self.me, Self.bob), .tweet(Tweet(10, by: Self.ann, at: 5)),
      .tweet(Tweet(11, by: Self.bob, at: 6, retweetOf: 10, from: Self.ann)),
      .change(Change(.block, a, b, at: 50)), .change(Change(.block, a, b, at: 60, on: false)),
    ]
    #expect(timeline(entries, at: 49) == [11, 10])
    #expect(timeline(entries, at: 50) == [])
    #expect(timeline(entries, at: 60) == [11, 10])
  }

  @Test("a mute hides from the one who mutes only, in retweets too, and replies to the muted stay")
  func mutes() {
    let entries: [Entry] = [
      .edge(Self.me, Self.ann), .edge(Self.me, Self.bob), .edge(Self.ann, Self.me),
      .tweet(Tweet(10, by: Self.ann, at: 5)),
      .tweet(Tweet(11, by: Self.bob, at: 6, retweetOf: 10, from: Self.ann)),
      .tweet(Tweet(12, by: Self.bob, at: 7, replyTo: Self.ann)), .tweet(Tweet(13, by: Self.me, at: 8)),
      .change(Change(.mute, Self.me, Self.ann, at: 50)),
      .change(Change(.mute, Self.me, Self.ann, at: 60, on: false)),
    ]
    #expect(timeline(entries, at: 49) == [13, 12, 11, 10])
    #expect(timeline(entries, at: 50) == [13, 12])
    #expect(timeline(entries, at: 60) == [13, 12, 11, 10])
    #expect(NaiveTimeline(entries).timeline(Self.ann, at: 50) == [13, 10])
  }

  @Test("a reply shows to its author, to the one replied to, and to those who follow both") func replies() {
    let reply: Entry = .tweet(Tweet(10, by: Self.ann, at: 5, replyTo: Self.bob))
    #expect(timeline([reply, .edge(Self.me, Self.ann)]) == [])
    #expect(timeline([reply, .edge(Self.me, Self.bob)]) == [])
    #expect(timeline([reply, .edge(Self.me, Self.ann), .edge(Self.me, Self.bob)]) == [10])
    #expect(
      timeline([.tweet(Tweet(10, by: Self.ann, at: 5, replyTo: Self.me)), .edge(Self.me, Self.ann)]) == [10])
    #expect(timeline([.tweet(Tweet(10, by: Self.ann, at: 5, replyTo: Self.me))]) == [])
    #expect(timeline([.tweet(Tweet(10, by: Self.me, at: 5, replyTo: Self.bob))]) == [10])
    // Whoever answers himself answers one whom his followers follow.
    #expect(
      timeline([.tweet(Tweet(10, by: Self.ann, at: 5, replyTo: Self.ann)), .edge(Self.me, Self.ann)]) == [10])
  }

  @Test("who is followed at T decides about replies too") func replyTime() {
    let entries: [Entry] = [
      .tweet(Tweet(10, by: Self.ann, at: 5, replyTo: Self.bob)), .edge(Self.me, Self.ann),
      .change(Change(.follow, Self.me, Self.bob, at: 50)),
    ]
    #expect(timeline(entries, at: 49) == [])
    #expect(timeline(entries, at: 50) == [10])
  }

  @Test("a protected author's tweets reach followers only, also when others retweet them") func protected() {
    let entries: [Entry] = [
      .edge(Self.me, Self.bob), .edge(Self.cid, Self.bob), .edge(Self.cid, Self.ann),
      .tweet(Tweet(10, by: Self.ann, at: 5)),
      .tweet(Tweet(11, by: Self.bob, at: 6, retweetOf: 10, from: Self.ann)),
      .change(Change(.protected, Self.ann, Self.ann, at: 50)),
      .change(Change(.protected, Self.ann, Self.ann, at: 60, on: false)),
    ]
    #expect(timeline(entries, at: 49) == [11])
    #expect(timeline(entries, at: 50) == [])
    #expect(timeline(entries, at: 60) == [11])
    #expect(NaiveTimeline(entries).timeline(Self.cid, at: 50) == [11, 10])
    #expect(NaiveTimeline(entries).timeline(Self.ann, at: 50) == [10])
  }

  @Test("neither the order of arrival nor repetition changes anything", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var entries = RandomTimeline.entries(60, &random)
    let before = (1...6).map { NaiveTimeline(entries, cap: 5).timeline($0, at: 30) }
    entries += entries.prefix(20)
    entries.shuffle(using: &random)
    #expect((1...6).map { NaiveTimeline(entries, cap: 5).timeline($0, at: 30) } == before)
  }
}
