/// How many accounts a window would have if nothing were going on, and how sure that is.
struct ExpectedUsers: Equatable, Sendable {
  /// What the number was taken from.
  enum Source: String, Sendable {
    /// The same hours of the days before.
    case daily
    /// The same hour of the same weekday, where that is higher.
    case weekly
    /// The share that the term has elsewhere, where that is higher.
    case elsewhere
    /// All earlier windows, while there is no day before.
    case earlier
  }

  var mean: Double
  /// 1 / shape is the relative variance of the rate: what is not known of it, and how it wavers.
  var shape: Double
  var source: Source

  /// log₁₀ of the probability of `users` accounts or more; 0 where there are no more than expected.
  func logP(_ users: Int) -> Double { Double(users) > mean ? logProbability(users) : 0 }

  /// log₁₀ of the probability of `users` accounts or more.
  func logProbability(_ users: Int) -> Double {
    NegativeBinomial(mean: mean, shape: shape).logAtLeast(users)
  }
}
