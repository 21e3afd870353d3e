import Bytes
import Testing

@testable import TextAnalysis

@Suite struct StemmerTests {
  @Test("every language that is offered has a stemmer", arguments: StemLanguage.allCases)
  func all(language: StemLanguage) {
    var stemmers = Stemmers()
    var out = ByteBuffer()
    stemmers.stem(Array("abc".utf8).span, language, into: &out)
    #expect(out.isEmpty == false)
  }

  @Test("Twitter's codes name Snowball's languages") func codes() {
    func language(_ code: String) -> StemLanguage? { StemLanguage(twitter: Array(code.utf8).span) }
    #expect(language("en") == .en)
    #expect(language("in") == .id)
    #expect(language("NO") == .no)
    for code in ["ja", "und", "", "zh", "qme"] { #expect(language(code) == nil) }
  }
}
