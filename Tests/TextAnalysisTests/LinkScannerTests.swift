import Testing

@testable import TextAnalysis

@Suite struct LinkScannerTests {
  private func links(_ text: String) -> [String] { entities(text, .urls).map { String($0.dropFirst(4)) } }

  @Test("hosts need a top-level domain that ends there") func domains() {
    #expect(
      links("a.com a.co.jp a.zzzz a.comm a.com-x a.com_x a.com. b.museum!") == [
        "a.com", "a.co.jp", "a.com", "a.com", "b.museum",
      ])
    #expect(
      links("http://b.xn--p1ai/ http://пример.рф/путь") == ["http://b.xn--p1ai/", "http://пример.рф/путь"])
  }

  @Test("labels begin and end in letters or digits, the last has no underscore") func labels() {
    #expect(
      links("http://a_b.c.com http://a.b_c.com http://-a.com http://a-.com http://a..com") == [
        "http://a_b.c.com"
      ])
    #expect(links("http://\(String(repeating: "a", count: 63)).com").count == 1)
    #expect(links("http://\(String(repeating: "a", count: 64)).com") == [])
  }

  @Test("without a scheme only ASCII and accented names count") func withoutScheme() {
    #expect(links("日本example.com日本 ELPAÍS.com пример.com") == ["example.com", "ELPAÍS.com"])
    #expect(links("me@mail.com /a.com -a.com _a.com .a.com $a.com #a.com") == [])
    #expect(links("(a.com) “b.com” c.com,d.com") == ["a.com", "b.com", "c.com", "d.com"])
  }

  @Test("a short link ends with its name, at most 40 characters") func shortLinks() {
    #expect(
      links("http://t.co/abc's https://T.co/Ab-c t.co/a-b") == [
        "http://t.co/abc", "https://T.co/Ab", "t.co/a-b",
      ])
    #expect(links("http://t.co/\(String(repeating: "a", count: 41))") == [])
    #expect(links("http://t.co/abc?x=1#y z") == ["http://t.co/abc?x=1#y"])
  }
}
