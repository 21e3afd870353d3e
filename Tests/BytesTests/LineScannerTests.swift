import Bytes
import TestSupport
import Testing

@Suite struct LineScannerTests {
  @Test("bytes are found where an array finds them, forwards and backwards", arguments: 0..<30)
  func find(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
      UInt8.random(in: 0..<8, using: &random)
    }
    for start in 0...bytes.count {
      let found = bytes.span.firstIndex(of: 3, from: start)
      let last = bytes.span.lastIndex(of: 3, before: start)
      #expect(found == bytes[start...].firstIndex(of: 3))
      #expect(last == bytes[..<start].lastIndex(of: 3))
    }
  }

  @Test(
    "blanks, carriage returns and a byte-order mark are trimmed, nothing else",
    arguments: [
      ("", ""), ("a", "a"), (" \t\r a b \r", "a b"), ("\u{FEFF}{}", "{}"), ("\u{FEFF}", ""),
      ("\u{00A0}a", "\u{00A0}a"),
      ("   ", ""),
    ]) func trim(text: String, expected: String)
  {
    let bytes = Array(text.utf8)
    let range = bytes.span.trimmed(0..<bytes.count)
    #expect(String(decoding: bytes[range], as: UTF8.self) == expected)
  }
}
