import Testing

@testable import Pipelines

@Suite struct CommandWordsTests {
  private func words(_ text: String) -> [String] {
    CommandWords(splitting: text).words.map { $0.expanded { "<\($0)>" } }
  }

  @Test(
    "words are split as a shell splits them",
    arguments: [
      ("a b  c\td\ne", ["a", "b", "c", "d", "e"]),
      ("", []),
      ("''", [""]),
      ("a''b", ["ab"]),
      ("'a b' \"c d\"", ["a b", "c d"]),
      ("a'b c'd", ["ab cd"]),
      ("'$x $$ \\n'", ["$x $$ \\n"]),
      ("\"a\\\"b\\\\c\\d\"", ["a\"b\\c\\d"]),
      ("a\\ b \\$x \\'", ["a b", "$x", "'"]),
      ("$x ${y}z a$b_1.c $$x", ["<x>", "<y>z", "a<b_1>.c", "$x"]),
      ("\"$x y\" \"$$\"", ["<x> y", "$"]),
      ("'from:nasa (mars OR moon) -is:retweet'", ["from:nasa (mars OR moon) -is:retweet"]),
      ("'*' \"?\" \\* 'a|b;c&d>e' '`' '$(x)'", ["*", "?", "*", "a|b;c&d>e", "`", "$(x)"]),
      ("a~b c#d", ["a~b", "c#d"]),
      ("日本 '東 京'", ["日本", "東 京"]),
    ]) func split(text: String, expected: [String])
  {
    #expect(words(text) == expected)
    #expect(CommandWords(splitting: text).problems.isEmpty)
  }

  @Test("a value with spaces stays one word") func variables() {
    #expect(
      CommandWords(splitting: "cat $x").words.map { $0.expanded { _ in "a b; rm *" } } == [
        "cat", "a b; rm *",
      ])
  }

  @Test(
    "problems carry their offset",
    arguments: [
      ("a 'b", 2), ("a \"b", 2), ("a $", 2), ("${x", 0), ("${}", 0), ("a \\", 2), ("\"`\"", 1), ("a |", 2),
      ("$1", 0),
      ("日本 |", 3),
    ]) func problems(text: String, offset: Int)
  {
    #expect(CommandWords(splitting: text).problems.map(\.offset) == [offset])
  }
}
