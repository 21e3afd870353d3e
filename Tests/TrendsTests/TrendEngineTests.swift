import Bytes
import Containers
import Foundation
import TestSupport
import Testing

@testable import Trends

@Suite struct TrendEngineTests {
  struct Post: Hashable {
    var time: Int64
    var user: Int
    var tag: String
    var country: String
  }

  static let day: Int64 = 86_400_000

  // Two days of noise, then a tag that many use at once.
  static func posts(seed: UInt64) -> [Post] {
    var random = SeededGenerator(seed: seed)
    var posts: [Post] = []
    for _ in 0..<3000 {
      posts.append(
        Post(
          time: Int64.random(in: 0..<2 * day, using: &random), user: Int.random(in: 0..<300, using: &random),
          tag: "t\(Int.random(in: 0..<20, using: &random))",
          country: Bool.random(using: &random) ? "DE" : "FR"))
    }
    for _ in 0..<60 {
      posts.append(
        Post(
          time: 2 * day - 5_000_000 + Int64.random(in: 0..<3_000_000, using: &random),
          user: Int.random(in: 0..<300, using: &random), tag: "Boom", country: "DE"))
    }
    return posts.sorted { ($0.time, $0.user, $0.tag) < ($1.time, $1.user, $1.tag) }
  }

  static func line(_ post: Post, _ id: Int) -> String {
    let time = Int64(1_600_041_600_000) + post.time
    let iso = ISO8601DateFormatter()
    iso.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    let created = iso.string(from: Date(timeIntervalSince1970: Double(time) / 1000))
    return
      "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"\(created)\",\"user\":{\"id\":\"\(post.user + 1)\"},\"text\":\"#\(post.tag)\",\"hashtags\":[\"\(post.tag)\"],\"geo\":{\"country\":\"\(post.country)\"}}"
  }

  static func run(_ lines: [String], _ settings: TrendSettings, chunk: Int = 100) -> (
    rows: [Trend], late: Int
  ) {
    var engine = TrendEngine(settings)
    let reader = TrendReader(program: "test", settings: settings)
    var rows: [Trend] = []
    for start in stride(from: 0, to: lines.count, by: chunk) {
      var bytes = ByteBuffer()
      for line in lines[start..<min(start + chunk, lines.count)] { bytes.append(string: line + "\n") }
      let batch = reader.read(
        Chunk(bytes: bytes, source: "test", member: "", offset: 0, line: 1, layout: .lines))
      #expect(batch.rejects.isEmpty)
      rows += engine.add(batch)
    }
    rows += engine.finish()
    return (rows, engine.late)
  }

  /// Lines in order of their time, as arrival goes.
  static func inOrder(_ lines: [String]) -> [String] {
    func time(_ line: String) -> Substring {
      line.range(of: "\"created_at\":\"").map { line[$0.upperBound...].prefix(24) } ?? ""
    }
    return lines.sorted { time($0) < time($1) }
  }

  static func settings() -> TrendSettings {
    var settings = TrendSettings()
    settings.kinds = [.hashtag]
    return settings
  }

