import Testing

@testable import Search

@Suite struct SearchCursorTests {
  @Test("a cursor is read as it was written") func roundTrip() throws {
    let text = "q1.1-20.1f.abc.40.3fe0000000000000.77"
    let cursor = try #require(SearchCursor(text))
    #expect(cursor.generations == [1, 20] && cursor.commits == 0x1F && cursor.shown == 40)
    #expect(cursor.key == 0.5 && cursor.id == 77 && cursor.text == text)
  }

  @Test(
    "what no page ended with is no cursor",
    arguments: [
      "", "x", "q1", "q2.1.1.1.1.1.1", "q1..1.1.1.1.1", "q1.1.1.1.0.1.1", "q1.-1.1.1.1.1.1", "q1.1.g.1.1.1.1",
      "q1.1.1.1.1.7ff8000000000000.1", "q1.1.1.1.1.1.-1", "q1.1.1.1.1.1.1.1", "q1.1.+1.1.1.1.1",
      "t1.1.h.1.now.1.1",
    ])
  func others(text: String) {
    #expect(SearchCursor(text) == nil)
  }

  @Test("questions that differ have numbers that differ") func questions() {
    #expect(SearchCursor.question("a\0") != SearchCursor.question("a"))
    #expect(SearchCursor.question("a") == SearchCursor.question("a"))
  }
}
