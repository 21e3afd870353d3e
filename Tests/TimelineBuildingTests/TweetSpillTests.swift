import TestSupport
import Testing
import Timelines

@testable import TimelineBuilding

@Suite struct TweetSpillTests {
  @Test("tweets come back in parts as they were, whether they waited in files or in memory") func roundTrip()
    throws
  {
    let folder = TemporaryDirectory()
    var tweets: [TweetFacts] = []
    for number in UInt64(1)...1050 {
      var tweet = TweetFacts(id: number << 40, at: Int64(number) - 500, author: UInt64.max >> (number % 60))
      tweet.replyTo = number % 3 == 0 ? TweetFacts.someone : 7
      tweet.original = number % 5
      tweet.originalAuthor = number % 7
      tweet.protection = number % 3 == 0 ? .unsaid : number % 3 == 1 ? .open : .protected
      tweets.append(tweet)
    }
    var spill = TweetSpill(folder: folder.path, limit: 100)
    try spill.add(Array(tweets[..<33]))
    try spill.add(Array(tweets[33...]))
    let parts = spill.parts
    #expect(parts == 11)
    var read: [TweetFacts] = []
    for part in 0..<parts { read += try spill.take(part) }
    #expect(read == tweets)
  }
}
