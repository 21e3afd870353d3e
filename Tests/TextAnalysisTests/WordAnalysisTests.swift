import Bytes
import Records
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordAnalysisTests {
  /// Pieces of every kind that no neighbour behind a space can change.
  static let pieces = [
    "storks", "Don't", "3.14", "a_b", "__", "…", "Café", "e\u{301}te", "ŁÓDŹ", "ёлка", "ΟΔΟΣ", "שָׁלוֹם", "سلام",
    "हिन्दी", "東京タワー", "猫",
    "안녕하세요", "ㅋㅋㅠㅠ", "ｶﾞﾝﾊﾞ", "สวัสดีครับ", "😀", "👍🏽👍", "🇩🇪🇫🇷", "1️⃣", "#️⃣", "①", "x²", "ＡＢＣ", "BTS는", "don’t", "-",
    "a-b", "\u{0}",
    "#Kiel", "@ada", "$WING", "http://a.com/b-c", "b.com", "me@b.c",
  ]

  private func random(_ seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<12).map { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }
  }

  @Test("a text gives the terms of its parts, one part after the other", arguments: 0..<150)
  func concatenation(seed: UInt64) {
    let parts = random(seed)
    #expect(terms(parts.joined(separator: " ")) == parts.flatMap { terms($0) }, "\(parts)")
  }

  @Test("capitals change no term", arguments: 0..<50) func capitals(seed: UInt64) {
    let parts = random(seed).filter { !$0.contains("²") }
    #expect(
      words(parts.joined(separator: "\n").lowercased()) == words(parts.joined(separator: "\n").uppercased()))
  }

  @Test("composed and decomposed spellings give the same terms") func forms() {
    for (a, b) in [
      ("café", "cafe\u{301}"), ("が", "か\u{3099}"), ("한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"),
      ("й", "и\u{306}"),
    ] {
      #expect(words(a) == words(b))
    }
  }

  @Test("every term knows the bytes that it comes from", arguments: 0..<80) func ranges(seed: UInt64) {
    let text = Array(random(seed).joined(separator: " ").utf8)
    var analyzer = Analyzer(AnalyzerSettings(stemming: .language(.en)))
    var tokens = TokenList()
    var ranges: [Range<Int>] = []
    analyzer.analyze(
      text: text.span, language: [UInt8]().span, links: [], arena: text.span, into: &tokens, ranges: &ranges)
    #expect(ranges.count == tokens.count)
    var last = 0
    for (index, range) in ranges.enumerated() {
      #expect(range.lowerBound >= last && range.upperBound <= text.count && !range.isEmpty)
      last = range.lowerBound
      if index > 0 && tokens.tokens[index].position == tokens.tokens[index - 1].position {
        #expect(range == ranges[index - 1])
      }
    }
  }

  @Test("places are those of words, bigrams, tags and links") func places() {
    let text = "Café 東京都 #Kiel http://a.com/b ｶﾞﾝ"
    let bytes = Array(text.utf8)
    var analyzer = Analyzer()
    var tokens = TokenList()
    var ranges: [Range<Int>] = []
    analyzer.analyze(
      text: bytes.span, language: [UInt8]().span, links: [], arena: bytes.span, into: &tokens, ranges: &ranges
    )
    #expect(
      ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == [
        "Café", "東京", "京都", "#Kiel", "#Kiel", "http://a.com/b", "http://a.com/b", "ｶﾞﾝ",
      ])
  }

  @Test("terms are cut to 256 bytes, at a code point") func long() {
    #expect(words(String(repeating: "a", count: 1000)) == [String(repeating: "a", count: 256)])
    #expect(words(String(repeating: "я", count: 1000)) == [String(repeating: "я", count: 128)])
    #expect(
      terms("#" + String(repeating: "é", count: 3000)) == [
        ["#" + String(repeating: "e", count: 255), String(repeating: "e", count: 255)]
      ])
  }
}
