internal import Commits
internal import Timelines

/// What was deleted. It wins whatever came first, and has no time.
struct Tombstones {
  var tweets: Set<UInt64> = []
  var users: Set<UInt64> = []

  /// Adds those of a segment.
  mutating func add(_ deletes: DeletedIDs) throws(SegmentError) {
    for place in 0..<deletes.tweets.count { tweets.insert(try deletes.tweets.id(place)) }
    for place in 0..<deletes.users.count { users.insert(try deletes.users.id(place)) }
  }

  /// Whether a tweet is in no timeline any more: it, what it retweets, or the author of either was deleted.
  func hides(_ tweet: TweetFacts) -> Bool {
    if tweets.isEmpty && users.isEmpty { return false }
    return tweets.contains(tweet.id) || users.contains(tweet.author) || tweets.contains(tweet.original)
      || users.contains(tweet.originalAuthor)
  }
}
