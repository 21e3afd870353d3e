internal import Commits
internal import Timelines

/// The tweets of a run, each id once, in order of time and id, and what older segments say of them.
struct FreshTweets: ~Copyable {
  /// The record of each id that stands, of those of the run.
  private(set) var tweets: [TweetFacts] = []
  /// How many records fell to another of their id.
  private(set) var repeated = 0
  private var ids = TweetIDs()
  // By tweet: whether an older segment has a record that stands before it, or one that falls to it.
  private var isKnown: [Bool]
  private var overrules: [Bool]
  // Records of older segments whose ids are here with another time.
  private var moved: [UInt64: [Int64]] = [:]

  init(_ unsorted: [TweetFacts]) {
    tweets.reserveCapacity(unsorted.count)
    for tweet in unsorted.sorted() {
      if ids.insert(tweet.id) { tweets.append(tweet) } else { repeated += 1 }
    }
    isKnown = Array(repeating: false, count: tweets.count)
    overrules = Array(repeating: false, count: tweets.count)
  }

  /// Compares them with an older segment. Both are in order: one walk. - Throws: `SegmentError`.
  mutating func compare(_ segment: TimelineSegment) throws(SegmentError) {
    var place = 0
    for tweet in 0..<segment.header.tweets {
      let id = try segment.tweetID(tweet)
      guard ids.contains(id) else { continue }
      let at = try segment.time(tweet)
      while place < tweets.count, (tweets[place].at, tweets[place].id) < (at, id) { place += 1 }
      if place < tweets.count, tweets[place].id == id, tweets[place].at == at {
        if tweets[place] < (try segment.facts(tweet)) {
          overrules[place] = true
        } else {
          isKnown[place] = true
        }
      } else {
        moved[id, default: []].append(at)
      }
    }
  }

  /// Calls `body` with each tweet that no older segment has or knows better, and with whether an older record falls to it.
  /// - Returns: how many others there were.
  consuming func forEachNew(_ body: (TweetFacts, Bool) -> Void) -> Int {
    var known = 0
    for (place, tweet) in tweets.enumerated() {
      if !moved.isEmpty {
        for at in moved[tweet.id] ?? [] {
          if at < tweet.at { isKnown[place] = true } else { overrules[place] = true }
        }
      }
      if isKnown[place] { known += 1 } else { body(tweet, overrules[place]) }
    }
    return known
  }
}

extension TimelineWriter {
  /// Adds what is new of a part of the run: none that an older segment knows as well or better, none that was deleted by
  /// its id. What other tombstones hide is kept, so that the record of an id that stands is the same whatever came first.
  func addFresh(_ unsorted: [TweetFacts], _ dead: Tombstones, to content: inout SegmentContent) throws {
    var fresh = FreshTweets(unsorted)
    if keepsKnown {
      for tweet in fresh.tweets where dead.users.contains(tweet.author) {
        orphans.append((tweet.id, tweet.author))
      }
    }
    for segment in segments { try fresh.compare(segment) }
    repeatedTweets += fresh.repeated
    repeatedTweets += fresh.forEachNew { tweet, overrules in
      let isHidden = dead.hides(tweet)
      if isHidden { deleted += 1 } else { newTweets += 1 }
      if dead.tweets.contains(tweet.id) { return }
      content.add(tweet, isHidden: isHidden)
      if overrules { content.superseded.append(tweet.id) }
    }
    content.superseded.sort()
  }
}
