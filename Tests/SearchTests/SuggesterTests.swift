import Foundation
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct SuggesterTests {
  /// All suggestions of a world, by looking at every tweet.
  static func naive(_ world: AnswerWorld, _ typed: String) -> [(
    text: String, score: Double, isCorrected: Bool
  )] {
    let newest = world.tweets.map(\.time).max() ?? 0
    var found: [(text: String, score: Double, isCorrected: Bool)] = []
    func add(_ sign: String, _ values: (AnswerWorld.Tweet) -> Set<String>, _ shown: (String) -> String) {
      for value in Set(world.tweets.flatMap { values($0) }) {
        let start = typed.lowercased()
        let fits = value.lowercased().hasPrefix(start)
        guard fits || TypoVariantsTests.isNear(start, value.lowercased()) else { continue }
        let holders = world.tweets.filter { values($0).contains(value) }
        // The newest by id is whose time counts.
        let last = holders.max { $0.id < $1.id }?.time ?? 0
        let score = Double(holders.count) * exp2(-max(Double(newest - last), 0) / Double(Suggestion.halfLife))
        found.append((sign + shown(value), score, !fits))
      }
    }
    add("", { Set($0.words).union($0.tags.isEmpty ? [] : []) }, { $0 })
    add("#", { Set($0.tags.map { $0.lowercased() }) }, { $0 })
    add("@", { [$0.handle] }, { $0 })
    return found.sorted { a, b in
      if a.isCorrected != b.isCorrected { return b.isCorrected }
      return a.score != b.score ? a.score > b.score : a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }
  }

  @Test("suggestions are those that a look at every word gives, with a typo too", arguments: 0..<3)
  func naive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld(150, &random)
    let folder = TemporaryDirectory()
    for searcher in try world.searchers(folder).prefix(2) {
      for typed in [
        "", "s", "cr", "crane", "crnae", "sterm", "storks", "hero", "bi", "user1", "журавл", "鶴", "xyz",
        "STORK",
      ] {
        for limit in [1, 3, 8, 100] {
          let found = try searcher.suggest(typed, limit: limit)
          let naive = Self.naive(world, typed)
          #expect(
            found.map(\.text) == naive.prefix(limit).map(\.text), "\(typed), \(limit)")
          #expect(
            zip(found, naive).allSatisfy {
              abs($0.score - $1.score) < 1e-9 && $0.isCorrected == $1.isCorrected
            })
        }
      }
    }
  }

  @Test("a sign asks for one kind") func signs() throws {
    var random = SeededGenerator(seed: 5)
    let folder = TemporaryDirectory()
    let searcher = try AnswerWorld(80, &random).searchers(folder)[0]
    #expect(try searcher.suggest("#", limit: 50).allSatisfy { $0.kind == .hashtag })
    #expect(
      try searcher.suggest("@us", limit: 50).allSatisfy { $0.kind == .user && $0.text.hasPrefix("@User") })
    #expect(try searcher.suggest("see cra", limit: 1).first?.text.hasPrefix("cra") == true)
  }

  @Test("what only deleted tweets held is not suggested") func deleted() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(
      folder.file("i"), [IndexLab.tweet(1000, "secretword"), IndexLab.tweet(1001, "secrets")])
    try IndexLab.build(folder.file("i"), ["{\"type\":\"delete\",\"id\":\"1000\"}"])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    #expect(try searcher.suggest("secr", limit: 9).map(\.text) == ["secrets"])
  }
}
