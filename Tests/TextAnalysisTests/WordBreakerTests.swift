import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct WordBreakerTests {
  @Test("Unicode's WordBreakTest holds but for the cases that are named") func conformance() throws {
    guard let path = SharedFiles.path("conformance/WordBreakTest.txt") else { return }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var breaker = WordBreaker()
    var count = 0
    var failures: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      count += 1
      let body = line.prefix { $0 != "#" }.split(separator: " ").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      var bytes: [UInt8] = []
      var expected: [Int] = []
      for item in body.dropFirst() {
        if item == "÷" {
          expected.append(bytes.count)
        } else if let value = UInt32(item, radix: 16), let scalar = Unicode.Scalar(value) {
          bytes += Array(String(Character(scalar)).utf8)
        }
      }
      var found: [Int] = []
      breaker.boundaries(of: bytes.span, into: &found)
      if found != expected { failures.append(body.joined(separator: " ")) }
    }
    #expect(count == 1823)
    #expect(failures.sorted() == Self.colonCases.sorted())
  }

  /// The 15 cases that differ, all for one reason: `:` between letters joins them in UAX #29 of Unicode 14 (MidLetter),
  /// and breaks them in CLDR 42 (ICU 72) and in our contract.
  static let colonCases = [
    "÷ 0061 × 003A × 0041 ÷", "÷ 0061 × 003A × 0308 × 0041 ÷", "÷ 0061 × 003A × 05D0 ÷",
    "÷ 0061 × 003A × 0308 × 05D0 ÷", "÷ 0061 × 003A × 0061 × 2060 ÷", "÷ 0061 × 003A × 0308 × 0061 × 2060 ÷",
    "÷ 0061 × 003A × 0061 ÷ 003A ÷", "÷ 0061 × 003A × 0308 × 0061 ÷ 003A ÷", "÷ 0061 × 003A × 0061 ÷ 0027 ÷",
    "÷ 0061 × 003A × 0308 × 0061 ÷ 0027 ÷", "÷ 0061 × 003A × 0061 ÷ 0027 × 2060 ÷",
    "÷ 0061 × 003A × 0308 × 0061 ÷ 0027 × 2060 ÷", "÷ 0061 × 003A × 0061 ÷ 002C ÷",
    "÷ 0061 × 003A × 0308 × 0061 ÷ 002C ÷", "÷ 0041 × 003A × 0041 ÷",
  ]

  @Test("@ and : break words, apostrophes and points between letters do not") func signs() {
    var breaker = WordBreaker()
    var found: [Int] = []
    for (text, ends) in [
      ("a:b", [1, 2, 3]), ("me@b.c", [2, 3, 6]), ("don't", [5]), ("é:é", [2, 3, 5]), ("3,4 x", [3, 4, 5]),
      ("a  b\r\n", [1, 3, 4, 6]), ("", []), ("ａ：ｂ", [3, 6, 9]),
    ] {
      breaker.boundaries(of: Array(text.utf8).span, into: &found)
      #expect(found == ends, "\(text)")
    }
  }

  @Test("the ASCII path cuts as ICU does", arguments: 0..<200) func ascii(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("aZ09_'.,;:@ -\"\r\n\t#/".utf8)
    let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
    }
    var breaker = WordBreaker()
    var fast: [Int] = []
    var slow: [Int] = []
    breaker.boundaries(of: text.span, into: &fast)
    breaker.icuBoundaries(of: text.span, into: &slow)
    #expect(fast == slow, "\(String(decoding: text, as: UTF8.self).debugDescription)")
  }
}
