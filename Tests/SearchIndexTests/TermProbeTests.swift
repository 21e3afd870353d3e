import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TermProbeTests {
  @Test("a beginning is found where some term begins so, as in an array", arguments: 0..<4)
  func holds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let terms = TermDictionaryTests.terms([1, 33, 200, 700][Int(seed)], &random).map { ($0.key, $0.info) }
    let reader = try TermDictionaryTests.reader(terms)
    for _ in 0..<600 {
      var key = terms[Int.random(in: 0..<terms.count, using: &random)].0
      key.removeLast(Int.random(in: 0..<key.count, using: &random))
      switch Int.random(in: 0..<3, using: &random) {
      case 0: key.append([0, 0x61, 0x63, 0xFF].randomElement(using: &random) ?? 0)
      case 1: key[key.count - 1] &+= 1
      default: break
      }
      #expect(try reader.holds(beginning: key.span) == terms.contains { $0.0.starts(with: key) }, "\(key)")
    }
  }
}
