import Testing

@testable import TextAnalysis

@Suite struct LinkTailTests {
  private func link(_ tail: String) -> String {
    String(entities("http://a.com" + tail, .urls)[0].dropFirst(16))
  }

  @Test("ports are digits") func ports() {
    #expect(link(":8080/x") == ":8080/x")
    #expect(link(": no") == "")
  }

  @Test("paths end well") func paths() {
    #expect(link("/a.b/c.") == "/a.b/c")
    #expect(link("/...,,!") == "/")
    #expect(link("/Ünïcode/Слово日本") == "/Ünïcode/Слово")
  }

  @Test("parentheses count when they balance, at most two deep") func parentheses() {
    #expect(link("/a_(b)") == "/a_(b)")
    #expect(link("/a_(b_(c)_d)/e") == "/a_(b_(c)_d)/e")
    #expect(link("/a_(b_(c_(d)))") == "/a_")
    #expect(link("/a)") == "/a")
    #expect(link("/a()") == "/a")
  }

  @Test("queries end in a letter, a digit or one of _ & = # / -") func queries() {
    #expect(link("?a=b&c=.,") == "?a=b&c=")
    #expect(link("/?q=(x)!") == "/?q=(x")
    #expect(link("?") == "")
  }
}
