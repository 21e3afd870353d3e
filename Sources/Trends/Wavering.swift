/// How much rates waver from hour to hour beyond chance: the relative variance of counts around what was expected of
/// them, learned from windows in which nothing went on.
struct Wavering: Equatable, Sendable {
  /// What is assumed at first, and as how many observations that counts.
  static let assumed = 0.05
  static let weight = 50.0

  // In 2⁻³² parts, so that the order in which windows' entries are met does not show.
  private(set) var sum = Int64(Self.assumed * Self.weight * Self.one)
  private(set) var total = Int64(Self.weight)
  private static let one = 4_294_967_296.0

  init() {}

  /// As a state had it.
  init(sum: Int64, total: Int64) {
    self.sum = sum
    self.total = min(max(total, 1), 1 << 53)
  }

  /// The relative variance, in 0.01 ... 1.
  var variance: Double { min(max(Double(sum) / Self.one / Double(total), 0.01), 1) }

  /// Whether a count of which so many are expected teaches anything.
  @inline(__always)
  static func learns(_ expectation: ExpectedUsers) -> Bool { expectation.mean >= 5 }

  /// Takes a tested count into account: (x − μ)² = μ + μ² v for a count that wavers by v. Counts that look like trends
  /// teach nothing about ordinary hours, and small ones little.
  mutating func learn(users: Int, _ expectation: ExpectedUsers, logP: Double) {
    guard Self.learns(expectation), logP > -4 else { return }
    let difference = Double(users) - expectation.mean
    let excess = (difference * difference - expectation.mean) / (expectation.mean * expectation.mean)
    sum &+= Int64(min(excess, 1) * Self.one)
    total += 1
  }
}
