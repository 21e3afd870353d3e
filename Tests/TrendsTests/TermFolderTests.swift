import Testing

@testable import Trends

@Suite struct TermFolderTests {
  @Test("a term is folded as those of tweets are, and keeps its sign") func folding() {
    var folder = TermFolder()
    for (term, folded) in [
      ("#NYC", "#nyc"), ("＃Straße", "#strasse"), ("$TWTR", "$twtr"), ("Don’t Stop", "don't stop"),
      ("#São", "#sao"), ("url:Example.com/A", "url:example.com/a"), ("", ""), ("#", "#"),
    ] {
      #expect(String(decoding: folder.fold(term), as: UTF8.self) == folded)
    }
  }
}
