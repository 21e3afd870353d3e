import Testing

@testable import TextAnalysis

@Suite struct TextLengthTests {
  private func weight(_ text: String, _ rules: LengthRules = .v3) -> Int {
    var validator = TextValidator()
    return validator.length(of: Array(text.utf8).span, rules: rules).weighted
  }

  @Test("Latin weighs one, ideographs two, links 23, emoji two") func weights() {
    #expect(weight("abc é я") == 7)
    #expect(weight("日本") == 4)
    #expect(weight("x http://example.com/a/long/path/that/counts/nothing") == 25)
    #expect(weight("👨‍👩‍👧‍👦 1️⃣") == 5)
    #expect(weight("👨‍👩‍👧‍👦", .v2) == 11)
    #expect(weight("日本", .v1) == 2)
    #expect(weight("e\u{301}") == 1)
  }

  @Test("a text is valid up to its limit, and when it holds nothing forbidden") func validity() {
    var validator = TextValidator()
    #expect(validator.isValidTweet(Array(String(repeating: "a", count: 280).utf8).span) == true)
    #expect(validator.isValidTweet(Array(String(repeating: "a", count: 281).utf8).span) == false)
    #expect(validator.isValidTweet(Array("".utf8).span) == false)
    #expect(validator.isValidTweet(Array(" \n".utf8).span) == false)
    #expect(validator.isValidTweet(Array("a\u{FEFF}b".utf8).span) == false)
    #expect(validator.length(of: Array("a\u{FFFF}b".utf8).span).validEnd == 0)
  }
}
