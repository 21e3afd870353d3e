import Bytes
import Testing

@testable import QueryGrammar

@Suite struct QueryOperatorsTests {
  /// Operators in every spelling of every dialect: with a value that is answered, and the one spelling they become.
  static let spellings: [(written: String, text: String)] = [
    ("from:nasa", "from:nasa"), ("from:@nasa", "from:nasa"), ("from:44196397", "from:44196397"),
    ("to:nasa", "to:nasa"), ("retweets_of:nasa", "retweets_of:nasa"), ("@nasa", "@nasa"),
    ("mentions:@nasa", "@nasa"),
    ("＠nasa", "@nasa"), ("#Mars", "#Mars"), ("＃Mars", "#Mars"), ("$TSLA", "$TSLA"),
    ("in_reply_to_tweet_id:7", "in_reply_to_tweet_id:7"),
    ("in_reply_to_status_id:7", "in_reply_to_tweet_id:7"),
    ("retweets_of_tweet_id:7", "retweets_of_tweet_id:7"),
    ("retweets_of_status_id:7", "retweets_of_tweet_id:7"),
    ("quotes_of_tweet_id:7", "quotes_of_tweet_id:7"), ("quoted_tweet_id:7", "quotes_of_tweet_id:7"),
    ("quoted_user_id:7", "quoted_user_id:7"), ("conversation_id:7", "conversation_id:7"),
    ("lang:ja", "lang:ja"), ("twitter_lang:ja", "lang:ja"), ("source:\"Web App\"", "source:\"Web App\""),
    ("source:Web_App", "source:Web_App"), ("place_country:DE", "place_country:DE"),
    ("country_code:DE", "place_country:DE"),
    ("place:\"New York\"", "place:\"New York\""), ("place_contains:york", "place:york"),
    ("url:nytimes.com", "url:\"nytimes.com\""), ("url_contains:/a", "url_contains:\"/a\""),
    ("contains:ab", "contains:ab"),
    ("bio:phd", "bio:phd"), ("bio_contains:phd", "bio:phd"), ("bio_name:ann", "bio_name:ann"),
    ("bio_name_contains:ann", "bio_name:ann"), ("bio_location:rome", "bio_location:rome"),
    ("bio_location_contains:rome", "bio_location:rome"),
    ("point_radius:[13.4 52.5 10km]", "point_radius:[13.4 52.5 10.0km]"),
    ("point_radius:[13.4 52.5 10mi]", "point_radius:[13.4 52.5 16.09344km]"),
    ("bounding_box:[1 2 3 4]", "bounding_box:[1.0 2.0 3.0 4.0]"),
    ("geocode:52.5,13.4,10km", "point_radius:[13.4 52.5 10.0km]"),
    ("near:52.5,13.4 within:10km", "point_radius:[13.4 52.5 10.0km]"),
    ("near:\"52.5, 13.4\" within:10km", "point_radius:[13.4 52.5 10.0km]"),
    ("near:52.5,13.4,10km", "point_radius:[13.4 52.5 10.0km]"),
    ("since:2018-01-01", "since:2018-01-01T00:00:00.000Z"),
    ("since:2018-01-01_00:00:05_UTC", "since:2018-01-01T00:00:05.000Z"),
    ("start_time:2018-01-01T00:00:05Z", "since:2018-01-01T00:00:05.000Z"),
    ("fromDate:201801010003", "since:2018-01-01T00:03:00.000Z"),
    ("until:2018-01-01", "until:2018-01-01T00:00:00.000Z"),
    ("end_time:2018-01-01", "until:2018-01-01T00:00:00.000Z"),
    ("toDate:201801010003", "until:2018-01-01T00:03:00.000Z"),
    ("since_time:5", "since:1970-01-01T00:00:05.000Z"), ("until_time:5", "until:1970-01-01T00:00:05.000Z"),
    ("within_time:2d", "within_time:2d"), ("within_time:48h", "within_time:2d"),
    ("within_time:90s", "within_time:90s"),
    ("since_id:7", "since_id:7"), ("max_id:7", "max_id:7"), ("until_id:7", "max_id:6"),
    ("until_id:1", "until_id:1"),
    ("card_name:animated_gif", "has:gifs"), ("include:nativeretweets", "*"), ("sample:10", "sample:10"),
    ("filter:safe", "-is:sensitive"), ("-filter:safe", "--is:sensitive"),
    ("likes:10..100", "likes:10..100"), ("likes:7", "likes:7..7"),
    ("followers_count:10..", "followers_count:10.."),
    ("min_followers:10", "followers_count:10.."), ("-min_faves:10", "-likes:10.."),
    (":)", ":)"), (":(", ":("), ("?", "?"), ("\"a b\"~6", "\"a b\"~6"), ("a AND b", "a b"), ("+a", "a"),
  ]

