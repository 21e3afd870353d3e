extension TrendEngine {
  /// What is asked of a place once for all terms that are tested there.
  struct TestedPlace {
    var around: Expecter.Surroundings
    /// Accounts of the sample.
    var active: Int
    /// Windows that are left out of a term's share.
    var spikes: Int
    /// Everybody's accounts in the windows of the baseline, once they are asked for.
    var weights: [Double] = []
  }

  /// The places of the window that is being tested, by number, and what their terms had before.
  struct Judging {
    let end: Int64
    let place: Expecter.Place
    let range: Range<Int64>
    let variance: Double
    /// By the place's number: 0 while it was not asked for, 1 where nothing can be tested, else its number in `places` and 2.
    fileprivate var numbers: [UInt32]
    fileprivate var places: [TestedPlace] = []
  }

  /// What the past of a group of candidates is looked up with: reused from one to the next, as making all of it anew for
  /// each window took a fiftieth of a run.
  struct PastLanes {
    fileprivate var links: [Past.Link] = []
    fileprivate var indices: [Int] = []
    fileprivate var slots: [[History.Slot]] = []
  }

  /// Begins to judge the window that ends at `end`.
  func judging(end: Int64, _ variance: Double) -> Judging {
    let place = Expecter.Place(end: end, window: settings.window)
    return Judging(
      end: end, place: place, range: expecter.range(of: place), variance: variance,
      numbers: [UInt32](repeating: 0, count: everybody.count))
  }

  // The place of an entry in `judging.places`; nil where nothing earlier is known.
  private mutating func tested(_ number: UInt32, _ judging: inout Judging) -> Int? {
    guard Int(number) < judging.numbers.count else { return nil }
    let known = judging.numbers[Int(number)]
    if known > 0 { return known == 1 ? nil : Int(known) - 2 }
    judging.numbers[Int(number)] = 1
    guard let active = counts.find(TrendTables.everybody, number).map({ Int($0.users) }),
      let around = expecter.surroundings(
        &everybody[Int(number)], place: judging.place, active: active << Int(level))
    else { return nil }
    judging.places.append(
      TestedPlace(
        around: around, active: active, spikes: expecter.spikes(everybody[Int(number)], judging.range)))
    judging.numbers[Int(number)] = UInt32(judging.places.count) + 1
    return judging.places.count - 1
  }

  /// Looks up what those of some candidates had before of whom it is not known yet.
  /// - Parameters:
  ///   - users: how many accounts they have at least.
  ///   - leavesOut: whether to leave out those whose count what is known of them explains already, be it out of date.
  ///   - skipsSketch: whether to leave out what only a sketch knows.
  mutating func load(
    _ candidates: inout [WindowCounts.Candidate], _ group: Range<Int>, _ judging: inout Judging,
    atLeast users: Int32 = 0, leavesOut: Bool = false, skipsSketch: Bool = false
  ) {
    var lanes = PastLanes()
    swap(&lanes, &self.lanes)
    defer { swap(&lanes, &self.lanes) }
    lanes.links.removeAll(keepingCapacity: true)
    lanes.indices.removeAll(keepingCapacity: true)
    for index in group {
      let isLoaded = candidates[index].loaded == judging.place.first
      if isLoaded && !candidates[index].isLess { continue }
      let entry = counts.entries[Int(candidates[index].entry)]
      guard entry.users >= users, let place = tested(entry.place, &judging) else { continue }
      if isLoaded && leavesOut
        && isByChance(candidates.span[index], entry, judging.places.span[place], judging.variance)
      {
        continue
      }
      lanes.links.append(entry.last == .unknown ? past.link(key(entry)) : entry.last)
      lanes.indices.append(index)
    }
    if lanes.links.isEmpty { return }
    past.slots(of: lanes.links, judging.range, into: &lanes.slots)
    let fills = past.isSketched && !skipsSketch
    for (lane, index) in lanes.indices.enumerated() {
      let entry = counts.entries[Int(candidates[index].entry)]
      guard let place = tested(entry.place, &judging) else { continue }
      if fills {
        if judging.places[place].weights.isEmpty {
          judging.places[place].weights = everybody[Int(entry.place)].users(in: judging.range)
        }
        past.fill(&lanes.slots[lane], key(entry), judging.range, weights: judging.places[place].weights)
      }
      expecter.reduce(
        lanes.slots[lane], dropping: judging.places[place].spikes, to: judging.place,
        &candidates[index].before)
      candidates[index].loaded = judging.place.first
      candidates[index].isLess = false
    }
  }

  /// What one would expect of a candidate whose past is loaded, among the accounts of the sample; nil while nothing earlier
  /// is known.
  mutating func judge(_ candidate: borrowing WindowCounts.Candidate, _ judging: inout Judging)
    -> ExpectedUsers?
  {
    let entry = counts.entries[Int(candidate.entry)]
    guard let place = tested(entry.place, &judging) else { return nil }
    // Lent and not copied, here and where it is called: counting owners was a tenth of all tests.
    let places = judging.places.span
    var own = expecter.expectation(candidate.before, places[place].around, wavering: judging.variance)
    own.mean /= Double(1 << Int(level))
    let other = elsewhere(entry, active: places[place].active, judging.variance)
    return other.flatMap { $0.mean > own.mean ? $0 : nil } ?? own
  }

  /// As `judge`, of one entry alone.
  mutating func judge(_ entry: UInt32, end: Int64, _ variance: Double, skipsSketch: Bool = false)
    -> ExpectedUsers?
  {
    var judging = judging(end: end, variance)
    var candidates = [WindowCounts.Candidate(entry: entry)]
    load(&candidates, 0..<1, &judging, skipsSketch: skipsSketch)
    return judge(candidates.span[0], &judging)
  }

  // Whether a count is no rarer than chance makes it, whatever a term had before beyond what is known.
  private mutating func isByChance(
    _ candidate: borrowing WindowCounts.Candidate, _ entry: TrendEntry, _ place: borrowing TestedPlace,
    _ variance: Double
  ) -> Bool {
    let users = Int(entry.users)
    let scale = Double(1 << Int(level))
    var own = expecter.daily(candidate.before, place.around, wavering: variance)
    if var habit = expecter.leastHabit(candidate.before, place.around, wavering: variance, mean: own.mean) {
      habit.mean /= scale
      if !byChance.contains(users, habit) { return false }
    }
    own.mean /= scale
    if !byChance.contains(users, own) { return false }
    guard let other = elsewhere(entry, active: place.active, variance), other.mean > own.mean else {
      return true
    }
    return byChance.contains(users, other)
  }

  // What the term's share in the rest of the world makes one expect here: what is as frequent there is no trend of here.
  private func elsewhere(_ entry: TrendEntry, active: Int, _ variance: Double) -> ExpectedUsers? {
    guard entry.place != tables.world, let all = counts.find(entry.term, tables.world),
      let everybody = counts.find(TrendTables.everybody, tables.world)
    else { return nil }
    let others = Double(everybody.users) - Double(active)
    let users = Double(all.users) - Double(entry.users) + Expecter.priorShape
    if others < 1 { return nil }
    return ExpectedUsers(
      mean: Double(active) * users / others, shape: 1 / (1 / users + variance), source: .elsewhere)
  }
}
