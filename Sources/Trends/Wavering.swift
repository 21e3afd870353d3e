/// How much rates waver from hour to hour beyond chance: the relative variance of counts around what was expected of
/// them, learned from windows in which nothing went on.
struct Wavering: Equatable, Sendable {
  /// What is assumed at first, and as how many observations that counts.
  static let assumed = 0.05
  static let weight = 50.0

  private var sum = Self.assumed * Self.weight
  private var total = Self.weight

  /// The relative variance, in 0.01 ... 1.
  var variance: Double { min(max(sum / total, 0.01), 1) }

  /// Takes a tested count into account: (x − μ)² = μ + μ² v for a count that wavers by v. Counts that look like trends
  /// teach nothing about ordinary hours, and small ones little.
  mutating func learn(users: Int, _ expectation: Expectation, logP: Double) {
    guard expectation.mean >= 5, logP > -4 else { return }
    let difference = Double(users) - expectation.mean
    let excess = (difference * difference - expectation.mean) / (expectation.mean * expectation.mean)
    sum += min(excess, 1)
    total += 1
  }
}
