internal import Glibc

/// A count whose rate is itself uncertain: the negative binomial distribution with a mean and a shape.
///
/// It is the Poisson distribution averaged over a gamma-distributed rate (Greenwood and Yule, 1920), so it says how often a
/// count of this size comes about when the rate was learned from few observations and wavers from hour to hour.
/// Variance: mean + mean² / shape; an infinite shape is the Poisson distribution.
struct NegativeBinomial: Sendable {
  /// The expected count, above 0.
  let mean: Double
  /// How well the rate is known: of a rate learned from n occurrences, about n. Above 0.
  let shape: Double

  /// P(X ≥ count), in 0...1. Exact: the sum of the tail, taken from its greater end.
  ///
  /// - Complexity: O(√variance) terms, at most some thousands; relative error below 1e-9.
  func atLeast(_ count: Int) -> Double {
    if count <= 0 { return 1 }
    let success = mean / (mean + shape)
    // The tail beyond the mean falls: sum it. Before the mean the rest is the smaller part.
    if Double(count) > mean {
      var term = exp(logProbability(count))
      var sum = 0.0
      var value = Double(count)
      while term > sum * 1e-12 && term > 0 {
        sum += term
        term *= (value + shape) / (value + 1) * success
        value += 1
      }
      return min(sum, 1)
    }
    var term = exp(logProbability(count - 1))
    var sum = 0.0
    var value = Double(count - 1)
    while value >= 0 && term > sum * 1e-12 {
      sum += term
      term *= value / ((value - 1 + shape) * success)
      value -= 1
    }
    return max(1 - sum, 0)
  }

  /// log₁₀ P(X ≥ count), also where the probability itself is too small for a number.
  func logAtLeast(_ count: Int) -> Double {
    let plain = atLeast(count)
    if plain > 1e-290 { return log10(plain) }
    // The first term, times the geometric series that bounds the rest.
    let success = mean / (mean + shape)
    let ratio = (Double(count) + shape) / (Double(count) + 1) * success
    return (logProbability(count) - log(max(1 - ratio, 1e-12))) / log(10)
  }

  // log P(X = count).
  private func logProbability(_ count: Int) -> Double {
    let k = Double(count)
    return lgamma(k + shape) - lgamma(shape) - lgamma(k + 1) + shape * log(shape / (mean + shape))
      + k * log(mean / (mean + shape))
  }
}
