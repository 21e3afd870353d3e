import Bytes
import Testing

@testable import TextAnalysis

@Suite struct ICUTests {
  @Test("results longer than guessed are written whole") func growth() {
    // One code point that NFKC writes as 18: U+FDFA.
    let text = Array(String(repeating: "\u{FDFA}", count: 200).utf8)
    var out = ByteBuffer()
    ICU().fold(text.span, strip: true, into: &out)
    #expect(out.count == 200 * 33)
  }

  @Test("host names are measured in their ASCII form") func hosts() {
    let icu = ICU()
    #expect(icu.asciiLength(ofHost: Array("bücher.example".utf8).span) == "xn--bcher-kva.example".utf8.count)
    #expect(icu.asciiLength(ofHost: Array("xn--あ.com".utf8).span) == nil)
    #expect(icu.asciiLength(ofHost: Array(String(repeating: "あ", count: 63).utf8).span) == nil)
  }

  @Test("words of nothing are none") func empty() {
    var ends: [Int32] = [1]
    ICU().words(of: [UInt8]().span, into: &ends)
    #expect(ends.isEmpty)
  }
}
