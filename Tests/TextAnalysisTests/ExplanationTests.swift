import Testing

@testable import TextAnalysis

@Suite struct ExplanationTests {
  @Test("every entity, segment and position has its line") func lines() {
    var analyzer = Analyzer(AnalyzerSettings(stemming: .auto))
    let lines = analyzer.explain(text: Array("Cafés #Kiel 東京 😀".utf8).span, language: Array("en".utf8).span)
    #expect(
      lines == [
        "analyzer tm1-stem-auto", "text: 24 bytes, 16 code points", "stems: en",
        "entity 7..<12 “#Kiel”: hashtag",
        "segment 0..<6 “Cafés”: word, folded by table",
        "segment 13..<19 “東京”: run of Han, kana or Hangul: bigrams",
        "segment 20..<24 “😀”: emoji", "position 0: cafes | cafe", "position 1: #kiel | kiel",
        "position 2: 東京",
        "position 3: 😀",
      ])
  }

  @Test("explaining changes nothing") func harmless() {
    var analyzer = Analyzer()
    let before = terms("a #b 東京 c")
    _ = analyzer.explain(text: Array("x".utf8).span, language: [UInt8]().span)
    #expect(terms("a #b 東京 c") == before)
  }
}
