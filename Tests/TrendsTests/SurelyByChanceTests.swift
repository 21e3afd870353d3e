import TestSupport
import Testing

@testable import Trends

@Suite struct SurelyByChanceTests {
  @Test("what is said to be by chance is no rarer than the level", arguments: 0..<4)
  func sound(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var byChance = SurelyByChance()
    for round in 0..<2 {
      let level = Double.random(in: -6 ... -1, using: &random)
      byChance.prepare(level)
      var known = 0
      for _ in 0..<400 {
        let mean = pow10(Double.random(in: -3...3, using: &random))
        let expectation = ExpectedUsers(
          mean: mean, shape: pow10(Double.random(in: -1...2, using: &random)), source: .daily)
        let users =
          Int(mean * Double.random(in: 0...12, using: &random)) + Int.random(in: 0..<8, using: &random)
        if byChance.contains(users, expectation) {
          known += 1
          #expect(expectation.logP(users) > level)
        }
      }
      // It is of use: most of what is likely is known to be.
      #expect(known > 40, "round \(round)")
    }
  }

  @Test("what lies outside its tables is not known") func outside() {
    var byChance = SurelyByChance()
    byChance.prepare(-3)
    for shape in [1e-9, 1e9, Double.infinity] {
      let isKnown = byChance.contains(7, ExpectedUsers(mean: 5, shape: shape, source: .daily))
      #expect(!isKnown)
    }
  }
}
