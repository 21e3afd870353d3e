/// Records of few accounts and few times, so that everything meets everything.
public enum RandomTimeline {
  /// `count` records of accounts 1 to 6 and times 0 to 40. Of some tweets there are several records, which differ.
  public static func entries(_ count: Int, _ random: inout some RandomNumberGenerator) -> [NaiveTimeline
    .Entry]
  {
    var entries: [NaiveTimeline.Entry] = []
    var tweets: [NaiveTimeline.Tweet] = []
    for index in 0..<count {
      let user = UInt64.random(in: 1...6, using: &random)
      let other = UInt64.random(in: 1...6, using: &random)
      let at = Int64.random(in: 0...40, using: &random)
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<8:
        var tweet = NaiveTimeline.Tweet(UInt64(100 + index), by: user, at: at)
        if Bool.random(using: &random) { tweet.replyTo = other }
        if let original = tweets.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
          tweet.replyTo = nil
          tweet.retweetOf = original.id
          tweet.retweetedAuthor = original.author
        }
        tweet.isProtected = [nil, false, true].randomElement(using: &random) ?? nil
        tweets.append(tweet)
        entries.append(.tweet(tweet))
        if Int.random(in: 0..<3, using: &random) == 0 {
          entries.append(.tweet(retold(tweets.randomElement(using: &random) ?? tweet, &random)))
        }
      case 8: entries.append(.deleted(tweet: UInt64(100 + Int.random(in: 0..<count, using: &random))))
      case 9 where Int.random(in: 0..<8, using: &random) == 0: entries.append(.userDeleted(user))
      case 9..<13: if user != other { entries.append(.edge(user, other)) }
      default:
        if user != other { entries.append(.change(change(user, other, at, &random))) }
      }
    }
    return entries
  }

  // Another record of the same tweet, which says something else.
  private static func retold(_ tweet: NaiveTimeline.Tweet, _ random: inout some RandomNumberGenerator)
    -> NaiveTimeline.Tweet
  {
    var other = tweet
    switch Int.random(in: 0..<7, using: &random) {
    case 0: other.at = Int64.random(in: 0...40, using: &random)
    case 1: other.author = UInt64.random(in: 1...6, using: &random)
    case 2: other.replyTo = nil
    case 3: other.replyTo = UInt64.random(in: 1...6, using: &random)
    case 4: other.retweetedAuthor = nil
    case 5: (other.retweetOf, other.retweetedAuthor) = (nil, nil)
    default: other.isProtected = [nil, false, true].randomElement(using: &random) ?? nil
    }
    return other
  }

  /// A change of any relation.
  public static func change(
    _ user: UInt64, _ other: UInt64, _ at: Int64, _ random: inout some RandomNumberGenerator
  ) -> NaiveTimeline.Change {
    // Nobody follows, blocks or mutes himself.
    let kinds: [NaiveTimeline.Change.Kind] = user == other ? [.protected] : [.follow, .follow, .block, .mute]
    let kind = kinds.randomElement(using: &random) ?? .follow
    return NaiveTimeline.Change(kind, user, other, at: at, on: Bool.random(using: &random))
  }
}
