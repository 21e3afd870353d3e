/// How the value of an operator is read, and what it asks for.
enum OperatorKind: Equatable {
  case account(QueryAccount)
  case id(QueryField)
  case field(QueryField)
  case words(QueryWords)
  case substring(QuerySubstring)
  case range(NumberField)
  case atLeast(NumberField)
  case atMost(NumberField)
  case sinceID, untilID, maxID
  case since, until, sinceTime, untilTime, withinTime
  case pointRadius, boundingBox, geocode, near, within
  case property, card, include, sample
  /// No field of a tweet record tells; the text says what comes nearest.
  case refused(nearest: String)
}

/// Every operator of Twitter's four dialects by its names. `Grammar.md` says which dialect has which; a test compares.
enum OperatorTable {
  /// The operators that a tweet's own fields answer.
  static let answered: [(names: [String], kind: OperatorKind)] =
    [
      (["from"], .account(.author)), (["to"], .account(.replied)), (["retweets_of"], .account(.retweeted)),
      (["mentions"], .field(.mention)),
      (["in_reply_to_tweet_id", "in_reply_to_status_id"], .id(.replyTweet)),
      (["retweets_of_tweet_id", "retweets_of_status_id"], .id(.retweetTweet)),
      (["quotes_of_tweet_id", "quoted_tweet_id"], .id(.quoteTweet)),
      (["quoted_user_id"], .id(.quoteUser)), (["conversation_id"], .id(.conversation)),
      (["lang", "twitter_lang"], .field(.language)), (["source"], .field(.source)),
      (["place_country", "country_code"], .field(.country)),
      (["place", "place_contains"], .words(.place)), (["url"], .words(.link)),
      (["url_contains"], .substring(.link)), (["contains"], .substring(.text)),
      (["bio", "bio_contains"], .words(.bio)), (["bio_name", "bio_name_contains"], .words(.name)),
      (["bio_location", "bio_location_contains"], .words(.location)),
      (["point_radius"], .pointRadius), (["bounding_box"], .boundingBox), (["geocode"], .geocode),
      (["near"], .near), (["within"], .within),
      (["since", "start_time", "fromdate"], .since), (["until", "end_time", "todate"], .until),
      (["since_time"], .sinceTime), (["until_time"], .untilTime), (["within_time"], .withinTime),
      (["since_id"], .sinceID), (["max_id"], .maxID), (["until_id"], .untilID),
      (["has", "is", "filter"], .property), (["card_name"], .card), (["include"], .include),
      (["sample"], .sample),
    ]
    + counts.flatMap { names, field in
      [
        (names, .range(field)), (names.map { "min_" + bare($0) }, .atLeast(field)),
        (names.map { "max_" + bare($0) }, .atMost(field)),
      ]
    }

  /// Numbers by their names; each may also be a bound, `min_…` and `max_…`.
  static let counts: [(names: [String], field: NumberField)] = [
    (["likes", "faves", "favorites"], .likes), (["retweets", "reposts"], .retweets), (["replies"], .replies),
    (["quotes"], .quotes), (["followers_count"], .followers),
    (["following_count", "friends_count"], .following),
    (["tweets_count", "statuses_count"], .tweets),
  ]

  // `min_followers`, of `followers_count`.
  private static func bare(_ name: String) -> String {
    name.hasSuffix("_count") ? String(name.dropLast(6)) : name
  }

  /// What no field answers, with what comes nearest.
  static let refused: [(names: [String], nearest: String)] = [
    (["list"], "(from:a OR from:b), with the list's members"),
    (["from_affiliate_of"], "from:"), (["to_affiliate_of"], "to:"),
    (["context", "entity"], "a #tag, or the name in quotes"),
    (["embedding", "embedding_threshold"], "words"),
    (["card_url", "card_domain"], "url:"), (["url_title", "url_description"], "url:"),
    (["listed_count", "min_listed"], "followers_count:"),
    (
      [
        "profile_country", "profile_country_code", "profile_region", "profile_locality", "profile_subregion",
        "profile_region_contains", "profile_locality_contains", "profile_subregion_contains", "time_zone",
      ], "bio_location:"
    ), (["profile_point_radius"], "point_radius:"), (["profile_bounding_box"], "bounding_box:"),
    (["klout_score", "klout_topic_id", "klout_topic", "klout_topic_contains"], "followers_count:"),
    (["locale"], "lang:"), (["trend"], "the #tag itself"),
  ]

  /// Values of `has:`, `is:` and `filter:` that fields answer; those of `QueryProperty` by its own names too.
  static let properties: [(names: [String], property: QueryProperty)] = [
    (["media", "media_link"], .media), (["images", "image", "twimg"], .images),
    (["videos", "video", "video_link", "native_video"], .videos), (["gifs", "animated_gif"], .gifs),
    (["links", "link"], .links), (["hashtags"], .hashtags), (["cashtags", "symbols"], .cashtags),
    (["mentions"], .mentions), (["geo"], .geo), (["lang"], .lang), (["reply", "replies"], .reply),
    (["retweet", "retweets", "nativeretweets"], .retweet), (["quote", "quotes"], .quote),
    (["self_threads"], .selfThread), (["verified"], .verified), (["protected"], .protected),
    (["sensitive"], .sensitive), (["has_engagement", "engagement"], .engagement), (["spaces"], .spaces),
    (["periscope"], .periscope), (["vine"], .vine), (["positive"], .positive), (["negative"], .negative),
    (["question"], .question),
  ]

  /// Values that none answers, with what comes nearest.
  static let refusedProperties: [(names: [String], nearest: String)] = [
    (["follows", "social", "trusted"], "(from:a OR from:b), with the accounts' names"),
    (["blue_verified"], "is:verified"), (["news"], "has:links, or url: with a paper's host"),
    (["consumer_video", "pro_video"], "has:videos"),
    (["nullcast"], "nothing: leave it out, a dump does not say what was promoted"),
    (["profile_geo"], "bio_location:"), (["profile_image", "default_profile"], "min_followers:"),
  ]

  /// Every name that is known, with its kind.
  static let kinds: [String: OperatorKind] = {
    var all: [String: OperatorKind] = [:]
    for (names, kind) in answered { for name in names { all[name] = kind } }
    for (names, nearest) in refused { for name in names { all[name] = .refused(nearest: nearest) } }
    return all
  }()

  /// The names that are answered, in the table's order.
  static var names: [String] { answered.flatMap(\.names) }

  /// The values of `has:`, `is:` and `filter:` that are answered, in the table's order; `safe` means not sensitive.
  static var propertyNames: [String] { properties.flatMap(\.names) + ["safe"] }
}
