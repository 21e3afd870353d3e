import Testing

@testable import Trends

// What the detectors before us got wrong, each beside the naive number that gets it wrong (GT in the issue is Gnip's
// published Poisson eta: |count − mean| ÷ its confidence interval, the mean over all windows).
@Suite struct ExpectedUsersTests {
  static let hour: Int64 = 3_600_000

  // A history of hourly users, from hour 0 on.
  static func history(_ hours: Int, _ users: (Int) -> Int) -> History {
    var history = History()
    for hour in 0..<hours where users(hour) > 0 {
      history.add(Int64(hour), users: users(hour), keepingFrom: 0)
    }
    return history
  }

  // The expectation of the hour behind `hours` of history, with 1000 active accounts in each.
  static func expect(
    _ hours: Int, active: Int = 1000, baseline: Int64 = 7 * 24 * 3_600_000, _ users: (Int) -> Int
  ) -> ExpectedUsers? {
    var settings = TrendSettings()
    settings.baseline = baseline
    var own = history(hours, users)
    var everybody = history(hours) { _ in 1000 }
    return Expecter(settings: settings).expectation(
      &own, &everybody,
      place: Expecter.Place(end: Int64(hours + 1) * hour, window: hour), active: active, wavering: 0.05)
  }

  static func p(_ expectation: ExpectedUsers?, _ users: Int) -> Double {
    expectation.map { pow10($0.logProbability(users)) } ?? 1
  }

  @Test("a fall is no trend, however deep; the two-sided eta would call it one") func fall() {
    let steady = Self.expect(168) { _ in 100 }
    #expect(Self.p(steady, 0) == 1 && Self.p(steady, 20) > 0.9)
    let eta = abs(0.0 - 100) / (1.96 * 10)
    #expect(eta > 1)
  }

  @Test("what was never seen can trend; a rate of 0 gives an eta of 0") func new() throws {
    let nothing = try #require(Self.expect(168) { _ in 0 })
    #expect(nothing.mean > 0 && nothing.mean < 0.1)
    #expect(Self.p(nothing, 10) < 1e-6)
  }

  @Test("the tested window is not part of what it is tested against") func own() {
    // The same history, whatever the tested hour holds.
    let before = Self.expect(168) { _ in 5 }
    let after = Self.expect(168) { _ in 5 }
    #expect(before == after)
    let place = Expecter.Place(end: 169 * Self.hour + 300_000, window: Self.hour)
    #expect(place.first == 168 && place.second > 0)
    var late = Self.history(168) { _ in 5 }
    var everybody = Self.history(168) { _ in 1000 }
    let quiet = Expecter(settings: TrendSettings()).expectation(
      &late, &everybody, place: place, active: 1000, wavering: 0.05)
    // The tumbling hour that the window overlaps is recorded by now: it must not count.
    late.add(168, users: 900, keepingFrom: 0)
    let loud = Expecter(settings: TrendSettings()).expectation(
      &late, &everybody, place: place, active: 1000, wavering: 0.05)
    #expect(quiet == loud)
  }

  @Test("a past spike hides nothing; it would raise the mean of all hours") func spike() throws {
    let plain = try #require(Self.expect(168) { _ in 4 })
    // On the third day, at the tested hour and around it.
    let spiked = try #require(Self.expect(168) { (70...74).contains($0) ? 600 : 4 })
    #expect(spiked.mean < plain.mean * 2)
    #expect(Self.p(spiked, 40) < 1e-4)
    let naiveMean = (163.0 * 4 + 5 * 600) / 168
    #expect(naiveMean > plain.mean * 5)
  }

  @Test("a habit of the hour is expected; a mean over all hours would be surprised each day") func daily() {
    // Hour 0 of each day has 200, the others 2; the tested one is an hour 0.
    let habit = Self.expect(168) { $0 % 24 == 0 ? 200 : 2 }
    #expect(Self.p(habit, 210) > 0.1)
    #expect(Self.p(habit, 600) < 1e-4)
  }

  @Test("a habit of the weekday is expected") func weekly() {
    let habit = Self.expect(168) { $0 == 0 ? 200 : 2 }
    #expect(habit?.source == .weekly)
    #expect(Self.p(habit, 210) > 0.1)
  }

  @Test("twice the accounts give twice the expectation: the whole's growth is no trend") func growth() throws
  {
    let one = try #require(Self.expect(168) { _ in 50 })
    let two = try #require(Self.expect(168, active: 2000) { _ in 50 })
    #expect(abs(two.mean - 2 * one.mean) < 1e-9)
  }

  @Test("with nothing before there is nothing to expect") func nothing() {
    #expect(Self.expect(0) { _ in 0 } == nil)
  }

  @Test("before a day has passed all earlier hours stand in, and less is believed") func first() throws {
    let early = try #require(Self.expect(6) { _ in 20 })
    let later = try #require(Self.expect(168) { _ in 20 })
    #expect(early.source == .earlier && later.source == .daily)
    #expect(early.shape < later.shape)
  }

  @Test("after few hours nothing is cut away as a spike: what was common is expected") func fewHours() throws
  {
    let early = try #require(Self.expect(3) { _ in 120 })
    #expect(early.mean > 100)
    #expect(Self.p(early, 130) > 0.05)
  }

  @Test("what the baseline has left makes no difference while it is still held") func stale() {
    var settings = TrendSettings()
    settings.baseline = 168 * Self.hour
    let place = Expecter.Place(end: 301 * Self.hour, window: Self.hour)
    // Forty hours of the baseline had anybody, and as many before it.
    let live = (0..<40).map { History.Slot(number: 140 + $0 * 4, users: Double($0 % 7)) }
    let old = (0..<40).map { History.Slot(number: 80 + $0, users: 3) }
    let expected = [live, old + live].map { slots in
      var own = History(slots)
      var everybody = History(slots.map { History.Slot(number: $0.number, users: 100) })
      return Expecter(settings: settings).expectation(
        &own, &everybody, place: place, active: 100, wavering: 0.05)
    }
    #expect(expected[0] != nil && expected[0] == expected[1])
  }
}

extension Expecter {
  /// What two whole histories make one expect.
  func expectation(
    _ history: inout History, _ everybody: inout History, place: Place, active: Int, wavering: Double
  ) -> ExpectedUsers? {
    guard let around = surroundings(&everybody, place: place, active: active) else { return nil }
    var before = Before()
    reduce(history.slots, dropping: spikes(everybody, range(of: place)), to: place, &before)
    return expectation(before, around, wavering: wavering)
  }
}
