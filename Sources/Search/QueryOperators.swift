internal import Bytes
internal import Records
internal import SearchIndex

/// The operators of Twitter's dialects that a tweet's own fields can answer.
enum QueryOperators {
  private static let handles: [String: TermField] = [
    "from": .author, "to": .replyName, "retweets_of": .retweetName, "mentions": .mention,
  ]
  private static let accounts: [TermField: TermField] = [
    .author: .authorID, .replyName: .replyUser, .retweetName: .retweetUser,
  ]
  private static let ids: [String: TermField] = [
    "in_reply_to_tweet_id": .replyTweet, "in_reply_to_status_id": .replyTweet,
    "retweets_of_tweet_id": .retweetTweet, "retweets_of_status_id": .retweetTweet,
    "quotes_of_tweet_id": .quoteTweet, "quoted_tweet_id": .quoteTweet, "conversation_id": .conversation,
  ]
  private static let counts: [String: NumberField] = [
    "likes": .likes, "faves": .likes, "favorites": .likes, "retweets": .retweets, "reposts": .retweets,
    "replies": .replies, "quotes": .quotes,
  ]
  private static let properties: [String: TweetFlag] = [
    "media": .media, "media_link": .media, "images": .images, "image": .images, "videos": .videos,
    "video": .videos,
    "video_link": .videos, "native_video": .videos, "links": .links, "link": .links, "hashtags": .hashtags,
    "cashtags": .cashtags, "symbols": .cashtags, "mentions": .mentions, "geo": .place, "reply": .reply,
    "replies": .reply, "retweet": .retweet, "retweets": .retweet, "nativeretweets": .retweet, "quote": .quote,
    "quotes": .quote, "verified": .verified, "sensitive": .sensitive, "protected": .protected,
    "lang": .language,
    "twimg": .images,
  ]
  private static let others = [
    "lang", "url", "place", "place_country", "country_code", "source", "since", "until", "since_id", "max_id",
    "since_time", "until_time", "has", "is", "filter",
  ]
  /// Operators of Twitter's that no field of a tweet record answers.
  private static let unanswerable: Set<String> = [
    "list", "context", "entity", "card_name", "card_url", "card_domain", "near", "within", "geocode",
    "point_radius", "bounding_box", "within_time", "bio", "bio_name", "bio_location", "followers_count",
    "sample",
    "include", "url_title", "url_description", "url_contains", "contains", "profile_country",
    "profile_region",
    "quoted_user_id", "min_followers", "tweets_count", "statuses_count", "following_count", "friends_count",
    "listed_count",
  ]

  /// Every operator that is answered, in byte order.
  static var names: [String] {
    var all = Array(handles.keys) + Array(ids.keys) + others
    for name in counts.keys { all += [name, "min_" + name, "max_" + name] }
    return all.sorted()
  }

  /// The node of `name:value`. - Throws: `QueryError` with the nearest operator, or what the value should be.
  static func node(
    _ name: String, _ value: String, column: Int, valueColumn: Int, isQuoted: Bool
  ) throws(QueryError) -> QueryNode {
    guard !value.isEmpty else {
      if unanswerable.contains(name) { throw refusal(name, column) }
      guard names.contains(name) else { throw unknown(name, column) }
      throw QueryError(
        valueColumn, "expected a value behind \(name):", hint: "\(name):something, without a space")
    }
    if let field = handles[name] { return account(field, value, valueColumn) }
    if let field = ids[name] { return .fieldID(field, try id(value, valueColumn), column: column) }
    if let field = counts[name] { return .range(field, try bounds(value, valueColumn), column: column) }
    if name.hasPrefix("min_"), let field = counts[String(name.dropFirst(4))] {
      return .range(field, try number(value, valueColumn)...Int64.max, column: column)
    }
    if name.hasPrefix("max_"), name != "max_id", let field = counts[String(name.dropFirst(4))] {
      return .range(field, Int64.min...(try number(value, valueColumn)), column: column)
    }
    switch name {
    case "lang": return .field(.language, value, column: valueColumn)
    case "source": return .field(.source, value, column: valueColumn)
    case "url": return .fieldWords([.host, .urlWord], value, column: valueColumn)
    case "place":
      return .or([
        .field(.placeID, value, column: valueColumn), .fieldWords([.placeWord], value, column: valueColumn),
      ])
    case "place_country", "country_code": return .field(.country, value, column: valueColumn)
    case "since_id":
      let id = try id(value, valueColumn)
      return .range(.id, Int64(clamping: id &+ 1)...Int64.max, column: column)
    case "max_id": return .range(.id, 0...Int64(clamping: try id(value, valueColumn)), column: column)
    case "since": return .range(.time, try time(value, valueColumn)...Int64.max, column: column)
    case "until": return .range(.time, Int64.min...(try time(value, valueColumn) - 1), column: column)
    case "since_time": return .range(.time, try seconds(value, valueColumn)...Int64.max, column: column)
    case "until_time": return .range(.time, Int64.min...(try seconds(value, valueColumn) - 1), column: column)
    case "has", "is", "filter": return try property(name, value.lowercased(), column, valueColumn)
    default: throw unanswerable.contains(name) ? refusal(name, column) : unknown(name, column)
    }
  }

