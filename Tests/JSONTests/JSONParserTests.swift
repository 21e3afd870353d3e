import Bytes
import JSON
import Testing

/// What the parser says of `text`: nil when it is JSON.
func verdict(_ bytes: [UInt8]) -> JSONError? {
  var buffer = ByteBuffer()
  buffer.append(bytes.span)
  var parser = JSONParser()
  do throws(JSONError) {
    try parser.parse(buffer, 0..<buffer.count)
    return nil
  } catch { return error }
}

func verdict(_ text: String) -> JSONError? { verdict(Array(text.utf8)) }

@Suite struct JSONParserTests {
  @Test(
    "what RFC 8259 allows is accepted",
    arguments: [
      "{}", "[]", "0", "-0", "1", "-1", "1.5", "1e5", "1E+5", "1e-5", "0.1", "true", "false", "null", "\"\"",
      " \t\r\n[ ]\n", #""\"\\\/\b\f\n\r\t""#, #""\u0041\u00e9\ud83d\ude00""#, #""\u0000""#,
      "{\"a\":{\"b\":[1,2,{}]}}",
      "{\"a\":1,\"a\":2}", "\"\u{2028}\u{FEFF}é🐦\"", "[18446744073709551615,-9223372036854775808]",
      "\"\u{7F}\"",
      "[1e308,-1e-400]",
    ]) func accepts(text: String)
  {
    #expect(verdict(text) == nil)
  }

  @Test(
    "what it does not allow is refused",
    arguments: [
      "", " ", "[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":}", "[1 2]", "01",
      "-01", "+1", "1.", ".5",
      "1e", "1e+", "-", "0x1", "NaN", "Infinity", "-Infinity", "tru", "True", "nul", "\"", "\"a", "\"\\x\"",
      "\"\\u12\"",
      "\"\\u12G4\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\nb\"", "\"\t\"", "\"\u{0}\"",
      "[", "]", "{", "}",
      "[[]", "[]]", "{}{}", "1 2", "[1]x", "//c\n1", "/*c*/1", "\u{FEFF}{}x", "[1e400]", "{\"a\":1 \"b\":2}",
      "\u{0}",
    ]) func refuses(text: String)
  {
    #expect(verdict(text) != nil)
  }

  @Test(
    "bytes that are not UTF-8 are named so",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3],
    ] as [[UInt8]]) func notUTF8(bytes: [UInt8])
  {
    #expect(verdict([0x22] + bytes + [0x22]) == .badUTF8)
  }

  @Test("the deepest nesting that is allowed is read, one more is too deep, a million more too") func depth()
  {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    var limit = JSONParser.maximumDepth
    while verdict(nested(limit)) != nil, limit > JSONParser.maximumDepth - 3 { limit -= 1 }
    #expect(verdict(nested(limit)) == nil)
    #expect(verdict(nested(limit + 1)) == .tooDeep)
    #expect(verdict(nested(1_000_000)) == .tooDeep)
    #expect(verdict(String(repeating: "[", count: 1_000_000)) != nil)
    #expect(verdict(String(repeating: "{\"a\":", count: 100_000)) != nil)
  }

  @Test("a number that 64 bits cannot hold is named so") func wideNumber() {
    #expect(verdict("[18446744073709551616]") == .badNumber)
    #expect(verdict("[-9223372036854775809]") == .badNumber)
  }

  @Test("every truncation of a document is refused") func truncations() {
    let text = Array(#"{"id":"1","a":[1,-2.5e3,true,null,"é\u00e9🐦"],"b":{"c":{}}}"#.utf8)
    #expect(verdict(text) == nil)
    for length in 0..<text.count { #expect(verdict(Array(text[..<length])) != nil, "\(length)") }
  }

  @Test("a part of a buffer is parsed, what surrounds it is not") func part() throws {
    var buffer = ByteBuffer()
    buffer.append("[1]{\"a\":2}]]")
    var parser = JSONParser()
    try parser.parse(buffer, 3..<10)
    let isObject = parser.root.isObject
    #expect(isObject)
    #expect(throws: JSONError.self) { try parser.parse(buffer, 3..<11) }
  }
}
