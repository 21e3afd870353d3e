import Testing

@testable import TextAnalysis

@Suite struct URLGrammarTests {
  @Test(
    "whole links are judged by their grammar",
    arguments: [
      ("http://a.example", true), ("https://user:pw@a.b.example:80/x;y=1?q#f", true),
      ("http://10.0.0.255/", true),
      ("http://10.0.0.256/", false), ("http://[::1]:8080/", true), ("http://a_b.c.example/", true),
      ("http://a_b.example/", false), ("http://b.9x/", false), ("http://ü.example/Путь", true),
      ("http://a", false),
      ("http://a.example/%4g", false), ("http://a.example/ x", false), ("mailto://a.example", false),
      ("http://", false),
      ("http://a..example", false), ("http://a.example:port/", false), ("", false),
    ]) func whole(text: String, expected: Bool)
  {
    #expect(URLGrammar.isValid(Array(text.utf8).span, requiresScheme: true) == expected)
  }

  @Test("the scheme may be left out where that is asked for") func withoutScheme() {
    #expect(URLGrammar.isValid(Array("a.example/x".utf8).span, requiresScheme: false) == true)
    #expect(URLGrammar.isValid(Array("a.example/x".utf8).span, requiresScheme: true) == false)
  }
}
