import Bytes
import TestSupport
import Testing

@Suite struct UTF8CheckTests {
  static func isValid(_ bytes: [UInt8]) -> Bool { UTF8Check.firstError(in: bytes.span) == nil }

  @Test(
    "ill-formed sequences are found where they begin",
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80],
      [0xE0, 0x9F, 0xBF],
      [0xE1, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF8],
      [0xFE], [0xFF],
    ] as [[UInt8]]) func invalid(bytes: [UInt8])
  {
    for lead in ["", "abc", "abcdefgh", "é🐦", "0123456789abcdef"] {
      let whole = Array(lead.utf8) + bytes + Array("tail of ascii".utf8)
      #expect(UTF8Check.firstError(in: whole.span) == lead.utf8.count)
    }
  }

  @Test("every scalar is well formed") func scalars() {
    for value in UInt32(0)...0x10FFFF where value % 7 == 0 || value < 0x1000 || value > 0x10FF00 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(Character(scalar)).utf8)
      if !Self.isValid(bytes) { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test("random bytes get the standard library's verdict", arguments: 0..<40) func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pool: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
    ]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 1..<14, using: &random)).map { _ in
        pool.randomElement(using: &random) ?? 0
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      #expect(Self.isValid(bytes) == expected, "\(bytes)")
    }
  }
}
