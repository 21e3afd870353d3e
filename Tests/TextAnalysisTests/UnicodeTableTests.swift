import Bytes
import Testing

@testable import TextAnalysis

@Suite struct UnicodeTableTests {
  @Test("ideographs and syllables without a page are what ICU's page says") func shortcuts() {
    var table = UnicodeTable()
    var entries: [UInt64] = []
    for page: UInt32 in [0x4E, 0x9F, 0xAC, 0xD6, 0x60] {
      entries.removeAll()
      table.icu.appendPage(from: page << 8, to: &entries)
      for offset in 0..<256 {
        let value = page << 8 | UInt32(offset)
        #expect(table.entry(value).bits == entries[offset], "\(String(value, radix: 16))")
      }
    }
  }

  @Test("single folds are what ICU makes of the code point alone") func folds() {
    var table = UnicodeTable()
    var checked = 0
    for value in UInt32(0x80)..<0x2000 {
      let fold = table.entry(value).fold
      guard fold != CodePointEntry.complexFold, fold != value else { continue }
      var text = ByteBuffer()
      text.append(codePoint: value)
      var out = ByteBuffer()
      table.icu.fold(text, strip: true, into: &out)
      #expect(CodePoints.next(out.span, 0).value == fold)
      checked += 1
    }
    #expect(checked > 1000)
  }

  @Test("the classes of twitter-text hold their code points") func classes() {
    #expect(CharacterClass.isSpace(0x3000) && CharacterClass.isSpace(0x85) && !CharacterClass.isSpace(0x200B))
    #expect(CharacterClass.isDirectional(0x202E) && !CharacterClass.isDirectional(0x202F))
    #expect(CharacterClass.isAccentedLatin(0xE9) && !CharacterClass.isAccentedLatin(0xD7))
    #expect(CharacterClass.isHost(0x65E5) && !CharacterClass.isHost(0x5F) && !CharacterClass.isHost(0xFF03))
  }
}
