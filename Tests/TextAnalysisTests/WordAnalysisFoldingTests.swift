import Bytes
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordAnalysisFoldingTests {
  /// Code points whose fold is of interest: case, compatibility, marks, Hangul, kana, ignorable, astral.
  static let pool: [UInt32] =
    Array(0x41...0x7A) + Array(0xC0...0x17F) + Array(0x386...0x3CE) + Array(0x400...0x45F) + [
      0x1E9B, 0x323, 0x307, 0x301, 0x345, 0x1F71, 0x1FB3, 0x1100, 0x1161, 0x11A8, 0xAC00, 0x3131, 0x3160,
      0xFF76, 0xFF9E,
      0x304B, 0x3099, 0x309A, 0xAD, 0x200C, 0x200D, 0xFE0F, 0xFB01, 0x2126, 0x212B, 0x1D400, 0x5D0, 0x5B7,
      0x915, 0x93C,
      0xE33, 0x130, 0x131, 0xDF, 0x1E9E, 0x13A0, 0xAB70, 0x2019, 0x3300, 0xFDFA, 0x20, 0x31,
    ]

  private func fold(_ bytes: [UInt8]) -> [UInt8] {
    var analyzer = Analyzer()
    var out = ByteBuffer()
    analyzer.fold(bytes.span, into: &out)
    return (0..<out.count).map { out.span[$0] }
  }

  private func text(_ seed: UInt64, _ count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    var scalars = String.UnicodeScalarView()
    for _ in 0..<count {
      let value = Self.pool[Int.random(in: 0..<Self.pool.count, using: &random)]
      if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
    }
    return Array(String(scalars).utf8)
  }

  @Test("folding twice changes nothing", arguments: 0..<300) func idempotent(seed: UInt64) {
    let once = fold(text(seed, 30))
    #expect(
      fold(once) == once,
      "\(String(decoding: once, as: UTF8.self).unicodeScalars.map { String($0.value, radix: 16) })")
  }

  @Test("the table folds as ICU folds the whole text", arguments: 0..<300) func tableEqualsICU(seed: UInt64) {
    let bytes = text(seed, 3)
    var out = ByteBuffer()
    ICU().fold(bytes.span, strip: true, into: &out)
    #expect(fold(bytes) == (0..<out.count).map { out.span[$0] })
  }

  @Test("handles, tags and places fold alike however they are written") func examples() {
    func folded(_ text: String) -> String { String(decoding: fold(Array(text.utf8)), as: UTF8.self) }
    #expect(folded("NASA_1") == "nasa_1")
    #expect(folded("São Paulo, Brasil") == "sao paulo, brasil")
    #expect(folded("ＭÜＮＣＨＥＮ") == "munchen")
    #expect(folded("Київ, Україна") == "киiв, украiна" || folded("Київ, Україна") == "киів, украіна")
    #expect(folded("") == "")
  }

  @Test("long texts fold in pieces as they do whole") func pieces() {
    let part = Array("Ünï日本e\u{301}가 ".utf8)
    let once = fold(part)
    let many = fold((0..<2000).flatMap { _ in part })
    #expect(many == (0..<2000).flatMap { _ in once })
  }
}