  @Test(
    "an operator in any dialect's spelling becomes one spelling, which means the same", arguments: spellings)
  func normalised(written: String, text: String) throws {
    let tree = try QueryParser.parse(written)
    #expect(tree.text == text)
    #expect(try QueryParser.parse(text).outline == tree.outline)
  }

  static let counts = OperatorTable.counts.flatMap { names, field in names.map { ($0, field) } }

  @Test("every count is a range, a least and a greatest number", arguments: counts)
  func count(name: String, field: NumberField) throws {
    let bare = name.hasSuffix("_count") ? String(name.dropLast(6)) : name
    for (query, bounds) in [
      ("\(name):3..9", 3...9), ("min_\(bare):3", 3...Int64.max), ("max_\(bare):9", 0...9),
    ] {
      let tree = try QueryParser.parse(query)
      guard case .range(field, bounds, _) = tree else {
        Issue.record("\(query) is \(tree)")
        continue
      }
    }
  }

  @Test(
    "every property is asked by has:, is: and filter:", arguments: OperatorTable.properties.flatMap(\.names))
  func property(name: String) throws {
    for prefix in ["has", "is", "filter"] {
      guard case .property = try QueryParser.parse("\(prefix):\(name)") else {
        Issue.record("\(prefix):\(name)")
        continue
      }
    }
  }

  @Test("every property has a spelling of its own", arguments: QueryProperty.allCases)
  func ownSpelling(property: QueryProperty) throws {
    #expect(
      try QueryParser.parse(QueryNode.property(property, column: 1).text) == .property(property, column: 1))
  }

  @Test(
    "every operator that is offered is answered, and refuses an empty value", arguments: OperatorTable.names)
  func answered(name: String) {
    let values = [
      "5", "2018-01-01", "media", "2d", "[1 2 3]", "[1 2 3 4]", "1,2,3", "nativeretweets", "animated_gif",
      "5km near:1,2",
    ]
    #expect(values.contains { (try? QueryParser.parse("\(name):\($0)")) != nil })
    #expect(throws: QueryError.self) { _ = try QueryParser.parse("\(name):") }
    #expect(throws: QueryError.self) { _ = try QueryParser.parse("\(name):\" \"") }
  }

  @Test(
    "what no field tells is refused with what comes nearest",
    arguments: OperatorTable.refused.flatMap(\.names))
  func refused(name: String) {
    do {
      _ = try QueryParser.parse("a -\(name):x")
      Issue.record("\(name): was answered")
    } catch { #expect(error.column == 4 && error.hint?.hasPrefix("the nearest that can: ") == true) }
  }

  @Test("so are properties", arguments: OperatorTable.refusedProperties.flatMap(\.names))
  func refusedProperty(name: String) {
    do {
      _ = try QueryParser.parse("-is:\(name)")
      Issue.record("is:\(name) was answered")
    } catch { #expect(error.column == 5 && error.hint?.hasPrefix("the nearest that can: ") == true) }
  }

  @Test("no name stands for two operators") func unique() {
    let names = OperatorTable.names + OperatorTable.refused.flatMap(\.names)
    #expect(Set(names).count == names.count)
    let values = OperatorTable.propertyNames + OperatorTable.refusedProperties.flatMap(\.names)
    #expect(Set(values).count == values.count)
  }

  @Test("the nearest name is by edits, then by order") func nearest() {
    #expect(Nearest.match("lagn", ["lang", "lat"]) == "lang")
    #expect(Nearest.match("qqqqqq", ["lang"]) == nil)
    #expect(Nearest.match("qqqqqq", ["lang"], anyDistance: true) == "lang")
    #expect(Nearest.match(String(repeating: "x", count: 100_000), ["lang"]) == nil)
  }
}
