import Bytes
import Foundation
import IndexTestSupport
import JSON
import TestSupport
import Testing

@testable import Records

@Suite struct CanonicalReaderTests {
  /// All that a record holds, in a form that can be compared; nil for what is neither tweet nor event.
  static func image(_ tweet: borrowing Tweet, _ record: TweetReader.Record) -> [String]? {
    var out = ByteBuffer()
    if case .event(let event) = record { event.write(to: &out) }
    if record == .other { return nil }
    TweetWriter.write(tweet, to: &out)
    let terms = (0..<tweet.tokens.count).map { index in
      "\(tweet.tokens.tokens[index].position) \(tweet.tokens.term(index).text)"
    }
    return [out.span.text, "\(tweet.isTokenized) \(tweet.tokens.length) \(tweet.counts == nil)"] + terms
  }

  static func bytes(_ line: [UInt8]) -> ByteBuffer {
    var bytes = ByteBuffer()
    bytes.append(line.span)
    return bytes
  }

  /// What the parser and `TweetReader` make of a line; nil for what they refuse.
  static func slow(_ line: [UInt8], _ parts: TweetParts) -> [String]? {
    var parser = JSONParser()
    var tweet = Tweet()
    let bytes = bytes(line)
    do {
      try parser.parse(bytes, 0..<bytes.count)
      let record = try TweetReader.read(parser.root, into: &tweet, parts: parts)
      return image(tweet, record)
    } catch { return nil }
  }

  /// What `CanonicalReader` makes of it; nil where it declines.
  static func fast(_ line: [UInt8], _ parts: TweetParts) -> [String]? {
    var reader = CanonicalReader()
    var tweet = Tweet()
    let bytes = bytes(line)
    guard let record = reader.read(bytes.span, into: &tweet, parts: parts) else { return nil }
    return image(tweet, record)
  }

  static let someParts: [TweetParts] = [.all, [], .mentions, .links, .text, .rest, [.text, .links]]

  static func line(_ tweet: borrowing Tweet) -> [UInt8] {
    var out = ByteBuffer()
    TweetWriter.write(tweet, to: &out)
    return Array(out.span.array.dropLast())
  }

  /// A tweet that the fast reader is made for: without a spam score, numbers of usual length.
  static func usual(_ tweet: inout Tweet, _ random: inout SeededGenerator) {
    RandomTweet.fill(&tweet, &random)
    tweet.spam = .absent
    if tweet.geo?.lon != nil {
      tweet.geo?.lon = Double(Int.random(in: -1800...1800, using: &random)) / 10
      tweet.geo?.lat = -12.345678
    }
    for count in [\User.followers, \User.following, \User.tweets] {
      if let value = tweet.user?[keyPath: count] { tweet.user?[keyPath: count] = value >> 8 }
    }
    for count in [\Counts.likes, \Counts.retweets, \Counts.replies, \Counts.quotes] {
      if let value = tweet.counts?[keyPath: count] { tweet.counts?[keyPath: count] = value >> 8 }
    }
  }

  static func line(_ event: Event) -> [UInt8] {
    var out = ByteBuffer()
    event.write(to: &out)
    return Array(out.span.array.dropLast())
  }

  /// An event with all that its kind needs.
  static func event(_ random: inout SeededGenerator) -> Event {
    var event = Event(Event.Kind.allCases.randomElement(using: &random) ?? .like)
    event.user = .random(in: 1...UInt64(Int64.max), using: &random)
    event.target = .random(in: 1...1000, using: &random)
    event.tweet = .random(in: 1...UInt64(Int64.max), using: &random)
    if Bool.random(using: &random) { event.at = .random(in: 0...2_000_000_000_000, using: &random) }
    return event
  }

