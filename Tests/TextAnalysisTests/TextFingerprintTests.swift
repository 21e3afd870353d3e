import Records
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct TextFingerprintTests {
  static func print(_ text: String) -> UInt64 {
    var analyzer = Analyzer()
    var tokens = TokenList()
    let bytes = Array(text.utf8)
    let none: [UInt8] = []
    analyzer.analyze(text: bytes.span, language: none.span, into: &tokens)
    return TextFingerprint.of(tokens)
  }

  @Test("copies that differ in names, tags and numbers have one fingerprint") func copies() {
    let first = Self.print("Win a free phone today only, just follow and retweet 123 #win @anna")
    let second = Self.print("Win a free phone today only, just follow and retweet 99 #prize @bob")
    #expect(first == second && first != 0)
  }

  @Test("different texts are far apart") func different() {
    let first = Self.print("the train from the north is late again this morning")
    let second = Self.print("what a match, two goals in the last five minutes")
    #expect((first ^ second).nonzeroBitCount > 10)
  }

  @Test(
    "a text begins behind the marks of retweets",
    arguments: [
      ("RT @anna: storks", 10), ("RT @a_1 storks", 8), ("RT @a: RT @b:  storks", 15), ("storks", 0), ("", 0),
      ("RT @anna:storks", 0), ("RT @anna: ", 0), ("RT @ anna", 0), ("rt @anna: storks", 0),
      ("RT @: storks", 0),
      ("RT @anna", 0), ("RT @a: RT @b", 7), ("RT @b🐦: storks", 0),
    ]) func start(text: String, expected: Int)
  {
    let bytes = Array(text.utf8)
    #expect(TextFingerprint.start(of: bytes.span) == expected)
  }

  @Test("a text of few words has none") func short() { #expect(Self.print("good morning #monday") == 0) }
}

@Suite struct NearDuplicatesTests {
  @Test("the first of each group stays, as a comparison of all pairs says", arguments: 0..<20) func firsts(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let bases = (0..<5).map { _ in UInt64.random(in: 1 ... .max, using: &random) }
    let prints = (0..<60).map { _ -> UInt64 in
      if Int.random(in: 0..<8, using: &random) == 0 { return 0 }
      var print = bases.randomElement(using: &random) ?? 1
      for _ in 0..<Int.random(in: 0..<5, using: &random) {
        print ^= 1 << UInt64.random(in: 0..<64, using: &random)
      }
      return print
    }
    var kept: [Int] = []
    for (index, print) in prints.enumerated()
    where print == 0
      || !kept.contains(where: {
        prints[$0] != 0 && (prints[$0] ^ print).nonzeroBitCount <= NearDuplicates.distance
      })
    {
      kept.append(index)
    }
    #expect(NearDuplicates.firsts(prints) == kept)
  }
}
