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

  /// P(X ≥ count), in 0...1. - Complexity: as `logAtLeast`.
  func atLeast(_ count: Int) -> Double { exp(naturalLogAtLeast(count)) }

  /// log₁₀ P(X ≥ count), also where the probability itself is too small for a number. Relative error of the probability
  /// below 1e-9.
  /// - Complexity: some dozens of steps. A sum of the tail takes mean / shape × 30, which for common words of uncertain rate
  ///   are hundreds of thousands.
  func logAtLeast(_ count: Int) -> Double { naturalLogAtLeast(count) / log(10) }

  // The tail is the regularised incomplete beta function I(p; count, shape) with p = mean / (mean + shape) (DLMF 8.17.5).
  private func naturalLogAtLeast(_ count: Int) -> Double {
    if count <= 0 { return 0 }
    let a = Double(count)
    let p = mean / (mean + shape)
    let front =
      lgamma(a + shape) - lgamma(a) - lgamma(shape) + a * log(p) + shape * log(shape / (mean + shape))
    if p < (a + 1) / (a + shape + 2) {
      return min(front + log(Self.fraction(a, shape, p) / a), 0)
    }
    // Where that fraction converges slowly the other side's does well.
    let below = exp(front + log(Self.fraction(shape, a, shape / (mean + shape)) / shape))
    return log(max(1 - below, 1e-300))
  }

  // The continued fraction of the incomplete beta function (DLMF 8.17.22), from its front by Lentz's method.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func apart(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / apart(1 - (a + b) * x / (a + 1))
    var result = d
    var m = 1.0
    while m < 10_000 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / apart(1 + even * d)
      c = apart(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / apart(1 + odd * d)
      c = apart(1 + odd / c)
      let step = d * c
      result *= step
      if abs(step - 1) < 1e-14 { break }
      m += 1
    }
    return result
  }
}