  @Test("events are read, and as by way of the parser") func events() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let line = Self.line(Self.event(&random))
      let slow = Self.slow(line, .all)
      #expect(slow != nil && Self.fast(line, .all) == slow, "\(line.span.text)")
    }
  }

  @Test("what the writer wrote is read, and as by way of the parser", arguments: 0..<40) func usual(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var tweet = Tweet()
    for _ in 0..<25 {
      Self.usual(&tweet, &random)
      let line = Self.line(tweet)
      for parts in Self.someParts {
        let slow = Self.slow(line, parts)
        #expect(slow != nil && Self.fast(line, parts) == slow, "\(line.span.text) \(parts)")
      }
    }
  }

  /// Bytes that matter to JSON, to UTF-8 or to the fields of a tweet.
  static let pieces: [[UInt8]] =
    [
      #"""#, #"\"#, #"\""#, #"\\"#, #"\n"#, #"\/"#, #"\u0041"#, #"\u00e9"#, #"\u0000"#, #"\u001F"#,
      #"\ud83d"#,
      #"\ud83d\ude00"#, #"\udc00"#, #"\u00"#, #"\x"#, ",", ":", "{", "}", "[", "]", "{}", "[]", "\"\"", " ",
      "\t", "\n",
      "\r", "\u{0}", "\u{7F}", "\u{FEFF}", "null", "true", "false", "0", "-0", "-0.0", "00", "1e5", "1.",
      ".5", "1.50",
      "123456789012345678", "1234567890123456789", "12345678901234567890", "9223372036854775807",
      "18446744073709551616",
      "\"id\":\"1\",", ",\"lang\":\"en\"", "\"type\":\"like\"", ",\"spam\":{\"score\":1}", ",\"x\":1",
      "[\"a\",\"b\"]",
      "[\"a\"]", "2018-08-29T20:21:02.000Z", "2018-02-30T20:21:02.000Z", "2018-08-29",
      "Wed Aug 29 20:21:02 +0000 2018",
    ].map { Array($0.utf8) } + [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0xA9],
    ]

  /// The line with one to three of: a byte changed, a piece put in, a part left out, doubled or exchanged for another.
  static func damaged(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var line = line
    func part() -> Range<Int> {
      // Mostly from a comma or quote to another: whole members, values and keys.
      let ends = line.indices.filter { line[$0] == 0x2C || line[$0] == 0x22 || line[$0] == 0x7D }
      let from = ends.randomElement(using: &random) ?? 0
      let to = ends.filter { $0 >= from && $0 < from + 80 }.randomElement(using: &random) ?? from
      return from..<min(to + Int.random(in: 0...1, using: &random), line.count)
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) where !line.isEmpty {
      let place = Int.random(in: 0..<line.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: line[place] = UInt8.random(in: .min ... .max, using: &random)
      case 1: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2: line.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
      case 3: line.replaceSubrange(part(), with: pieces.randomElement(using: &random) ?? [])
      case 4: line.insert(contentsOf: line[part()], at: place)
      default: line.replaceSubrange(part(), with: line[part()])
      }
    }
    return line
  }

  /// Lines; `TWEETMILL_LINES` asks for more.
  static let lines = ProcessInfo.processInfo.environment["TWEETMILL_LINES"].flatMap(Int.init) ?? 8000

  @Test("of a damaged line it reads what the parser reads, or declines", arguments: 0..<16) func damage(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed + 1000)
    var tweet = Tweet()
    var read = 0
    for number in 0..<Self.lines / 16 {
      if number % 8 == 0 { Self.usual(&tweet, &random) }
      let whole = number % 4 == 0 ? Self.line(Self.event(&random)) : Self.line(tweet)
      let line = Self.damaged(whole, &random)
      let parts = Self.someParts.randomElement(using: &random) ?? .all
      guard let fast = Self.fast(line, parts) else { continue }
      read += 1
      #expect(fast == Self.slow(line, parts), "\(line) \(parts)")
    }
    // A test in which it always declines would tell nothing.
    #expect(read > Self.lines / 16 / 50)
  }

  @Test("no beginning of a line is a tweet") func beginnings() {
    var random = SeededGenerator(seed: 7)
    var tweet = Tweet()
    for _ in 0..<10 {
      Self.usual(&tweet, &random)
      let line = Self.line(tweet)
      for end in 0..<line.count { #expect(Self.fast(Array(line[..<end]), .all) == nil) }
    }
  }

  @Test(
    "it declines what is not of the writer's form",
    arguments: [
      #"{"type":"tweet","id":"1","text":"a","created_at":"2018-08-29T20:21:02.000Z"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","lang":"en","lang":"de"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","x":1}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a", "lang":"en"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a"} "#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a"}}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a\ud800"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","tokens":["a",""]}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","tokens":["a",["b",["c"]]]}"#,
      #"{"type":"tweet","id":"01","created_at":"2018-08-29T20:21:02.000Z","text":"a"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-02-30T20:21:02.000Z","text":"a"}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","counts":{"likes":01}}"#,
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","geo":{"lon":1e2,"lat":1}}"#,
      #"{"type":"like","user":"1"}"#, #"{"type":"like","tweet":"1","user":"2"}"#,
      #"{"type":"trend","user":"1"}"#,
      #"{"type":"follow","user":"1","target":"2","tweet":"3"}"#, #"{"type":"delete","user":"1"}"#,
      #"{"type":"tweet"}"#,
      "", "{", "{\"type\":\"tweet\",\"id\":\"",
    ]) func other(line: String)
  {
    #expect(Self.fast(Array(line.utf8), .all) == nil)
  }

  @Test(
    "numbers are those of the parser",
    arguments: [
      "0", "-0", "-0.0", "0.0", "1", "-1", "0.1", "-122.4194155", "37.77492950000000", "999999999999999",
      "0.000000000000001",
      "100000000000000.5", "-0.30000000000000004",
    ]) func numbers(text: String)
  {
    let line = Array(
      #"{"type":"tweet","id":"1","created_at":"2018-08-29T20:21:02.000Z","text":"a","geo":{"lon":\#(text),"lat":\#(text)}}"#
        .utf8)
    let fast = Self.fast(line, .all)
    #expect(fast == nil || fast == Self.slow(line, .all))
    #expect((fast == nil) == (text.filter(\.isNumber).count > 15))
  }
}
