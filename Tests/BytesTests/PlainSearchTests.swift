import Bytes
import Testing

@Suite struct PlainSearchTests {
  @Test(
    "a text holds what stands anywhere in it, byte for byte",
    arguments: [
      ("a.tmp.b", ".tmp.", true), ("tmp.", "tmp.", true), ("Truncated", "runcated", true), ("", "", true),
      ("x", "", true), ("", "x", false), ("tmp", ".tmp.", false), ("aab", "ab", true), ("日本", "本", true),
      ("e\u{301}", "é", false),
    ]) func holds(text: String, part: String, expected: Bool)
  { #expect(text.holds(part) == expected) }
}
