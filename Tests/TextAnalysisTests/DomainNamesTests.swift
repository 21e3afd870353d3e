import Testing

@testable import TextAnalysis

@Suite struct DomainNamesTests {
  private func match(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    return DomainNames().match(bytes.span, at: 0, limit: bytes.count)
  }

  @Test("names match without case, whole, the longest one") func names() {
    #expect(match("com") == 3)
    #expect(match("COM/x") == 3)
    #expect(match("comx") == nil)
    #expect(match("com-x") == nil)
    #expect(match("com日") == 3)
    #expect(match("みんなです") == 9)
    #expect(match("xn--p1ai x") == 8)
    #expect(match("xn--") == nil)
    #expect(match("") == nil)
  }

  @Test("the generated list is sorted and whole") func list() {
    let names = "\(TopLevelDomains.names)".split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
    #expect(names.count == TopLevelDomains.count)
    for (a, b) in zip(names, names.dropFirst()) { #expect(a.lexicographicallyPrecedes(b)) }
    for name in names { #expect(match(String(decoding: name, as: UTF8.self)) == name.count) }
  }
}
