import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct CodePointsTests {
  @Test("valid text reads as Swift reads it, forward and backward") func valid() {
    let text = "aé日😀\u{0}\u{10FFFF}\u{FFFD}"
    let bytes = Array(text.utf8)
    var at = 0
    for scalar in text.unicodeScalars {
      let (value, next) = CodePoints.next(bytes.span, at)
      #expect(value == scalar.value)
      let (back, start) = CodePoints.previous(bytes.span, next)
      #expect(back == scalar.value && start == at)
      at = next
    }
    #expect(at == bytes.count)
  }

  @Test(
    "malformed bytes are U+FFFD each",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE6, 0x97], [0xF0, 0x9F, 0x98],
      [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF4, 0x90, 0x80, 0x80],
    ] as [[UInt8]]) func malformed(bytes: [UInt8])
  {
    let (value, next) = CodePoints.next(bytes.span, 0)
    #expect(value == 0xFFFD && next == 1)
    #expect(CodePoints.previous(bytes.span, bytes.count).value == 0xFFFD)
  }

  @Test("short words compare without case, and whole") func shortWords() {
    func equals(_ text: String, _ word: ShortWord) -> Bool { Array(text.utf8).span.equalsIgnoringCase(word) }
    #expect(equals("HTTP", .http) && equals("https", .https) && equals("T.co", .shortener))
    #expect(equals("Www.", .www))
    #expect(!equals("\0http", .http) && !equals("http", .https) && !equals("", .http))
  }

  @Test("a limit never cuts a code point") func floor() {
    let bytes = Array("a日😀".utf8)
    #expect((0...9).map { CodePoints.floor(bytes.span, $0) } == [0, 1, 1, 1, 4, 4, 4, 4, 8, 8])
  }
}
