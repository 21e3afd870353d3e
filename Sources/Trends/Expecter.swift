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

    /// Of accounts in `first` and in the one behind it those in this one.
    @inline(__always)
    func users(_ base: Double, _ behind: Double) -> Double {
      second == 0 ? base : base * (1 - second) + behind * second
    }
  }

  /// Tumbling windows that a window at `place` is measured by.
  func range(of place: Place) -> Range<Int64> {
    place.first - settings.baseline / settings.window..<place.first
  }

  // Tumbling windows of a day, or one.
  private var day: Int64 { max(86_400_000 / settings.window, 1) }
  private var reach: Int64 { settings.baseline / settings.window }

  /// What a term had before, as far as windows at one place ask for it. Of what is tested at one time whole histories would
  /// take more memory than all else.
  struct Before: Sendable, Equatable {
    /// Accounts in all windows of the baseline but its busiest.
    var total = 0.0
    /// Of each day before, the latest first: accounts in the tumbling window of the same hours and in the one behind it.
    /// Empty where all are 0.
    var days: [Double] = []
  }

  /// What everybody's accounts at a place say of a window: the same for all terms that are tested there.
  struct Surroundings: Sendable {
    struct Day: Sendable {
      /// Its place in `Before.days`, halved.
      var index: Int
      var active: Double
      /// Whether it is the same day of the week.
      var isWeek: Bool
    }
    var place: Place
    /// Accounts in the window.
    var active: Int
    /// Accounts in the whole baseline.
    var allActive: Double
    var days: [Day] = []
    var dailyActive = 0.0
  }

  /// What `everybody` had around `place`, where `active` accounts wrote now; nil while nothing earlier is known.
  func surroundings(_ everybody: inout History, place: Place, active: Int) -> Surroundings? {
    let range = range(of: place)
    let allActive = everybody.total(range, dropping: 0)
    if allActive == 0 { return nil }
    var found = Surroundings(place: place, active: active, allActive: allActive)
    found.days.reserveCapacity(Int(reach / day))
    let last = place.second > 0 ? 1 : 0
    var before = day
    var index = 0
    while before <= reach {
      // Never a window that overlaps the tested one.
      if before > Int64(last) {
        let then = place.users(
          everybody.users(place.first - before), everybody.users(place.first - before + 1))
        if then > 0 {
          found.days.append(
            Surroundings.Day(
              index: index, active: then,
              isWeek: before % (7 * day) == 0 || settings.window > 86_400_000))
          found.dailyActive += then
        }
      }
      before += day
      index += 1
    }
    return found
  }

  /// Windows with the most accounts, a twentieth of all that there were, are left out of the overall share.
  func spikes(_ everybody: borrowing History, _ range: Range<Int64>) -> Int {
    everybody.count(in: range) / 20
  }

  /// Leaves of a history, given by its slots in order, what windows at `place` ask for.
  func reduce(_ slots: [History.Slot], dropping spikes: Int, to place: Place, _ before: inout Before) {
    before.total = History.total(slots, in: range(of: place), dropping: spikes)
    // The memory of what was there is used again.
    for index in before.days.indices { before.days[index] = 0 }
    let count = Int(reach / day)
    for slot in slots {
      let distance = place.first - slot.number
      if distance <= 0 || distance > reach { continue }
      // In the same hours of a day, or in those behind them.
      if distance % day == 0 { Self.set(slot.users, 2 * (Int(distance / day) - 1), &before.days, count) }
      if (distance + 1) % day == 0 {
        Self.set(slot.users, 2 * (Int((distance + 1) / day) - 1) + 1, &before.days, count)
      }
    }
  }

  @inline(__always)
  private static func set(_ users: Double, _ place: Int, _ days: inout [Double], _ count: Int) {
    if place >= 2 * count { return }
    if days.isEmpty { days = [Double](repeating: 0, count: 2 * count) }
    days[place] = users
  }

  /// What `before` makes one expect in its surroundings.
  func expectation(_ before: borrowing Before, _ around: borrowing Surroundings, wavering: Double)
    -> ExpectedUsers
  {
    let daily = daily(before, around, wavering: wavering)
    if before.days.isEmpty || around.days.isEmpty { return daily }
    return weekly(before, around, wavering: wavering, mean: daily.mean) ?? daily
  }

  /// What the same hours of the days before make one expect, or all earlier windows while there is no day before.
  func daily(_ before: borrowing Before, _ around: borrowing Surroundings, wavering: Double) -> ExpectedUsers
  {
    let active = Double(around.active)
    let share = before.total / around.allActive
    guard !around.days.isEmpty else {
      let shape = Self.priorShape + share * around.allActive
      return ExpectedUsers(
        mean: active * shape / around.allActive, shape: 1 / (1 / shape + wavering + Self.unevenDay),
        source: .earlier)
    }
    // The overall share weighs as much as one day more.
    let weight = around.dailyActive / Double(around.days.count)
    var shape = Self.priorShape + weight * share
    if !before.days.isEmpty {
      let cap = SpikeCap(before, around)
      var sum = 0.0
      for day in around.days { sum += min(before.users(day, around.place), cap.users(day)) }
      shape += sum
    }
    return ExpectedUsers(
      mean: active * shape / (weight + around.dailyActive), shape: 1 / (1 / shape + wavering), source: .daily)
  }

  /// The least that a habit of the weekday may make one expect if more than `before` is known, and it is higher than
  /// `mean`; nil where there is no such habit.
  func leastHabit(
    _ before: borrowing Before, _ around: borrowing Surroundings, wavering: Double, mean: Double
  ) -> ExpectedUsers? {
    if around.days.count < 3 { return nil }
    var (users, then) = (0.0, 0.0)
    for day in around.days where day.isWeek {
      if !before.days.isEmpty { users += before.users(day, around.place) }
      then += day.active
    }
    if then == 0 { return nil }
    // It is above the cut, which is so many accounts at least, and above the mean.
    users = max(users, Self.spike, mean * then / Double(around.active))
    return ExpectedUsers(
      mean: Double(around.active) * users / then, shape: 1 / (1 / (Self.priorShape + users) + wavering),
      source: .weekly)
  }

  // A habit of the weekday: what would be a spike among the days came in at least half of the weeks.
  private func weekly(
    _ before: borrowing Before, _ around: borrowing Surroundings, wavering: Double, mean: Double
  ) -> ExpectedUsers? {
    var (weeks, users, then) = (0, 0.0, 0.0)
    for day in around.days where day.isWeek {
      weeks += 1
      users += before.users(day, around.place)
      then += day.active
    }
    // Nothing is above the cut that is no more than the least cut, and what is no higher changes nothing.
    guard users > Self.spike, Double(around.active) * users / then > mean else { return nil }
    let cap = SpikeCap(before, around)
    var high = 0
    for day in around.days where day.isWeek && before.users(day, around.place) > cap.users(day) { high += 1 }
    guard high > 0, high * 2 >= weeks else { return nil }
    return ExpectedUsers(
      mean: Double(around.active) * users / then, shape: 1 / (1 / (Self.priorShape + users) + wavering),
      source: .weekly)
  }
}

