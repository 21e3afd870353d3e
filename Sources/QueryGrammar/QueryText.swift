internal import Bytes
internal import Records

extension QueryNode {
  /// The query in one spelling: what is parsed from it is the same tree, columns aside. A tree made by hand is written so
  /// only where the grammar could have made it.
  public var text: String { written(inside: .or) }

  private enum Place { case or, and, one }

  private func written(inside place: Place) -> String {
    switch self {
    case .or(let parts):
      let text = parts.map { $0.written(inside: .or) }.joined(separator: " OR ")
      return place == .or ? text : Self.group(text)
    case .and(let parts):
      let text = parts.map { $0.written(inside: .and) }.joined(separator: " ")
      return place == .one ? Self.group(text) : text
    case .not(let inner): return "-" + inner.written(inside: .one)
    default: return leaf
    }
  }

  // A colon at the end would make a smile.
  private static func group(_ text: String) -> String { "(" + text + (text.last == ":" ? " )" : ")") }

  private var leaf: String {
    switch self {
    case .word(let text, _): text
    case .phrase(let text, let slop, _): "\"\(text)\"" + (slop > 0 ? "~\(slop)" : "")
    case .prefix(let text, _): text + "*"
    case .field(let field, let value, _): Self.text(field, value)
    case .fieldID(let field, let id, _): "\(field.operatorName):\(id)"
    case .account(let role, let name, _): role.operatorName + ":" + Self.value(name)
    case .words(let field, let value, _): field.operatorName + ":" + Self.value(value)
    case .substring(.text, let value, _): "contains:" + Self.value(value)
    case .substring(.link, let value, _): "url_contains:" + Self.value(value)
    case .property(let property, _): property.text
    case .range(let field, let range, _): Self.text(field, range)
    case .area(let area, _): area.text
    case .within(let length, _): "within_time:" + Self.duration(length)
    case .sample(let percent, _): "sample:\(percent)"
    case .all: "*"
    case .and, .or, .not: ""
    }
  }

  private static func text(_ field: QueryField, _ value: String) -> String {
    switch field {
    case .hashtag: "#" + value
    case .cashtag: "$" + value
    case .mention: isWord(value) ? "@" + value : "mentions:" + Self.value(value)
    default: field.operatorName + ":" + Self.value(value)
    }
  }

  private static func text(_ field: NumberField, _ range: ClosedRange<Int64>) -> String {
    switch field {
    case .time:
      if range.upperBound == .max { return "since:" + time(range.lowerBound) }
      let end = "until:" + time(range.upperBound + 1)
      return range.lowerBound == .min ? end : "(since:\(time(range.lowerBound)) \(end))"
    case .id:
      if range.upperBound == .max { return "since_id:\(range.lowerBound - 1)" }
      return range.upperBound == 0 ? "until_id:1" : "max_id:\(range.upperBound)"
    default:
      let high = range.upperBound == .max ? "" : "\(range.upperBound)"
      return "\(field.operatorName):\(range.lowerBound)..\(high)"
    }
  }

  private static func time(_ time: Int64) -> String {
    var out = ByteBuffer(capacity: 32)
    Timestamp.append(time, to: &out)
    return out.span.text
  }

  private static func duration(_ length: Int64) -> String {
    for (unit, name) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m")] as [(Int64, String)]
    where length % unit == 0 {
      return "\(length / unit)\(name)"
    }
    return "\(length / 1000)s"
  }

  // Letters, digits and `_` alone.
  private static func isPlain(_ value: String) -> Bool {
    value.unicodeScalars.allSatisfy {
      $0 == "_" || $0.properties.isAlphabetic || "0"..."9" ~= $0
    }
  }

  // Whether a sign and the value make a word that is no prefix.
  private static func isWord(_ value: String) -> Bool {
    value.unicodeScalars.last != "*"
      && value.unicodeScalars.allSatisfy {
        !$0.properties.isWhitespace && $0 != "(" && $0 != ")" && $0 != "\""
      }
  }

  // In quotes where it would end early or begin otherwise; what holds a curly quote cannot have come in quotes.
  private static func value(_ text: String) -> String {
    isPlain(text) || text.unicodeScalars.contains { $0 == "“" || $0 == "”" } ? text : "\"\(text)\""
  }
}

extension GeoArea {
  fileprivate var text: String {
    switch self {
    case .circle(let longitude, let latitude, let kilometres):
      "point_radius:[\(longitude) \(latitude) \(kilometres)km]"
    case .box(let west, let south, let east, let north): "bounding_box:[\(west) \(south) \(east) \(north)]"
    case .near(let longitude, let latitude, let kilometres):
      "near:\(latitude),\(longitude)" + (kilometres.map { ",\($0)km" } ?? "")
    }
  }
}

extension QueryField {
  var operatorName: String {
    switch self {
    case .hashtag, .cashtag, .mention: "mentions"
    case .language: "lang"
    case .country: "place_country"
    case .source: "source"
    case .replyTweet: "in_reply_to_tweet_id"
    case .retweetTweet: "retweets_of_tweet_id"
    case .quoteTweet: "quotes_of_tweet_id"
    case .conversation: "conversation_id"
    case .authorID: "from"
    case .replyUser: "to"
    case .retweetUser: "retweets_of"
    case .quoteUser: "quoted_user_id"
    }
  }
}

extension QueryAccount {
  var operatorName: String {
    switch self {
    case .author: "from"
    case .replied: "to"
    case .retweeted: "retweets_of"
    }
  }
}

extension QueryWords {
  var operatorName: String {
    switch self {
    case .link: "url"
    case .place: "place"
    case .bio: "bio"
    case .name: "bio_name"
    case .location: "bio_location"
    }
  }
}

extension NumberField {
  var operatorName: String {
    switch self {
    case .followers: "followers_count"
    case .following: "following_count"
    case .tweets: "tweets_count"
    default: rawValue
    }
  }
}

extension QueryProperty {
  fileprivate var text: String {
    switch self {
    case .positive: ":)"
    case .negative: ":("
    case .question: "?"
    case .reply, .retweet, .quote, .verified, .protected, .sensitive: "is:" + rawValue
    case .selfThread, .engagement, .spaces, .periscope, .vine: "filter:" + rawValue
    default: "has:" + rawValue
    }
  }
}
