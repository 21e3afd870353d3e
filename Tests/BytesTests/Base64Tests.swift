import Bytes
import Foundation
import TestSupport
import Testing

@Suite struct Base64Tests {
  static func decode(_ text: String) -> [UInt8]? {
    var out = ByteBuffer()
    let bytes = Array(text.utf8)
    return Base64.decode(bytes.span, into: &out) ? out.span.array : nil
  }

  @Test("every length comes back, and Foundation writes the same", arguments: 0..<70) func roundTrip(
    count: Int
  ) {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    var out = ByteBuffer()
    Base64.append(bytes.span, to: &out)
    let text = out.span.text
    #expect(text == Data(bytes).base64EncodedString())
    #expect(Self.decode(text) == bytes)
  }

  @Test(
    "what is no Base64 is refused",
    arguments: [
      "A", "AA", "AAA", "A===", "====", "AA=A", "AA==AAAA", "AAA=AAAA", "AA A", "AA-_", "AAAA\n", "ÄÄ",
      "=AAA",
    ]) func rejects(text: String)
  {
    #expect(Self.decode(text) == nil)
  }
}
