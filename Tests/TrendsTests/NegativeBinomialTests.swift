import Foundation
import Testing

@testable import Trends

@Suite struct NegativeBinomialTests {
  // The sum of all probabilities below, from the recurrence, without any short cut.
  static func naive(_ count: Int, mean: Double, shape: Double) -> Double {
    let success = mean / (mean + shape)
    var term = pow(1 - success, shape)
    var below = 0.0
    for value in 0..<count {
      below += term
      term *= (Double(value) + shape) / Double(value + 1) * success
    }
    return 1 - below
  }

  @Test("tails equal a plain sum", arguments: [0.05, 0.7, 3, 20, 80], [0.5, 2, 15, 200])
  func tails(mean: Double, shape: Double) {
    let distribution = NegativeBinomial(mean: mean, shape: shape)
    for count in [0, 1, 2, 5, 10, 25, 60, 100] {
      let expected = Self.naive(count, mean: mean, shape: shape)
      #expect(abs(distribution.atLeast(count) - expected) < 1e-9)
      if expected > 1e-5 {
        #expect(abs(distribution.logAtLeast(count) - log10(expected)) < 1e-6)
      }
    }
  }

  @Test("a large shape is the Poisson distribution: P(X ≥ 10 | 3) = 0.00110249") func poisson() {
    let tail = NegativeBinomial(mean: 3, shape: 1e9).atLeast(10)
    #expect(abs(tail - 0.001_102_488) < 1e-8)
  }

  @Test("the logarithm goes on where the probability is no number any more, and falls") func small() {
    let distribution = NegativeBinomial(mean: 0.1, shape: 3)
    var last = 0.0
    for count in [10, 100, 1000, 10_000, 100_000] {
      let value = distribution.logAtLeast(count)
      #expect(value < last && value.isFinite)
      last = value
    }
    #expect(last < -10_000)
  }
}
