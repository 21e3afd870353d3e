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
      let body = line.prefix { $0 != "#" }.split(separator: " ").map { $0.trimmingCharacters(in: .whitespaces) }
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
    #expect(failures == [])
  }
}