  @Test("a row's accounts, uses and examples are what a scan of the window finds", arguments: 0..<4)
  func counts(seed: UInt64) {
    let posts = Self.posts(seed: seed)
    let lines = posts.enumerated().map { Self.line($1, $0 + 1) }
    let result = Self.run(lines, Self.settings())
    #expect(result.late == 0)
    let boom = result.rows.filter { $0.term == Array("#boom".utf8) }
    #expect(
      boom.contains { $0.place == Array("world".utf8) }
        && boom.contains { $0.place == Array("country:DE".utf8) })
    for row in result.rows {
      let start = row.windowStart - 1_600_041_600_000
      let place = String(decoding: row.place, as: UTF8.self)
      let inside = posts.enumerated().filter { _, post in
        post.time >= start && post.time < start + 3_600_000
          && "#\(post.tag.lowercased())" == String(decoding: row.term, as: UTF8.self)
          && (place == "world" || place == "country:\(post.country)")
      }
      #expect(row.count == inside.count)
      #expect(row.users == Set(inside.map(\.element.user)).count)
      #expect(row.examples.allSatisfy { id in inside.contains { $0.offset + 1 == Int(id) } })
      #expect(row.windowStart <= row.onset || row.stage != .new)
    }
    #expect(boom.first?.variants == [Array("#Boom".utf8)])
  }

  @Test("the order within the lateness and the cuts of the input show in no row", arguments: 0..<4)
  func shuffled(seed: UInt64) {
    let posts = Self.posts(seed: seed)
    let lines = posts.enumerated().map { (time: $1.time, line: Self.line($1, $0 + 1)) }
    var random = SeededGenerator(seed: seed)
    let plain = Self.run(lines.map(\.line), Self.settings())
    let moved = lines.map { (time: $0.time + Int64.random(in: 0..<500_000, using: &random), line: $0.line) }
      .sorted { $0.time < $1.time }.map(\.line)
    #expect(moved != lines.map(\.line))
    let other = Self.run(moved, Self.settings(), chunk: 7)
    #expect(other.late == 0 && other.rows == plain.rows && !plain.rows.isEmpty)
  }

  @Test("what comes too late is counted as such and changes nothing") func late() {
    let posts = Self.posts(seed: 1)
    let lines = posts.enumerated().map { Self.line($1, $0 + 1) }
    let plain = Self.run(lines, Self.settings())
    let extra = Post(time: 1000, user: 5, tag: "Boom", country: "DE")
    let result = Self.run(lines + [Self.line(extra, 99_999)], Self.settings())
    #expect(result.late == 1 && result.rows == plain.rows)
  }

  @Test("an account that shouts, and a text that is copied, have one voice") func voices() {
    let posts = Self.posts(seed: 2).filter { $0.tag != "Boom" }
    var lines = posts.enumerated().map { Self.line($1, $0 + 1) }
    // Six accounts, fifteen times each; and forty accounts with one text.
    for index in 0..<90 {
      lines.append(
        Self.line(
          Post(time: 2 * Self.day - 3_000_000 + Int64(index), user: index % 6, tag: "shout", country: "DE"),
          10_000 + index))
    }
    for index in 0..<40 {
      let post = Post(
        time: 2 * Self.day - 2_900_000 + Int64(index), user: 400 + index, tag: "copied", country: "DE")
      lines.append(
        Self.line(post, 20_000 + index).replacingOccurrences(
          of: "\"text\":\"#copied\"",
          with: "\"text\":\"follow me for a great surprise today \(index) #copied\""))
    }
    let result = Self.run(Self.inOrder(lines), Self.settings())
    #expect(result.late == 0)
    let terms = Set(result.rows.map { String(decoding: $0.term, as: UTF8.self) })
    #expect(!terms.contains("#shout") && !terms.contains("#copied"))
  }

  @Test("phrases of the same tweets are one topic, with the others as members") func topics() {
    var settings = Self.settings()
    settings.kinds = [.phrase]
    settings.levels = [.world]
    var lines = Self.posts(seed: 3).filter { $0.tag != "Boom" }.enumerated().map { Self.line($1, $0 + 1) }
    // Texts that share nothing but the phrase, or they would be copies: words of letters that depend on the number.
    func word(_ index: Int, _ salt: Int) -> String {
      let digits = String((index + 7) * 7919 * salt + 1_000_003, radix: 9)
      return String(
        String.UnicodeScalarView(digits.unicodeScalars.compactMap { Unicode.Scalar($0.value + 49) }))
    }
    for index in 0..<30 {
      let time = 2 * Self.day - 3_000_000 + Int64(index)
      let words = (1...8).map { word(index, $0) }
      let text =
        words[..<4].joined(separator: " ") + " silent harbor tonight " + words[4...].joined(separator: " ")
      let line = Self.line(Post(time: time, user: index, tag: "x", country: "DE"), 30_000 + index)
      lines.append(line.replacingOccurrences(of: "\"text\":\"#x\"", with: "\"text\":\"\(text)\""))
    }
    let rows = Self.run(Self.inOrder(lines), settings).rows
    #expect(!rows.isEmpty)
    for row in rows {
      #expect(row.rank == 1 && row.term == Array("harbor tonight".utf8))
      #expect(row.variants == ["harbor tonight", "silent harbor"].map { Array($0.utf8) })
    }
  }

  @Test("tags of the same tweets are one topic; one that comes alone is another") func tags() {
    var lines = Self.posts(seed: 3).filter { $0.tag != "Boom" }.enumerated().map { Self.line($1, $0 + 1) }
    for index in 0..<60 {
      let post = Post(
        time: 2 * Self.day - 3_000_000 + Int64(index), user: index,
        tag: index % 2 == 0 ? "bang" : "alone", country: "DE")
      let line = Self.line(post, 30_000 + index)
      lines.append(line.replacingOccurrences(of: "[\"bang\"]", with: "[\"bang\",\"crash\"]"))
    }
    var settings = Self.settings()
    settings.levels = [.world]
    let rows = Self.run(Self.inOrder(lines), settings).rows
    #expect(Set(rows.map { String(decoding: $0.term, as: UTF8.self) }) == ["#alone", "#bang"])
    #expect(rows.allSatisfy { $0.term != Array("#bang".utf8) || $0.variants.last == Array("#crash".utf8) })
  }

  // A busy hour: 3,000 accounts, of which 800 use one tag.
  static func busy() -> [Post] {
    var random = SeededGenerator(seed: 9)
    var posts: [Post] = []
    for _ in 0..<6000 {
      posts.append(
        Post(
          time: Int64.random(in: 0..<2 * day, using: &random), user: Int.random(in: 0..<3000, using: &random),
          tag: "t\(Int.random(in: 0..<400, using: &random))",
          country: Bool.random(using: &random) ? "DE" : "FR"))
    }
    for index in 0..<2400 {
      posts.append(
        Post(
          time: 2 * day - 3_000_000 + Int64.random(in: 0..<1_500_000, using: &random), user: index % 800,
          tag: "Boom", country: "DE"))
    }
    return posts.sorted { ($0.time, $0.user, $0.tag) < ($1.time, $1.user, $1.tag) }
  }

  @Test(
    "in little memory a row says how far it may be off, and is; order and cuts of the input still do not show"
  )
  func sampled() {
    let posts = Self.busy()
    let lines = posts.enumerated().map { (time: $1.time, line: Self.line($1, $0 + 1)) }
    var settings = Self.settings()
    let exact = Self.run(lines.map(\.line), settings).rows
    settings.memory = 1 << 20
    let rows = Self.run(lines.map(\.line), settings).rows
    #expect(rows.contains { $0.error ?? 0 > 50 } && exact.allSatisfy { $0.error == nil })
    for row in rows where row.term == Array("#boom".utf8) {
      let true_ = exact.first {
        $0.windowEnd == row.windowEnd && $0.place == row.place && $0.term == row.term
      }
      guard let true_, let error = row.error else { continue }
      #expect(abs(Double(row.count - true_.count)) <= error && abs(Double(row.users - true_.users)) <= error)
    }
    var random = SeededGenerator(seed: 4)
    let moved = lines.map { (time: $0.time + Int64.random(in: 0..<500_000, using: &random), line: $0.line) }
      .sorted { $0.time < $1.time }.map(\.line)
    #expect(Self.run(moved, settings, chunk: 33).rows == rows)
  }

  @Test("a clock far ahead is counted as such and changes nothing") func ahead() {
    let posts = Self.posts(seed: 1)
    var lines = posts.enumerated().map { Self.line($1, $0 + 1) }
    let plain = Self.run(lines, Self.settings())
    lines.insert(Self.line(Post(time: 4000 * Self.day, user: 5, tag: "Boom", country: "DE"), 99_999), at: 500)
    let result = Self.run(lines, Self.settings())
    #expect(result.rows == plain.rows && result.late == 0)
  }

  @Test("places of which the baseline has nothing left are forgotten, and nothing else changes") func places()
  {
    var settings = Self.settings()
    settings.baseline = 2 * 3_600_000
    let posts = (0..<40_000).map { number in
      Post(time: Int64(number) * 10_000, user: number % 500, tag: "t\(number % 9)", country: "c\(number)")
    }
    let lines = posts.enumerated().map { Self.line($1, $0 + 1) }
    var engine = TrendEngine(settings)
    for start in stride(from: 0, to: lines.count, by: 1000) {
      _ = TrendStateTests.feed(Array(lines[start..<start + 1000]), &engine, settings)
    }
    let count = engine.tables.places.count
    #expect(count < 10_000)
    let everybody = engine.everybody.count
    #expect(everybody < 10_000)
  }

  @Test("a name longer than anybody searches for is not counted") func longNames() {
    let settings = Self.settings()
    var engine = TrendEngine(settings)
    let tags = ["short", String(repeating: "x", count: 1500)]
    let lines = tags.enumerated().map { Self.line(Post(time: 0, user: 1, tag: $1, country: "DE"), $0 + 1) }
    _ = TrendStateTests.feed(lines, &engine, settings)
    // Everybody, and the one.
    let count = engine.tables.terms.count
    #expect(count == 2)
  }
}
