import Testing

@testable import TextAnalysis

@Suite struct LinkPartsTests {
  @Test(
    "host and path are found in any link",
    arguments: [
      ("https://www.a.com/b?c", "a.com", "/b"), ("a.com", "a.com", ""),
      ("http://u:p@a.com:80/x#y", "a.com", "/x"),
      ("http://www.com/", "www.com", "/"), ("https://", "", ""), ("", "", ""),
      ("http://a.com?x", "a.com", ""),
    ]) func parts(link: String, host: String, path: String)
  {
    let bytes = Array(link.utf8)
    let parts = LinkParts(bytes.span)
    #expect(String(decoding: bytes[parts.host], as: UTF8.self) == host)
    #expect(String(decoding: bytes[parts.path], as: UTF8.self) == path)
  }
}
