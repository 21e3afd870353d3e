import Foundation
import TestSupport

/// Random queries over the whole grammar.
struct GrammarQueries {
  private var random: SeededGenerator

  init(_ random: SeededGenerator) { self.random = random }

  private mutating func pick(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }
  private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
  private mutating func word() -> String { pick(GrammarWorld.words) }

  /// A query with groups nested so deep.
  mutating func query(_ depth: Int) -> String {
    if depth == 0 || number(5) == 0 { return leaf() }
    let parts = (0..<number(3) + 1).map { _ in query(depth - 1) }
    switch number(6) {
    case 0, 1: return parts.joined(separator: pick([" ", " AND "]))
    case 2: return "(" + parts.joined(separator: " OR ") + ")"
    case 3: return "-(" + parts.joined(separator: pick([" ", " OR "])) + ")"
    case 4: return "-" + leaf()
    default: return "(" + parts.joined(separator: " ") + ")"
    }
  }

  private mutating func phrase() -> String {
    let pieces = (0..<number(4) + 1).map { _ in
      switch number(8) {
      case 0: "*"
      case 1: String(word().prefix(2)) + "*"
      default: word()
      }
    }
    return "\"" + pieces.joined(separator: " ") + "\"" + (number(3) == 0 ? "~\(number(6))" : "")
  }

  private mutating func leaf() -> String {
    switch number(22) {
    case 0, 1, 2: return word()
    case 3, 4: return phrase()
    case 5: return String(word().prefix(number(3) + 1)) + "*"
    case 6: return tagOrHandle()
    case 7: return account()
    case 8: return id()
    case 9, 10: return property()
    case 11: return count()
    case 12, 13: return time()
    case 14, 15: return area()
    case 16: return link()
    case 17: return place()
    case 18: return author()
    case 19:
      return pick([
        "lang:en", "lang:JA", "lang:und", "source:Twitter_Web_App", "source:\"twitter web app\"",
        "source:bird_bot",
      ])
    case 20:
      return pick([
        ":)", ":(", "?", "contains:\"a b\"", "contains:ÉM", "contains:東", "contains:\"?\"",
        "sample:\(number(100) + 1)",
      ])
    default: return "+" + word()
    }
  }

  private mutating func tagOrHandle() -> String {
    switch number(4) {
    case 0: "#" + pick(GrammarWorld.tags).uppercased()
    case 1: "@" + pick(GrammarWorld.handles).lowercased()
    case 2: "$tsla"
    default: "mentions:" + pick(GrammarWorld.handles)
    }
  }

  private mutating func account() -> String {
    pick(["from", "to", "retweets_of"]) + ":" + pick(["", "@"]) + pick(GrammarWorld.handles)
  }

  private mutating func id() -> String {
    let names = [
      "in_reply_to_tweet_id", "in_reply_to_status_id", "retweets_of_tweet_id", "quotes_of_tweet_id",
      "quoted_tweet_id",
      "conversation_id",
    ]
    return number(4) == 0 ? "quoted_user_id:\(number(3) + 76)" : pick(names) + ":\(number(5) + 1)"
  }

  private mutating func property() -> String {
    let values = [
      "media", "images", "twimg", "videos", "native_video", "gifs", "links", "hashtags", "cashtags",
      "symbols", "mentions", "lang",
      "geo", "reply", "replies", "retweet", "nativeretweets", "quote", "self_threads", "verified",
      "protected", "sensitive", "safe",
      "has_engagement", "spaces", "periscope", "vine",
    ]
    return pick(["has", "is", "filter"]) + ":" + pick(values)
  }

  private mutating func count() -> String {
    let name = pick(["likes", "faves", "favorites", "retweets", "reposts", "replies", "quotes"])
    let author = pick([
      "followers_count", "friends_count", "following_count", "statuses_count", "tweets_count",
    ])
    switch number(6) {
    case 0: return "min_\(name):\(number(6))"
    case 1: return "max_\(name):\(number(6))"
    case 2: return "\(name):\(number(4))..\(number(5) + 4)"
    case 3: return "-\(name):\(number(5)).."
    case 4: return "\(author):\(number(9))..\(number(9) + 9)"
    default: return "min_followers:\(number(20))"
    }
  }

  private mutating func time() -> String {
    let id = GrammarWorld.base + UInt64(number(200)) * GrammarWorld.step
    let date = "2018-0\(8 + number(2))-\(number(3))\(number(9) + 1)"
    switch number(8) {
    case 0: return "since_id:\(id)"
    case 1: return "max_id:\(id)"
    case 2: return "until_id:\(id)"
    case 3: return "since:\(number(2) == 0 ? date : date + "_12:00:00_UTC")".replacing29
    case 4: return "until:\(date)".replacing29
    case 5: return "since_time:\(1_535_500_000 + number(700_000))"
    case 6: return "until_time:\(1_535_500_000 + number(700_000))"
    default: return "within_time:\(number(9) + 1)\(pick(["d", "h"]))"
    }
  }

  private mutating func area() -> String {
    switch number(5) {
    case 0:
      return
        "point_radius:[\(pick(["13.4 52.5", "179.95 -17", "-74 40.7", "0 0"])) \(pick(["25mi", "40km", "9000km"]))]"
    case 1:
      return "bounding_box:[\(pick(["170 -50 -170 0", "-75 40 14 53", "-180 -90 180 90", "13 52 14 53"]))]"
    case 2: return "geocode:\(pick(["52.5,13.4", "-17,-179.9", "40.7,-74"])),\(pick(["10km", "50mi"]))"
    case 3: return "(near:\(pick(["52.5,13.4", "-17,179.9"])) within:\(number(90) + 1)km)"
    default: return "near:52.5,13.4"
    }
  }

  private mutating func link() -> String {
    pick([
      "url:nytimes", "url:nytimes.com", "url:\"https://nytimes.com/a-story\"", "url:mars", "url:t.co",
      "url:stork", "url:a_story", "url:mars_2018", "url:my", "url:my-site.org", "url:site.org/x", "url:com",
      "url_contains:\"/a-\"", "url_contains:t.co", "url:example.org",
    ])
  }

  private mutating func place() -> String {
    pick([
      "place:york", "place:\"new york\"", "place:01A9A39529B27F36", "place:koln", "place:東京都",
      "place_country:de", "country_code:US",
      "place_contains:ny",
    ])
  }

  private mutating func author() -> String {
    pick(["bio", "bio_name", "bio_location"]) + ":"
      + pick(["phd", "birds", "mars", "東京", "york", "\"new york\"", "koln"])
  }
}

extension String {
  // No 30 or 31 of the wrong month, and no day 29 + n.
  fileprivate var replacing29: String {
    var text = self
    for day in ["-29", "-28", "-27", "-26", "-25", "-24"]
    where text.contains(day) && !text.contains("2018-08" + day) {
      text = text.replacingOccurrences(of: day, with: "-23")
    }
    return text
  }
}
