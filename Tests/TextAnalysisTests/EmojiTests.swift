import Testing

@testable import TextAnalysis

@Suite struct EmojiTests {
  private func length(_ text: String) -> Int? {
    var table = UnicodeTable()
    let bytes = Array(text.utf8)
    return Emoji.end(bytes.span, 0, bytes.count, &table)
  }

  @Test(
    "sequences are taken whole",
    arguments: [
      "😀", "❤️", "👍🏿", "👩🏽‍🚀", "👨‍👩‍👧‍👦", "🇯🇵", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏳️‍🌈", "☝🏻", "🧑‍🤝‍🧑", "©️", "🇦", "🏽",
    ]) func whole(text: String)
  {
    #expect(length(text) == text.utf8.count)
    #expect(length(text + "x") == text.utf8.count)
  }

  @Test("signs are emoji only when a selector says so") func signs() {
    #expect(length("©") == nil)
    #expect(length("‼") == nil)
    #expect(length("a") == nil)
    #expect(length("日") == nil)
  }

  @Test("flags pair up; a joiner without an emoji behind it ends the sequence") func edges() {
    #expect(length("🇩🇪🇫🇷") == 8)
    #expect(length("😀\u{200D}a") == 4)
    #expect(length("😀\u{200D}") == 4)
  }

  @Test("keycaps are a digit, # or * with its cap") func keycaps() {
    #expect(Emoji.keycapEnd(Array("1️⃣".utf8).span, 0, 7) == 7)
    #expect(Emoji.keycapEnd(Array("1\u{20E3}".utf8).span, 0, 4) == 4)
    #expect(Emoji.keycapEnd(Array("12".utf8).span, 0, 2) == nil)
  }
}