extension Expecter.Before {
  /// Accounts in the same hours of a day.
  @inline(__always)
  func users(_ day: Expecter.Surroundings.Day, _ place: Expecter.Place) -> Double {
    place.users(days[2 * day.index], days[2 * day.index + 1])
  }
}

/// The most accounts that one day may add to the expectation: so far above the median rate as chance allows.
private struct SpikeCap {
  private let median: Double

  init(_ before: borrowing Expecter.Before, _ around: borrowing Expecter.Surroundings) {
    let count = around.days.count
    // Of one or two days nothing says which is the spike.
    if count < 3 {
      median = .infinity
      return
    }
    let middle = count / 2
    // A week's days stand on the stack: an array for each term was a twentieth of all tests.
    if count <= 16 {
      var rates = [16 of Double](repeating: .infinity)
      for index in 0..<count {
        let rate = before.users(around.days[index], around.place) / around.days[index].active
        var place = index
        while place > 0, rates[place - 1] > rate {
          rates[place] = rates[place - 1]
          place -= 1
        }
        rates[place] = rate
      }
      median = count % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2
    } else {
      var rates: [Double] = []
      for day in around.days { rates.append(before.users(day, around.place) / day.active) }
      rates.sort()
      median = count % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2
    }
  }

  @inline(__always)
  func users(_ day: Expecter.Surroundings.Day) -> Double {
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
