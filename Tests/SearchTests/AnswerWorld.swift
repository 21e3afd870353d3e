import Foundation
import IndexTestSupport
import Records
import SearchIndex
import TestSupport

@testable import Search

/// A small random world with every field that answers count, group or order by.
struct AnswerWorld {
  struct Tweet {
    var id: UInt64
    var time: Int64
    var words: [String]
    var user: Int
    var tags: [String]
    var mention: String?
    var lang: String?
    var place: (id: String, name: String, country: String)?
    var source: String?
    var host: String?
    var media: [String]
    var counts: [Int]
    var cluster: String?

    var handle: String { "User\(user)" }
    var engagement: Int { counts.reduce(0, +) }

    var line: String {
      func list(_ texts: [String]) -> String { texts.map { "\"\($0)\"" }.joined(separator: ",") }
      var line =
        "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"\(Timestamp.text(time))\",\"user\":{\"id\":\"\(user)\","
        + "\"username\":\"\(handle)\",\"name\":\"Name \(user % 3)\"},\"text\":\"\(words.joined(separator: " "))\""
      if let lang { line += ",\"lang\":\"\(lang)\"" }
      if !tags.isEmpty { line += ",\"hashtags\":[\(list(tags))]" }
      if let mention { line += ",\"mentions\":[{\"username\":\"\(mention)\"}]" }
      if let host { line += ",\"urls\":[{\"url\":\"https://t.co/x\",\"expanded\":\"https://\(host)/a/b\"}]" }
      if !media.isEmpty {
        line +=
          ",\"media\":[" + media.map { "{\"type\":\"\($0)\",\"url\":\"u\"}" }.joined(separator: ",") + "]"
      }
      if let place {
        line +=
          ",\"geo\":{\"place\":\"\(place.name)\",\"place_id\":\"\(place.id)\",\"country\":\"\(place.country)\"}"
      }
      if engagement > 0 {
        line +=
          ",\"counts\":{\"likes\":\(counts[0]),\"retweets\":\(counts[1]),\"replies\":\(counts[2]),\"quotes\":\(counts[3])}"
      }
      if let source { line += ",\"source\":\"\(source)\"" }
      if let cluster { line += ",\"cluster\":\"\(cluster)\"" }
      return line + "}"
    }
  }

  let tweets: [Tweet]
  static let start: Int64 = 1_535_574_062_000
  static let vocabulary = [
    "crane", "cranes", "stork", "storks", "heron", "herring", "stern", "tern", "鶴は", "журавль",
  ]

  init(_ count: Int, _ random: inout SeededGenerator) {
    func one<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
    func often() -> Bool { Int.random(in: 0..<3, using: &random) > 0 }
    tweets = (0..<count).map { index in
      let place = Int.random(in: 0..<4, using: &random)
      return Tweet(
        id: 1_034_898_743_869_534_208 + UInt64(index) * 1_000_003,
        time: Self.start + Int64.random(in: 0..<40 * Timestamp.day, using: &random),
        words: (0..<Int.random(in: 1..<9, using: &random)).map { _ in one(Self.vocabulary) },
        user: Int.random(in: 1..<12, using: &random),
        tags: (0..<Int.random(in: 0..<3, using: &random)).map { _ in one(["Birds", "nest", "Kiel", "zoo"]) },
        mention: often() ? one(["Ann", "Bob", "Cy"]) : nil, lang: often() ? one(["en", "de", "ja"]) : nil,
        place: often() ? ("p\(place)", "Place \(place)", one(["DE", "BR"])) : nil,
        source: often() ? one(["Web App", "Phone", "iPad"]) : nil,
        host: often() ? one(["example.org", "bbc.co.uk"]) : nil,
        media: often() ? [] : one([["photo"], ["video", "photo"], ["animated_gif"]]),
        counts: (0..<4).map { _ in often() ? 0 : Int.random(in: 0..<50, using: &random) },
        cluster: often() ? nil : "\(Int.random(in: 0..<5, using: &random))")
    }
  }

  /// Indexes of it, cut in different ways: one segment, many, two folders of which one repeats some tweets.
  func searchers(_ folder: TemporaryDirectory) throws -> [Searcher] {
    let lines = tweets.map(\.line)
    try IndexLab.build(folder.file("one"), lines)
    try IndexLab.build(folder.file("many"), lines, every: lines.count / 6 + 1)
    try IndexLab.build(folder.file("half"), Array(lines[..<(lines.count * 2 / 3)]))
    try IndexLab.build(folder.file("rest"), Array(lines[(lines.count / 2)...]), every: lines.count / 4 + 1)
    return try [["one"], ["many"], ["half", "rest"]].map { names in
      try Searcher(try names.map { try IndexReader(folder.file($0)) })
    }
  }

  /// The counts of some values, the greatest first, ties by bytes.
  static func top(_ values: [String], _ limit: Int) -> [FacetCount] {
    Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +).sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.prefix(limit).map { FacetCount(value: $0.key, count: $0.value) }
  }
}
