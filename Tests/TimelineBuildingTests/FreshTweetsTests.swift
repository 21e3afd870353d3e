import TestSupport
import Testing
import Timelines

@testable import TimelineBuilding

@Suite struct FreshTweetsTests {
  @Test("of the records of one id the lesser stands, in whatever order they come") func oneEach() {
    let early = TweetFacts(id: 7, at: 1, author: 2)
    let late = TweetFacts(id: 7, at: 2, author: 2)
    let other = TweetFacts(id: 8, at: 1, author: 3)
    for records in [[early, late, other, early], [late, other, early, early]] {
      let fresh = FreshTweets(records)
      let (tweets, repeated) = (fresh.tweets, fresh.repeated)
      #expect(tweets == [early, other])
      #expect(repeated == 2)
      var new: [TweetFacts] = []
      let known = fresh.forEachNew { tweet, overrules in if !overrules { new.append(tweet) } }
      #expect(new == [early, other])
      #expect(known == 0)
    }
  }

  @Test("what is said stands before what is left out, and a known account before an unknown one") func order()
  {
    let base = TweetFacts(id: 7, at: 1, author: 2)
    var reply = base
    reply.replyTo = 9
    var unknownReply = base
    unknownReply.replyTo = TweetFacts.someone
    #expect([base, unknownReply, reply].sorted() == [reply, unknownReply, base])
    var retweet = base
    retweet.original = 3
    var whole = retweet
    whole.originalAuthor = 4
    #expect([base, retweet, whole].sorted() == [whole, retweet, base])
    var open = base
    open.protection = .open
    var protected = base
    protected.protection = .protected
    #expect([base, protected, open].sorted() == [open, protected, base])
  }
}
