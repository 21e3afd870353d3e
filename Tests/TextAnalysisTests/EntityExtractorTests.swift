import TestSupport
import Testing

@testable import TextAnalysis

/// The entities of a text as `kind:text`, in order.
func entities(_ text: String, _ kinds: EntityKinds = .all) -> [String] {
  var extractor = EntityExtractor()
  var list = EntityList()
  let bytes = Array(text.utf8)
  extractor.extract(bytes.span, kinds: kinds, into: &list)
  return list.entities.map { "\($0.kind):" + String(decoding: bytes[$0.range], as: UTF8.self) }
}

@Suite struct EntityExtractorTests {
  @Test("all kinds are found, in order of the text") func allKinds() {
    #expect(
      entities("$WING by @ornis/birds and @ada: #Kiel http://a.example.org/x y.com")
        == [
          "cashtag:$WING", "list:@ornis/birds", "mention:@ada", "hashtag:#Kiel", "url:http://a.example.org/x",
          "url:y.com",
        ])
  }

  @Test("what begins inside another entity is dropped") func overlaps() {
    #expect(entities("http://a.com/#tag/@me") == ["url:http://a.com/#tag/@me"])
    #expect(entities("http://a.com/path#tag x") == ["url:http://a.com/path#tag"])
    #expect(entities("#tag.com") == ["hashtag:#tag"])
    #expect(entities("@me.com") == ["mention:@me"])
  }

  @Test("only the kinds asked for are looked for") func kinds() {
    #expect(entities("#a @b $C d.com", .hashtags) == ["hashtag:#a"])
    #expect(entities("#a @b $C d.com", [.mentions, .cashtags]) == ["mention:@b", "cashtag:$C"])
  }

  @Test("a reply's target is the handle that the text begins with") func replies() {
    let extractor = EntityExtractor()
    #expect(extractor.replyTarget(of: Array("  @ada hi".utf8).span) == 3..<6)
    #expect(extractor.replyTarget(of: Array(".@ada hi".utf8).span) == nil)
    #expect(extractor.replyTarget(of: Array("".utf8).span) == nil)
  }

  @Test("random bytes never trap and give ranges in order", arguments: 0..<100) func randomBytes(seed: UInt64)
  {
    var random = SeededGenerator(seed: seed)
    let signs = Array("#@$./:?()-_ ahttps://t.co\u{FF03}é日".utf8)
    let bytes = (0..<200).map { _ in
      Bool.random(using: &random)
        ? signs[Int.random(in: 0..<signs.count, using: &random)]
        : UInt8.random(in: 0...255, using: &random)
    }
    var extractor = EntityExtractor()
    var list = EntityList()
    extractor.extract(bytes.span, into: &list)
    var end = 0
    for entity in list.entities {
      #expect(
        entity.range.lowerBound >= end && entity.range.upperBound <= bytes.count && !entity.range.isEmpty)
      #expect(
        entity.name.lowerBound >= entity.range.lowerBound && entity.name.upperBound <= entity.range.upperBound
      )
      end = entity.range.upperBound
    }
  }
}
