import Testing

@testable import TextAnalysis

@Suite struct NameValidationTests {
  @Test("a name stands alone, without spaces around") func names() {
    var validator = TextValidator()
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    #expect(validator.isValidUsername(bytes("@ada").span) == true)
    #expect(validator.isValidUsername(bytes("ada").span) == false)
    #expect(validator.isValidUsername(bytes("@ada ").span) == false)
    #expect(validator.isValidList(bytes("@ada/friends").span) == true)
    #expect(validator.isValidList(bytes("@ada").span) == false)
    #expect(validator.isValidHashtag(bytes("#1a").span) == true)
    #expect(validator.isValidHashtag(bytes("#1").span) == false)
  }
}
