internal import Bytes
internal import QueryGrammar
internal import Records

/// The properties that a record shows without being analysed.
enum TweetProperties {
  static func holds(_ property: QueryProperty, _ tweet: borrowing Tweet) -> Bool {
    switch property {
    case .media: return !tweet.media.isEmpty
    case .images: return hasMedium("photo", tweet)
    case .videos: return hasMedium("video", tweet)
    case .gifs: return hasMedium("animated_gif", tweet)
    case .links: return !tweet.urls.isEmpty
    case .hashtags: return !tweet.hashtags.isEmpty
    case .cashtags: return !tweet.cashtags.isEmpty
    case .mentions: return !tweet.mentions.isEmpty
    // `und`: Twitter found none.
    case .lang: return tweet.lang.hasText && !tweet.bytes(tweet.lang).equals("und")
    case .geo:
      guard let geo = tweet.geo else { return false }
      return geo.lon != nil && geo.lat != nil || geo.place.hasText || geo.placeID.hasText
        || geo.country.hasText
    case .reply: return tweet.replyTo != nil
    case .retweet: return tweet.retweetOf != nil
    case .quote: return tweet.quoteOf != nil
    case .verified: return tweet.user?.verified == true
    case .protected: return tweet.user?.protected == true
    case .sensitive: return tweet.sensitive == true
    case .engagement:
      guard let counts = tweet.counts else { return false }
      return counts.likes > 0 || counts.retweets > 0 || counts.replies > 0
    case .positive: return SignRules.isPositive(tweet.bytes(tweet.text))
    case .negative: return SignRules.isNegative(tweet.bytes(tweet.text))
    case .question: return SignRules.isQuestion(tweet.bytes(tweet.text))
    // These need links or names analysed.
    case .selfThread, .spaces, .periscope, .vine: return false
    }
  }

  private static func hasMedium(_ type: StaticString, _ tweet: borrowing Tweet) -> Bool {
    for medium in tweet.media where tweet.bytes(medium.type).equals(type) { return true }
    return false
  }
}
