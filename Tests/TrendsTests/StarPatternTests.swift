import TestSupport
import Testing

@testable import Trends

@Suite struct StarPatternTests {
  static func pattern(_ text: String) -> StarPattern {
    StarPattern(parts: text.split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) })
  }

  // What a pattern means, by its definition.
  static func slowly(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first != "*" { return text.first == first && slowly(pattern.dropFirst(), text.dropFirst()) }
    return slowly(pattern.dropFirst(), text) || !text.isEmpty && slowly(pattern, text.dropFirst())
  }

  @Test("a star stands for anything, none too; without one all must be the same")
  func examples() {
    for (pattern, text, matches) in [
      ("#a", "#a", true), ("#a", "#ab", false), ("#a*", "#a", true), ("#a*", "#ab", true),
      ("#a*", "#b", false),
      ("*b", "ab", true), ("*b", "ba", false), ("a*a", "a", false), ("a*a", "aa", true),
      ("*ab*ba*", "aba", false), ("*ab*ba*", "abba", true), ("**", "", true), ("*é*", "caféx", true),
    ] {
      #expect(Self.pattern(pattern).matches(Array(text.utf8)) == matches, "\(pattern) \(text)")
    }
    #expect(Self.pattern("#a").whole == Array("#a".utf8) && Self.pattern("#a*").whole == nil)
    #expect(Self.pattern("#a*b").beginning == Array("#a".utf8))
  }

  @Test("random patterns match as their definition has it", arguments: 0..<50) func random(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func text(_ letters: String, _ count: Int) -> String {
      String(
        (0..<Int.random(in: 0...count, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? "a"
        })
    }
    for _ in 0..<200 {
      let (pattern, text) = (text("aab*", 6), text("ab", 8))
      #expect(
        Self.pattern(pattern).matches(Array(text.utf8)) == Self.slowly(pattern[...], text[...]),
        "\(pattern) \(text)")
    }
  }
}
