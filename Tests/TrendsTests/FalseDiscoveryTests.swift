import TestSupport
import Testing

@testable import Trends

@Suite struct FalseDiscoveryTests {
  @Test("the threshold is that of the step-up procedure, looked up one by one", arguments: 0..<40)
  func threshold(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<Int.random(in: 0..<30, using: &random)).map { _ in
      Double.random(in: 0..<1, using: &random) * (Bool.random(using: &random) ? 1e-3 : 1)
    }
    let tests = values.count + Int.random(in: 0..<100, using: &random)
    let found = FalseDiscovery.threshold(values, tests: tests, rate: 0.05)
    // k is the greatest rank whose value is at most k/m · rate.
    let expected = values.filter { value in
      let rank = values.count { $0 <= value }
      return value <= 0.05 * Double(rank) / Double(max(tests, 1))
    }.max()
    #expect(found == expected)
  }

  @Test("more tests ask for a smaller p") func more() {
    #expect(FalseDiscovery.threshold([0.01], tests: 1, rate: 0.05) == 0.01)
    #expect(FalseDiscovery.threshold([0.01], tests: 10, rate: 0.05) == nil)
  }
}
