import Bytes
import Testing

@testable import Trends

@Suite struct HTMLTextTests {
  static func escaped(_ bytes: [UInt8]) -> String {
    var out = ByteBuffer()
    out.append(html: bytes.span)
    return String(decoding: out.span.array, as: UTF8.self)
  }

  @Test("markup is text") func markup() {
    #expect(
      Self.escaped(Array("<script>&amp;\"'</script>".utf8))
        == "&lt;script&gt;&amp;amp;&quot;&#39;&lt;/script&gt;")
  }

  @Test("every byte alone and every ASCII character is harmless", arguments: 0..<256) func single(byte: Int) {
    let found = Self.escaped([UInt8(byte)])
    #expect(!found.isEmpty)
    #expect(!found.utf8.contains { $0 < 32 || $0 == 127 || [60, 62, 34, 39].contains($0) })
    if byte < 128, byte >= 32, byte != 127, ![38, 60, 62, 34, 39].contains(byte) {
      #expect(found == String(UnicodeScalar(UInt8(byte))))
    }
    if byte >= 128 { #expect(found == "\u{FFFD}") }
  }

  @Test("other scripts, marks and emoji stay as they are") func others() {
    for text in ["日本", "مرحبا", "e\u{301}", "👩‍👩‍👧", "\u{202E}x"] {
      #expect(Self.escaped(Array(text.utf8)) == text)
    }
  }

  @Test("a direction ends with its element") func isolated() {
    var out = ByteBuffer()
    out.append(isolated: Array("<b>".utf8).span)
    #expect(out.span.text == "<bdi>&lt;b&gt;</bdi>")
  }
}
