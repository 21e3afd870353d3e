import Bytes
import Foundation
import IndexTestSupport
import QueryGrammar
import QueryMatching
import Records
import TestSupport

/// Tweets with every field that the grammar asks for, and random queries over the whole grammar that often match some.
struct GrammarWorld {
  /// A tweet that an array can hold.
  final class Box {
    var tweet = Tweet()
    let line: String
    init(_ line: String) throws {
      self.line = line
      _ = try RandomTweet.read(line, into: &tweet)
    }
  }

  let tweets: [Box]
  static let base: UInt64 = 1_034_898_743_869_534_208
  static let step: UInt64 = 3_600_000 << 22
  static let newest = base + 200 * step

  static let words = [
    "crane", "stork", "Émile", "zoë", "東京", "東", "京都タワー", "カラス", "さぎ", "한국", "don't", "re-do", "ไทยแลนด์",
    "naïve", "🐦",
    "👍🏽", "12.5", "a", "b", "c", "x_y", "mars",
  ]
  static let handles = ["nasa", "Ann_1", "bob", "12345", "77"]
  static let tags = ["nyc", "東京", "Straße", "mars"]
  static let links = [
    "https://nytimes.com/a-story/mars_2018?x=1", "https://mobile.nytimes.com/", "https://youtu.be/AbC",
    "http://vine.co/v/1",
    "https://www.pscp.tv/w/9", "https://twitter.com/i/spaces/1AB", "https://example.org/stork",
    "https://t.co/zz", "http://my-site.org/x.html",
  ]
  static let places = ["New York, NY", "Köln, Deutschland", "東京都", "York"]
  static let bios = ["PhD, birds & cranes", "mars fan 東京", "¿?", ""]
  static let signs = [" :)", " :-(", "?", " ? ", " ;-)", " :D", " 😀", "", "", "", ""]

  /// `count` made-up tweets and some of the samples.
  init(_ count: Int, samples: [String], _ random: inout SeededGenerator) throws {
    var lines = samples
    for index in 0..<count { lines.append(Self.line(Self.base + UInt64(index) * Self.step, &random)) }
    tweets = try lines.map { try Box($0) }
  }

  private static func pick(_ list: [String], _ random: inout SeededGenerator) -> String {
    list.randomElement(using: &random) ?? ""
  }

  private static func line(_ id: UInt64, _ random: inout SeededGenerator) -> String {
    func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &random) == 0 }
    func list(_ values: [String], _ most: Int, _ random: inout SeededGenerator) -> [String] {
      (0..<Int.random(in: 0..<most, using: &random)).map { _ in pick(values, &random) }
    }
    func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
    var pieces = list(words, 9, &random)
    if chance(3) { pieces.append("#" + pick(tags, &random)) }
    if chance(4) { pieces.append("@" + pick(handles, &random)) }
    if chance(6) { pieces.append("$TSLA") }
    pieces.shuffle(using: &random)
    let text =
      pieces.joined(separator: chance(5) ? "" : " ") + pick(signs, &random) + " "
      + list(words, 4, &random).joined(separator: " ")
    var tweet: [String: Any] = [
      "type": "tweet", "id": "\(id)", "text": text,
      "created_at": chance(6) ? "2018-09-0\(number(9) + 1)T12:00:00.000Z" : "2018-08-29T20:21:02.000Z",
    ]
    if !chance(8) {
      var user: [String: Any] = [:]
      if !chance(4) { user["id"] = "\(number(3) + 76)" }
      if !chance(4) { user["username"] = pick(handles, &random) }
      if !chance(3) { user["name"] = pick(bios, &random) }
      if !chance(3) { user["bio"] = pick(bios, &random) }
      if !chance(3) { user["location"] = pick(places, &random) }
      if !chance(3) { user["followers"] = number(20) }
      if !chance(3) { user["following"] = number(20) }
      if !chance(3) { user["tweets"] = number(20) }
      if chance(2) { user["verified"] = chance(2) }
      if chance(2) { user["protected"] = chance(2) }
      tweet["user"] = user
    }
    if !chance(4) { tweet["lang"] = pick(["en", "ja", "und", "de"], &random) }
    if chance(2) { tweet["hashtags"] = list(tags, 3, &random) }
    if chance(3) { tweet["cashtags"] = ["TSLA"] }
    if chance(3) { tweet["mentions"] = list(handles, 3, &random).map { ["username": $0] } }
    if chance(2) {
      tweet["urls"] = list(links, 3, &random).map { ["url": "https://t.co/x\(number(9))", "expanded": $0] }
    }
    if chance(3) {
      tweet["media"] = list(["photo", "video", "animated_gif"], 3, &random).map {
        ["type": $0, "url": "https://p/1"]
      }
    }
    if chance(3) {
      var reply: [String: Any] = [:]
      if !chance(4) { reply["tweet"] = "\(number(4) + 1)" }
      if !chance(4) { reply["user"] = "\(number(3) + 76)" }
      if !chance(4) { reply["username"] = pick(handles, &random) }
      tweet["reply_to"] = reply
    }
    if chance(4) {
      tweet["retweet_of"] = [
        "id": "\(number(4) + 1)", "user": ["id": "77", "username": pick(handles, &random)],
      ]
    }
    if chance(4) { tweet["quote_of"] = ["id": "\(number(4) + 1)", "user": ["id": "\(number(3) + 76)"]] }
    if chance(2) { tweet["conversation_id"] = "\(number(4) + 1)" }
    if chance(2) {
      var geo: [String: Any] = [:]
      if chance(2) {
        geo["lon"] = [0, 13.4, 179.95, -179.95, -74].randomElement(using: &random) ?? 0
        geo["lat"] = [0, 52.5, -17, 40.7].randomElement(using: &random) ?? 0
      }
      if chance(2) { geo["place"] = pick(places, &random) }
      if chance(2) { geo["place_id"] = "01a9a39529b27f36" }
      if chance(2) { geo["country"] = pick(["DE", "US"], &random) }
      tweet["geo"] = geo
    }
    if chance(2) { tweet["counts"] = ["likes": number(9), "retweets": number(4), "replies": number(3)] }
    if !chance(4) { tweet["source"] = pick(["Twitter Web App", "Bird_Bot"], &random) }
    if chance(3) { tweet["sensitive"] = chance(2) }
    let data = try? JSONSerialization.data(
      withJSONObject: tweet, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// Which tweets match by their records alone.
  func matching(_ tree: QueryNode) -> [UInt64] {
    var matcher = QueryMatcher(tree, now: newestTime)
    return tweets.filter { matcher.matches($0.tweet) }.map { $0.tweet.id }.sorted(by: >)
  }

  private var newestTime: Int64 { tweets.max { $0.tweet.id < $1.tweet.id }?.tweet.createdAt ?? 0 }
}
