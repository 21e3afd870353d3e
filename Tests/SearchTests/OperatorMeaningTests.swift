import Foundation
import IndexTestSupport
import QueryMatching
import Records
import SearchIndex
import TestSupport
import Testing

@testable import QueryGrammar
@testable import Search

/// What every operator means, in every spelling: on one tweet that has everything, beside one that has nothing.
@Suite struct OperatorMeaningTests {
  static let rich = #"""
    {"type":"tweet","id":"1034898743869534208","created_at":"2018-08-29T20:21:02.000Z",\#
    "user":{"id":"44","username":"NASA_1","name":"Ann Émile","bio":"Birds, a PhD and Mars","location":"Rome, Italy",\#
    "followers":1000,"following":20,"tweets":300,"verified":true,"protected":true},\#
    "text":"Cranes near the red planet #NYC @Bob $TSLA 東京タワー https://t.co/1 :) :-( Why?","lang":"en",\#
    "hashtags":["NYC"],"cashtags":["TSLA"],"mentions":[{"id":"5","username":"Bob"}],\#
    "urls":[{"url":"https://t.co/1","expanded":"https://mobile.nytimes.com/a-story/Mars_2018"},\#
    {"url":"https://t.co/2","expanded":"https://twitter.com/i/spaces/1A"},{"url":"https://t.co/3","expanded":"https://www.pscp.tv/w/1"},\#
    {"url":"https://t.co/4","expanded":"https://vine.co/v/1"}],\#
    "media":[{"type":"photo","url":"https://p/1"},{"type":"video","url":"https://p/2"},{"type":"animated_gif","url":"https://p/3"}],\#
    "reply_to":{"tweet":"11","user":"44","username":"NASA_1"},\#
    "retweet_of":{"id":"12","user":{"id":"45","username":"ESA"}},"quote_of":{"id":"13","user":{"id":"46","username":"ISRO"}},\#
    "conversation_id":"10","geo":{"lon":179.95,"lat":-17,"place":"New York, NY","place_id":"01a9","country":"US"},\#
    "counts":{"likes":10,"retweets":7,"replies":3,"quotes":2},"source":"Twitter Web App","sensitive":true}
    """#
  static let plain = IndexLab.tweet(900, "nothing here").replacingTime("2010-01-01T00:00:00.000Z")

  /// Queries that match the rich tweet and not the plain one.
  static let yes: [String] =
    [
      "cranes", "CRANES", "+cranes", "cranes AND near", "\"red planet\"", "“red planet”", "\"planet red\"~2",
      "\"cranes the\"~1",
      "\"cranes * the red\"", "\"cranes * * red\"", "\"cran* near\"", "\"near the re*\"", "cran*", "東京", "タ",
      "京", "\"@bob $tsla\"",
      "#nyc", "＃NYC", "nyc", "@bob", "＠BOB", "bob", "mentions:bob", "mentions:@bob", "$tsla", "tsla", ":)",
      ":(", "?",
      "from:nasa_1", "from:@NASA_1", "from:44", "to:nasa_1", "to:44", "retweets_of:esa", "retweets_of:45",
      "in_reply_to_tweet_id:11", "in_reply_to_status_id:11", "retweets_of_tweet_id:12",
      "retweets_of_status_id:12",
      "quotes_of_tweet_id:13", "quoted_tweet_id:13", "quoted_user_id:46", "conversation_id:10", "lang:en",
      "twitter_lang:EN",
      "source:\"twitter web app\"", "source:Twitter_Web_App", "place_country:us", "country_code:US",
      "place:york",
      "place:\"york new\"", "place:01A9", "place_contains:ny", "url:nytimes", "url:nytimes.com",
      "url:mobile.nytimes.com",
      "url:\"https://mobile.nytimes.com/a-story\"", "url:mars", "url:mars_2018", "url:a_story", "url:a-story",
      "url:mars.2018", "url_contains:\"/a-st\"",
      "url_contains:t.co/1",
      "contains:\"ed pla\"", "contains:\"京タ\"", "bio:phd", "bio:\"mars birds\"", "bio_contains:phd",
      "bio_name:emile",
      "bio_name_contains:ann", "bio_location:rome", "bio_location_contains:italy",
      "point_radius:[179.95 -17 1km]", "point_radius:[-179.95 -17 10mi]", "bounding_box:[170 -20 -170 -10]",
      "geocode:-17,179.9,10km", "near:-17,179.9", "near:-17,-179.9 within:30km", "near:-17,179.9,10km",
      "since:2018-08-29", "since:2018-08-29_20:21:02_UTC", "start_time:2018-08-29T20:21:02Z",
      "fromDate:201808292021",
      "since_time:1535574062", "within_time:1d", "since_id:1034898743869534207", "sample:100 cranes",
      "card_name:animated_gif",
      "include:nativeretweets cranes", "-is:safe", "-has:safe", "-filter:safe", "min_followers:1000",
      "followers_count:1000",
    ]
    + OperatorTable.properties.flatMap { entry in
      entry.names.flatMap { name in ["has:", "is:", "filter:"].map { $0 + name } }
    }
    + zip(OperatorTable.counts, [10, 7, 3, 2, 1000, 20, 300]).flatMap { entry, value in
      entry.names.flatMap { name in
        let bare = name.hasSuffix("_count") ? String(name.dropLast(6)) : name
        let bounds = [
          "\(name):\(value)", "\(name):1..\(value)", "\(name):\(value)..", "min_\(bare):\(value)",
        ]
        return bounds + ["max_\(bare):\(value) min_\(bare):\(value)", "\(name):[\(value) TO *]"]
      }
    }

  /// Queries that match the plain tweet and not the rich one.
  static let no: [String] = [
    "nothing", "-cranes", "-\"red planet\"", "-(cranes OR mars)", "-from:nasa_1",
    "until:2018-08-29_20:21:03_UTC -cranes",
    "max_id:900", "until_id:901", "max_likes:9", "-min_faves:10", "-min_retweets:7", "-min_replies:3",
    "-near:-17,180",
    "-bounding_box:[-180 -90 180 90]", "-followers_count:0..", "-bio:phd", "-:)", "-?", "is:safe", "has:safe",
    "filter:safe",
    "-has:geo", "-lang:en", "-contains:red", "-url:nytimes", "end_time:2100-01-01 -cranes",
    "toDate:210001010000 -cranes",
    "until_time:4000000000 -cranes", "until:2018-08-29", "toDate:201801010000", "end_time:2018-01-01",
  ]

  /// Queries that match neither.
  static let none: [String] = [
    "\"planet red\"~1", "\"cranes the\"", "\"cranes * red\"", "\"cranes near\"~0 -cranes",
    "since_id:1034898743869534208",
    "until_id:1", "likes:11..", "followers_count:1001..", "place:\"york old\"", "url:nytime", "url:mars_2019",
    "url:nytimes.org", "url_contains:zzz",
    "point_radius:[0 0 1km]", "bounding_box:[-170 -20 170 -10]", "geocode:-17,0,10km", "contains:redplanet",
    "bio:birdsong", "タワ東",
    "source:Web_App", "lang:de", "quoted_user_id:13",
    "until_time:5", "since_time:4000000000",
  ]

  @Test("an index and a matcher give the same meaning to every operator") func meaning() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), [Self.rich, Self.plain])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    let boxes = try [Self.rich, Self.plain].map { try GrammarWorld.Box($0) }
    let now = boxes[0].tweet.createdAt
    for (queries, expected) in [
      (Self.yes, [1_034_898_743_869_534_208]), (Self.no, [900]), (Self.none, []),
    ] as [([String], [UInt64])] {
      for query in queries {
        let tree = try QueryParser.parse(query)
        #expect(
          try searcher.search(tree, sort: .latest, limit: 9).map(\.id) == expected, "\(query), by the index")
        var matcher = QueryMatcher(tree, now: now)
        #expect(
          boxes.filter { matcher.matches($0.tweet) }.map { $0.tweet.id } == expected, "\(query), by records")
      }
    }
  }

  @Test("no operator is left out above") func complete() {
    let all = (Self.yes + Self.no + Self.none).joined(separator: " ")
    for name in OperatorTable.names { #expect(all.lowercased().contains(name + ":"), "\(name):") }
    for name in OperatorTable.propertyNames { #expect(all.contains("is:" + name), "is:\(name)") }
  }

  @Test("a place without a point is no point") func place() throws {
    let box = try GrammarWorld.Box(IndexLab.tweet(5, "x", "\"geo\":{\"place\":\"Fiji\",\"country\":\"FJ\"}"))
    for (query, holds) in [
      ("bounding_box:[-180 -90 180 90]", false), ("has:geo", true), ("place:fiji", true),
    ] {
      var matcher = QueryMatcher(try QueryParser.parse(query))
      #expect(matcher.matches(box.tweet) == holds, "\(query)")
    }
  }

  @Test("within_time: is measured from the newest tweet, or from what is given") func within() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"), [Self.rich, IndexLab.tweet(900, "x").replacingTime("2018-08-29T10:21:02.000Z")])
    let tree = try QueryParser.parse("within_time:9h")
    func count(_ now: Int64?) throws -> Int {
      let searcher = try Searcher([try IndexReader(folder.file("i"))])
      searcher.now = now
      return try searcher.count(tree)
    }
    #expect(try count(nil) == 1)
    // The later of the two is not made yet.
    #expect(try count(1_535_574_062_000 - 3_600_000) == 1)
    #expect(try count(1_535_574_062_000 + 36_000_000) == 0)
  }
}

extension String {
  fileprivate func replacingTime(_ time: String) -> String {
    replacingOccurrences(of: "2018-08-29T20:21:02.000Z", with: time)
  }
}
