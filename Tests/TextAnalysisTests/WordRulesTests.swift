import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordRulesTests {
  /// Letters of many scripts, digits, marks, joiners and every sign that bridges words; none that other rules cut.
  static let alphabet: [UInt32] = [
    0x61, 0x5A, 0x30, 0x39, 0x5F, 0x27, 0x2E, 0x2C, 0x3B, 0x22, 0x20, 0x2D, 0xE9, 0xDF, 0xB7, 0x2019, 0x2018,
    0x2024,
    0x3B1, 0x436, 0x5D0, 0x5E9, 0x5F3, 0x5F4, 0x627, 0x6F1, 0x66B, 0x66C, 0x915, 0x93F, 0x94D, 0x301, 0x308,
    0x200C,
    0x200D, 0xAD, 0x2060, 0xFE0F, 0x10D0, 0x13A0, 0xFF21, 0xFF11, 0xFF0E, 0x203F, 0x1D400, 0x104A0, 0x1F600,
  ]

  @Test("words beyond ASCII are cut as ICU cuts them", arguments: 0..<400) func sameAsICU(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      let value = Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &random)]
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    let bytes = Array(String(scalars).utf8)
    var breaker = WordBreaker()
    var ends: [Int] = []
    breaker.icuBoundaries(of: bytes.span, into: &ends)
    var table = UnicodeTable()
    var expected: [Range<Int>] = []
    var start = 0
    for end in ends {
      let value = CodePoints.next(bytes.span, start).value
      if WordRules.begins(table.entry(value).wordBreak) { expected.append(start..<end) }
      start = end
    }
    var found: [Range<Int>] = []
    var at = 0
    while at < bytes.count {
      let (value, next) = CodePoints.next(bytes.span, at)
      if WordRules.begins(table.entry(value).wordBreak) {
        let word = WordRules.scan(bytes.span, at, bytes.count, &table)
        found.append(at..<word.end)
        at = word.end
      } else {
        at = next
      }
    }
    #expect(found == expected, "\(scalars.map { String($0.value, radix: 16) })")
  }
}
