import Testing

@testable import TextAnalysis

@Suite struct TextIndexTests {
  @Test("offsets convert to code points and UTF-16 and back") func convert() {
    let text = "aé日😀b"
    let bytes = Array(text.utf8)
    var byte = 0
    var units = 0
    for (index, scalar) in text.unicodeScalars.enumerated() {
      #expect(TextIndex.codePoint(ofByte: byte, in: bytes.span) == index)
      #expect(TextIndex.utf16(ofByte: byte, in: bytes.span) == units)
      #expect(TextIndex.byte(ofCodePoint: index, in: bytes.span) == byte)
      #expect(TextIndex.byte(ofUTF16: units, in: bytes.span) == byte)
      byte += String(scalar).utf8.count
      units += String(scalar).utf16.count
    }
  }

  @Test("indices out of range are taken as the ends") func outside() {
    let bytes = Array("日本".utf8)
    #expect(TextIndex.byte(ofCodePoint: 9, in: bytes.span) == 6)
    #expect(TextIndex.byte(ofCodePoint: -1, in: bytes.span) == 0)
    #expect(TextIndex.codePoint(ofByte: 99, in: bytes.span) == 2)
  }
}
