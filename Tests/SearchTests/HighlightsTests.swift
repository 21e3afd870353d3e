import QueryGrammar
import Bytes
import IndexTestSupport
import Records
import SearchIndex
import TestSupport
import Testing

@testable import Search

@Suite struct HighlightsTests {
  static func marked(_ query: String, _ text: String) throws -> [String] {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), [IndexLab.tweet(5, text)])
    let searcher = try Searcher([try IndexReader(folder.file("i"))])
    var highlighter = Highlighter(try QueryParser.parse(query), in: searcher)
    var tweet = Tweet()
    let hit = try #require(try searcher.find(5))
    try searcher.read(hit, into: &tweet)
    let bytes = tweet.bytes(tweet.text).array
    let points = Array(text.unicodeScalars)
    return highlighter.highlights(tweet).map { mark in
      let text = String(decoding: bytes[mark.bytes], as: UTF8.self)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: points[mark.codePoints])
      return text == String(view) ? text : "places differ"
    }
  }

  @Test(
    "what the query asked for is marked as the text writes it",
    arguments: [
      ("storks", "Storks and STORKS, stork", ["Storks", "STORKS"]),
      ("\"two birds\"", "two birds, two cats, TWO  birds", ["two", "birds", "TWO", "birds"]),
      ("crane*", "crane cranes scranes", ["crane", "cranes"]), ("#nyc", "nyc #NYC", ["#NYC"]),
      ("@ann", "ann and @Ann", ["@Ann"]), ("-storks cranes", "cranes storks", ["cranes"]),
      ("lang:en OR min_likes:0", "anything", []), ("cafe", "le Café noir", ["Café"]),
      ("a OR b", "a b ab", ["a", "b"]), ("東京", "東京都の鶴", ["東京"]),
    ])
  func marks(query: String, text: String, expected: [String]) throws {
    #expect(try Self.marked(query, text) == expected)
  }

  @Test("characters are marked whole: accents written apart, skin tones, families, flags") func whole() throws
  {
    #expect(try Self.marked("cafe", "cafe\u{301} x") == ["cafe\u{301}"])
    #expect(try Self.marked("👍", "good 👍🏽!").allSatisfy { $0 == "👍🏽" })
    #expect(try Self.marked("naive", "na\u{308}ive nai\u{308}ve") == ["na\u{308}ive", "nai\u{308}ve"])
  }
}
