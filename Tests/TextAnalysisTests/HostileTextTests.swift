import Records
import TestSupport
import Testing

@testable import TextAnalysis

/// Texts that are made to hurt: each must be analysed in linear time, without a trap, with bounded terms.
@Suite struct HostileTextTests {
  static let texts: [(name: String, text: String)] = [
    ("combining marks", "a" + String(repeating: "\u{301}\u{323}", count: 5_000) + "b"),
    ("marks alone", String(repeating: "\u{301}", count: 10_000)),
    ("marks on kana", "か" + String(repeating: "\u{3099}\u{301}", count: 5_000)),
    ("hashtags", String(repeating: "#a ", count: 100_000)),
    ("signs", String(repeating: "#@$", count: 50_000)),
    ("dots", String(repeating: "a.", count: 100_000)),
    ("dots and kana", String(repeating: "a.あ.", count: 30_000) + "com"),
    ("dots behind a scheme", "http://" + String(repeating: "a.", count: 100_000) + "com"),
    ("schemes", String(repeating: "http://", count: 30_000)),
    ("parentheses", "a.com/" + String(repeating: "(a", count: 50_000)),
    ("one long word", String(repeating: "a", count: 300_000)),
    ("one long run", String(repeating: "東", count: 100_000)),
    ("joiners", "😀" + String(repeating: "\u{200D}😀", count: 20_000)),
    ("flags", String(repeating: "🇩", count: 20_000)),
    ("right to left", String(repeating: "\u{202E}\u{2066}א", count: 20_000)),
    ("nulls", String(repeating: "\0a", count: 50_000)),
    ("Thai", String(repeating: "ก", count: 20_000)),
    ("apostrophes", String(repeating: "a'", count: 50_000)),
    ("Hebrew quotes", String(repeating: "א\"", count: 30_000)),
    ("line separators", String(repeating: "a\u{2028}", count: 20_000)),
    ("escapes in a path", "a.com/" + String(repeating: "%", count: 50_000)),
  ]

  @Test("is analysed quickly, every term bounded", arguments: texts.indices) func linear(index: Int) {
    var analyzer = Analyzer(AnalyzerSettings(stemming: .language(.en)))
    var tokens = TokenList()
    let bytes = Array(Self.texts[index].text.utf8)
    let clock = ContinuousClock()
    let time = clock.measure {
      analyzer.analyze(text: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    }
    for token in tokens.tokens { #expect(token.count > 0 && token.count <= WordAnalysis.longestTerm) }
    // Quadratic time would be minutes; debug builds on a busy machine need some hundred ms.
    #expect(time < .seconds(5), "\(Self.texts[index].name): \(time)")
  }

  @Test("thousands of links are not compared each with each") func links() {
    let written = (0..<20_000).map { "http://t.co/\(100_000 + $0)" }
    let text = Array(written.joined(separator: " ").utf8)
    var arena = text
    let expanded = TextRange(start: arena.count, count: 14)
    arena += Array("http://b.com/c".utf8)
    // In the text's reverse order, which is the worst.
    let links = written.indices.reversed().map {
      Link(url: TextRange(start: $0 * 19, count: 18), expanded: expanded)
    }
    var analyzer = Analyzer()
    var tokens = TokenList()
    let time = ContinuousClock().measure {
      analyzer.analyze(
        text: text.span, language: [UInt8]().span, links: links, arena: arena.span, into: &tokens)
    }
    #expect(tokens.count >= 20_000)
    #expect(time < .seconds(10), "\(time)")
  }

  @Test("random bytes never trap", arguments: 0..<200) func randomBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
      UInt8.random(in: Bool.random(using: &random) ? 0...255 : 0xC0...0xFF, using: &random)
    }
    var analyzer = Analyzer(AnalyzerSettings(stemming: .language(.ru)))
    var tokens = TokenList()
    analyzer.analyze(text: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var validator = TextValidator()
    _ = validator.length(of: bytes.span)
    var last: Int32 = 0
    for token in tokens.tokens {
      #expect(token.position >= last)
      last = token.position
    }
  }

  @Test("the analysis of a text does not depend on what came before") func independent() {
    var analyzer = Analyzer()
    var tokens = TokenList()
    for (_, text) in Self.texts.prefix(6) {
      analyzer.analyze(text: Array(text.utf8.prefix(400)).span, language: [UInt8]().span, into: &tokens)
      let text = Array("Café #Kiel 東京 http://a.com/b".utf8)
      analyzer.analyze(text: text.span, language: [UInt8]().span, into: &tokens)
      #expect(positions(tokens) == terms("Café #Kiel 東京 http://a.com/b"))
    }
  }
}