  private static func unknown(_ name: String, _ column: Int) -> QueryError {
    let near = Nearest.match(name, names)
    return QueryError(
      column, "unknown operator \(name):",
      hint: near.map { "did you mean \($0):? To search for the word, quote it" })
  }

  private static func refusal(_ name: String, _ column: Int) -> QueryError {
    let near = Nearest.match(name, names, anyDistance: true)
    return QueryError(
      column, "\(name): cannot be answered from an index of tweets",
      hint: near.map { "the nearest that can is \($0):" })
  }

  private static func property(_ name: String, _ value: String, _ column: Int, _ valueColumn: Int)
    throws(QueryError) -> QueryNode
  {
    if value == "geo" { return .or([.flag(.point, column: column), .flag(.place, column: column)]) }
    if value == "has_engagement" || value == "engagement" {
      return .or([
        .range(.likes, 1...Int64.max, column: column), .range(.retweets, 1...Int64.max, column: column),
        .range(.replies, 1...Int64.max, column: column),
      ])
    }
    if value == "safe" { return .not(.flag(.sensitive, column: column)) }
    if let flag = properties[value] { return .flag(flag, column: column) }
    let near = Nearest.match(
      value, properties.keys.sorted() + ["geo", "has_engagement", "safe"], anyDistance: true)
    throw QueryError(
      valueColumn, "\(name):\(value) cannot be answered",
      hint: near.map { "the nearest that can is \(name):\($0)" })
  }

  // A handle, with or without @; digits alone are an account's id or a handle of digits.
  private static func account(_ field: TermField, _ value: String, _ column: Int) -> QueryNode {
    let handle = value.first == "@" || value.first == "＠" ? String(value.dropFirst()) : value
    let byName = QueryNode.field(field, handle, column: column)
    if let idField = accounts[field], let id = digits(handle) {
      return .or([byName, .fieldID(idField, id, column: column)])
    }
    return byName
  }

  private static func digits(_ text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    return RecordID.parse(bytes.span)
  }

  private static func id(_ text: String, _ column: Int) throws(QueryError) -> UInt64 {
    guard let id = digits(text) else {
      throw QueryError(column, "expected an id from 1 to 2^63-1, found \"\(text)\"")
    }
    return id
  }

  private static func number(_ text: String, _ column: Int) throws(QueryError) -> Int64 {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int64(text) else {
      throw QueryError(column, "expected a whole number, found \"\(text)\"")
    }
    return number
  }

  // `10`, `10..100`, `10..`, `..100`.
  private static func bounds(_ text: String, _ column: Int) throws(QueryError) -> ClosedRange<Int64> {
    let characters = Array(text)
    for place in characters.indices.dropLast() where characters[place] == "." && characters[place + 1] == "."
    {
      let low = place == 0 ? 0 : try number(String(characters[..<place]), column)
      let isOpen = place + 2 == characters.count
      let high = isOpen ? Int64.max : try number(String(characters[(place + 2)...]), column + place + 2)
      guard low <= high, !(place == 0 && isOpen) else {
        throw QueryError(column, "a range that holds nothing: \(text)", hint: "write 10..100")
      }
      return low...high
    }
    let exact = try number(text, column)
    return exact...exact
  }

  // `2018-01-01`, with `_HH:MM:SS` and `_UTC`; also the forms that records write.
  private static func time(_ text: String, _ column: Int) throws(QueryError) -> Int64 {
    var plain = text
    if plain.hasSuffix("_UTC") { plain = String(plain.dropLast(4)) }
    let bytes = plain.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
    guard let first = bytes.first, first >= 48, first <= 57, let time = Timestamp.parse(bytes.span) else {
      throw QueryError(
        column, "expected a date that exists, found \"\(text)\"",
        hint: "2018-01-31 or 2018-01-31_23:59:59_UTC")
    }
    return time
  }

  private static func seconds(_ text: String, _ column: Int) throws(QueryError) -> Int64 {
    let value = try number(text, column)
    guard value < 1 << 40 else { throw QueryError(column, "expected seconds since 1970, found \"\(text)\"") }
    return value * 1000
  }
}
