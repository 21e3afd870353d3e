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

/// Computes expectations. All constants of the method stand here; `Trends.docc/Definitions.md` explains them.
struct Expecter: Sendable {
  let settings: TrendSettings
  /// Jeffreys' prior of a Poisson rate: Gamma(1/2, 0). It is what lets a term trend that was never seen.
  static let priorShape = 0.5
  /// The relative variance of a rate that is assumed while no day before is known: people's days are not even.
  static let unevenDay = 0.5
  /// Standard deviations that one day may lie above the median of all before it is cut down to that: a past spike.
  static let spike = 3.0

  /// A window as parts of two tumbling ones: `first` and the one behind it, whose part is `second` (0 ..< 1).
  struct Place {
    var first: Int64
    var second: Double

    init(end: Int64, window: Int64) {
      let start = end - window
      first = start.floorDivided(by: window)
      second = Double(start - first * window) / Double(window)
    }

    /// Accounts in the same place of `days` periods before.
    func users(_ history: History, before: Int64) -> Double {
      let base = history.users(first - before)
      return second == 0 ? base : base * (1 - second) + history.users(first - before + 1) * second
    }
  }

  /// Tumbling windows that a window at `place` is measured by.
  func range(of place: Place) -> Range<Int64> {
    place.first - settings.baseline / settings.window..<place.first
  }

  // Windows with the most accounts, a twentieth of all that there were, are left out of the overall share.
  private func spikes(_ everybody: borrowing History, _ range: Range<Int64>) -> Int {
    everybody.count(in: range) / 20
  }

  /// Leaves of a history what windows at `place` ask for: the same hours of other days, and the sum. Of what is tested at
  /// one time the histories would take more memory than all else.
  func reduce(_ history: inout History, _ everybody: borrowing History, to place: Place) {
    let range = range(of: place)
    _ = history.total(range, dropping: spikes(everybody, range))
    let day = max(86_400_000 / settings.window, 1)
    history.keep { number in
      let before = place.first - number
      return before % day == 0 || (before + 1) % day == 0
    }
  }

  /// What `history` makes one expect of `place`, where `everybody` accounts wrote, now `active`; nil while nothing
  /// earlier is known.
  func expectation(
    _ history: inout History, _ everybody: inout History, place: Place, active: Int, wavering: Double
  )
    -> ExpectedUsers?
  {
    let day = max(86_400_000 / settings.window, 1)
    let reach = settings.baseline / settings.window
    let last = place.second > 0 ? 1 : 0
    var days: [(users: Double, active: Double)] = []
    var weeks: [(users: Double, active: Double)] = []
    var before = day
    while before <= reach {
      // Never a window that overlaps the tested one.
      if before > Int64(last) {
        let then = (place.users(history, before: before), place.users(everybody, before: before))
        if then.1 > 0 {
          days.append(then)
          if before % (7 * day) == 0 || settings.window > 86_400_000 { weeks.append(then) }
        }
      }
      before += day
    }
    let range = range(of: place)
    let allActive = everybody.total(range, dropping: 0)
    if allActive == 0 { return nil }
    let share = history.total(range, dropping: spikes(everybody, range)) / allActive
    guard !days.isEmpty else {
      let shape = Self.priorShape + share * allActive
      return ExpectedUsers(
        mean: Double(active) * shape / allActive, shape: 1 / (1 / shape + wavering + Self.unevenDay),
        source: .earlier)
    }
    let dailyActive = days.reduce(0) { $0 + $1.active }
    // The overall share weighs as much as one day more.
    let weight = dailyActive / Double(days.count)
    let cap = SpikeCap(days)
    let shape = Self.priorShape + weight * share + days.reduce(0) { $0 + min($1.users, cap.users(of: $1)) }
    var best = ExpectedUsers(
      mean: Double(active) * shape / (weight + dailyActive), shape: 1 / (1 / shape + wavering), source: .daily
    )
    // A habit of the weekday: what would be a spike among the days came in at least half of the weeks.
    let high = weeks.filter { $0.users > cap.users(of: $0) }
    if !high.isEmpty && high.count * 2 >= weeks.count {
      let users = weeks.reduce(0) { $0 + $1.users }
      let mean = Double(active) * users / weeks.reduce(0) { $0 + $1.active }
      if mean > best.mean {
        best = ExpectedUsers(
          mean: mean, shape: 1 / (1 / (Self.priorShape + users) + wavering), source: .weekly)
      }
    }
    return best
  }
}

/// The most accounts that one day may add to the expectation: so far above the median rate as chance allows.
private struct SpikeCap {
  private let median: Double

  init(_ days: [(users: Double, active: Double)]) {
    let rates = days.map { $0.users / $0.active }.sorted()
    let middle = rates.count / 2
    // Of one or two days nothing says which is the spike.
    median =
      rates.count < 3
      ? .infinity : rates.count % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2
  }

  func users(of day: (users: Double, active: Double)) -> Double {
    let usual = median * day.active
    return usual + Expecter.spike * (usual + 1).squareRoot()
  }
}

extension Int64 {
  /// The quotient rounded towards −∞; `divisor` is positive.
  func floorDivided(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
