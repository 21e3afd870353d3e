/// What was written in a step: tweets, and which entries each of them uses.
final class StepUses {
  struct Tweet {
    var id: UInt64
    var voter: UInt64
    /// The text's fingerprint; 0 for a retweet, whose text is another's.
    var text: UInt64
  }
  struct Use {
    var entry: UInt32
    /// Its place in `tweets`.
    var tweet: UInt32
    /// How the term was written; `asItIs` where that is the term.
    var form: UInt32
  }
  private(set) var tweets: [Tweet] = []
  private(set) var uses: [Use] = []

  /// Begins a tweet; uses added now are its.
  func begin(_ sighting: TrendBatch.Sighting) {
    begin(Tweet(id: sighting.id, voter: sighting.voter, text: sighting.text))
  }

  func begin(_ tweet: Tweet) { tweets.append(tweet) }

  func add(_ entry: UInt32, form: UInt32) {
    uses.append(Use(entry: entry, tweet: UInt32(tweets.count - 1), form: form))
  }
}
