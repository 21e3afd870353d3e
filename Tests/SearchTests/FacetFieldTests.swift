import QueryGrammar
import TestSupport
import Testing

@testable import Search

@Suite struct FacetFieldTests {
  static func values(_ field: FacetField, _ tweet: AnswerWorld.Tweet) -> [String] {
    switch field {
    case .hashtag: Array(Set(tweet.tags.map { $0.lowercased() }))
    case .user: [tweet.handle]
    case .mention: tweet.mention.map { [$0.lowercased()] } ?? []
    case .lang: tweet.lang.map { [$0] } ?? []
    case .country: tweet.place.map { [$0.country] } ?? []
    case .place: tweet.place.map { [$0.name] } ?? []
    case .source: tweet.source.map { [$0] } ?? []
    case .host: tweet.host.map { [$0] } ?? []
    case .media: tweet.media
    }
  }

  @Test(
    "every facet counts as a look at every tweet does, in one segment, many, or two folders that share tweets",
    arguments: 0..<3)
  func naive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld([40, 150, 300][Int(seed)], &random)
    let folder = TemporaryDirectory()
    let queries: [(String, (AnswerWorld.Tweet) -> Bool)] = [
      ("*", { _ in true }), ("crane", { $0.words.contains("crane") }),
      ("-stork lang:de", { !$0.words.contains("stork") && $0.lang == "de" }), ("nothing", { _ in false }),
    ]
    for searcher in try world.searchers(folder) {
      for (query, holds) in queries {
        let matches = try Matches(try QueryParser.parse(query), in: searcher)
        let expected = world.tweets.filter(holds)
        #expect(matches.count == expected.count)
        for field in FacetField.allCases {
          for limit in [1, 2, 3, .max] {
            let counted = try matches.facet(field, limit: limit)
            var naive = AnswerWorld.top(expected.flatMap { Self.values(field, $0) }, .max)
            if field == .user {
              // Accounts tie by id, which is a number.
              naive.sort { a, b in
                a.count != b.count
                  ? a.count > b.count
                  : a.value.count < b.value.count || a.value.count == b.value.count && a.value < b.value
              }
            }
            // Apps tie as they are folded.
            if field == .source {
              naive.sort { a, b in
                a.count != b.count ? a.count > b.count : a.value.lowercased() < b.value.lowercased()
              }
            }
            let found = counted.map { FacetCount(value: $0.value, count: $0.count) }
            #expect(found == Array(naive.prefix(limit)), "\(query) \(field) \(limit)")
          }
        }
      }
    }
  }

  @Test("accounts and places carry their ids") func ids() throws {
    var random = SeededGenerator(seed: 9)
    let world = AnswerWorld(60, &random)
    let folder = TemporaryDirectory()
    let searcher = try world.searchers(folder)[1]
    let matches = try Matches(.all, in: searcher)
    #expect(try matches.facet(.user, limit: .max).allSatisfy { "User\($0.id ?? "")" == $0.value })
    #expect(
      try matches.facet(.place, limit: .max).allSatisfy { "Place \($0.id?.dropFirst() ?? "")" == $0.value })
  }
}
