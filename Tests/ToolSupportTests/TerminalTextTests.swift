import Testing

@testable import ToolSupport

@Suite struct TerminalTextTests {
  @Test("what could move the cursor, or turn a line around, is a space") func safe() {
    for value in Array(0..<32) + Array(127..<160) + [0x2028, 0x2029, 0x202E, 0x2066, 0x2069] as [UInt32] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(TerminalText.safe("a\(scalar)b") == "a b", "U+\(String(value, radix: 16))")
    }
    #expect(TerminalText.safe("a\r\nb") == "a  b")
    #expect(TerminalText.safe("日本 é 👩‍👩‍👧") == "日本 é 👩‍👩‍👧")
  }

  @Test(
    "a terminal gives so many columns",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("ｱ", 1), ("Ａ", 2), ("😀", 2),
      ("👩‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("مرحبا", 5), ("#ไทย", 4), ("🇩🇪", 2),
    ]) func columns(text: String, expected: Int)
  {
    #expect(TerminalText.columns(text) == expected)
  }

  @Test("what is padded or cut is exactly so wide", arguments: ["", "abc", "日本語の文", "a日b本c", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"])
  func padded(text: String) {
    for width in 1..<12 { #expect(TerminalText.columns(TerminalText.padded(text, to: width)) == width) }
    #expect(TerminalText.padded("ab", to: 4, right: true) == "  ab")
    #expect(TerminalText.padded("abcdef", to: 4) == "abc…")
    #expect(TerminalText.padded("日本語", to: 4) == "日… ")
  }
}
