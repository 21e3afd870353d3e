import Testing

@testable import QueryGrammar

@Suite struct QueryLexerTests {
  @Test("pieces know their columns, counted in characters") func columns() throws {
    let tokens = try QueryLexer.tokens("é 🇩🇪 (from:a -\"b c\") OR x:[1 2] y:\"z\"")
    #expect(tokens.map(\.column) == [1, 3, 5, 6, 13, 14, 19, 21, 24, 32])
    #expect(tokens[0].kind == .word("é") && tokens[1].kind == .word("🇩🇪") && tokens[2].kind == .open)
    #expect(tokens[3].kind == .operation("from", "a", valueColumn: 11, style: .plain))
    #expect(
      tokens[4].kind == .minus && tokens[5].kind == .quoted("b c", slop: 0) && tokens[6].kind == .close
        && tokens[7].kind == .or)
    #expect(tokens[8].kind == .operation("x", "1 2", valueColumn: 26, style: .bracketed))
    #expect(tokens[9].kind == .operation("y", "z", valueColumn: 34, style: .quoted))
  }

  @Test("an address is a word, not an operator") func address() throws {
    #expect(try QueryLexer.tokens("https://a.org/b:c").map(\.kind) == [.word("https://a.org/b:c")])
  }
}
