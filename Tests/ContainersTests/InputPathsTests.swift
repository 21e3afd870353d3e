import Testing

@testable import Containers

/// Patterns for names.
@Suite struct InputPathsTests {
  @Test(
    "patterns match as in a shell",
    arguments: [
      ("a*.json", "abc.json", true), ("*", "x", true), ("a?c", "abc", true), ("a?c", "ac", false),
      ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[^a]x", "bx", true), ("*a*b*", "xxaxxb", true),
      ("*a*b*", "xxbxxa", false), ("[", "[", true), ("a", "b", false),
    ])
  func patterns(pattern: String, name: String, matches: Bool) {
    #expect(PathPattern.matches(Array(name.utf8)[...], Array(pattern.utf8)[...]) == matches)
  }
}
