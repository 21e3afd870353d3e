internal import Bytes

/// Counts sightings by event time and tells, for every window that is complete, what trends in it.
///
/// What is counted is accounts: an entry is a term at a place, and its accounts are those who used it there within the
/// window. Windows close when the watermark (the latest time seen, less the lateness) has passed their end; within the
/// lateness the order of arrival shows in no output.
public struct TrendEngine: ~Copyable {
  let settings: TrendSettings
  let expecter: Expecter
  private(set) var tables = TrendTables()
  private(set) var entries: [TrendEntry] = []
  private var entryNumbers: [UInt64: UInt32] = [:]
  /// The step in which each account of each entry was last seen.
  private var lastSeen: [UInt64: Int64] = [:]
  /// Uses by step: of steps that are not closed, and of the closed ones of the current window.
  private var steps: [Int64: [TrendUse]] = [:]
  /// Entries that have enough accounts to be tested.
  private var candidates: [UInt32] = []
  /// Entries with any account in the window, those of everybody left out: the number of tests.
  private var active = 0
  private var wavering = Wavering()
  /// The latest time seen, and the last step that is closed.
  private var latest: Int64?
  private var closed: Int64?
  /// Tweets that came too late to be counted.
  public private(set) var late = 0
  /// Windows with candidates in which nothing could be tested for want of anything earlier.
  public private(set) var untested = 0
  private var rows: [Trend] = []

  /// A use of an entry by an account.
  struct TrendUse {
    var entry: UInt32
    var voter: UInt64
    var id: UInt64
    /// The text's fingerprint; 0 for a retweet, whose text is another's.
    var text: UInt64
  }

  /// An engine at the beginning of its data.
  public init(_ settings: TrendSettings) {
    self.settings = settings
    expecter = Expecter(settings: settings)
  }

  // MARK: Input

  /// Adds a batch, in input order, and returns the trends of all windows that are complete now.
  public mutating func add(_ batch: TrendBatch) -> [Trend] {
    let places = batch.places.names.map { tables.place($0) }
    let terms = batch.terms.names.map { tables.term($0) }
    let forms = batch.forms.names.map { tables.form($0) }
    var firstPlace = 0
    var firstUse = 0
    for sighting in batch.sightings {
      let ownPlaces = firstPlace..<Int(sighting.placesEnd)
      let ownUses = firstUse..<Int(sighting.usesEnd)
      firstPlace = ownPlaces.upperBound
      firstUse = ownUses.upperBound
      let step = sighting.time.floorDivided(by: settings.step)
      if let closed, step <= closed {
        late += 1
        continue
      }
      latest = max(latest ?? .min, sighting.time)
      var uses = steps.removeValue(forKey: step) ?? []
      for place in ownPlaces {
        let number = places[Int(batch.placeNumbers[place])]
        uses.append(use(TrendTables.everybody, number, sighting))
        for index in ownUses { uses.append(use(terms[Int(batch.uses[index].term)], number, sighting)) }
      }
      steps[step] = uses
      for index in ownUses {
        let one = batch.uses[index]
        tables.count(form: forms[Int(one.form)], of: terms[Int(one.term)])
      }
    }
    if let latest { close(through: (latest - settings.lateness).floorDivided(by: settings.step) - 1) }
    return takeRows()
  }

  /// Closes all windows that hold anything: the input has ended.
  public mutating func finish() -> [Trend] {
    if let latest { close(through: latest.floorDivided(by: settings.step)) }
    return takeRows()
  }

  private mutating func takeRows() -> [Trend] {
    let taken = rows
    rows = []
    return taken
  }

  private mutating func use(_ term: UInt32, _ place: UInt32, _ sighting: TrendBatch.Sighting) -> TrendUse {
    TrendUse(entry: entry(term, place), voter: sighting.voter, id: sighting.id, text: sighting.text)
  }

  private mutating func entry(_ term: UInt32, _ place: UInt32) -> UInt32 {
    let key = UInt64(place) << 32 | UInt64(term)
    if let known = entryNumbers[key] { return known }
    let number = UInt32(entries.count)
    entryNumbers[key] = number
    entries.append(TrendEntry(term: term, place: place))
    return number
  }

  // MARK: Steps

  private mutating func close(through last: Int64) {
    let windowSteps = settings.steps
    while let next = nextStep(), next <= last {
      open(next)
      expire(next - windowSteps)
      evaluate(end: (next + 1) * settings.step)
      record(end: (next + 1) * settings.step)
      closed = next
    }
    if closed ?? .min < last { closed = last }
  }

  // The next step with anything to do: of a gap in the data only what a window needs to run empty.
  private func nextStep() -> Int64? {
    guard let closed else { return steps.keys.min() }
    let first = steps.keys.min()
    guard let first else { return nil }
    return first <= closed ? closed + 1 : max(first, closed + 1)
  }

  private mutating func open(_ step: Int64) {
    for use in steps[step] ?? [] {
      let entry = Int(use.entry)
      entries[entry].count += 1
      if lastSeen.updateValue(step, forKey: Self.key(use)) == nil {
        entries[entry].users += 1
        if entries[entry].users == 1 && entries[entry].term != TrendTables.everybody { active += 1 }
        if entries[entry].users >= settings.minimumUsers && !entries[entry].isCandidate
          && entries[entry].term != TrendTables.everybody
        {
          entries[entry].isCandidate = true
          candidates.append(use.entry)
        }
      }
    }
  }

  // What happened in a step that the window has left behind.
  private mutating func expire(_ step: Int64) {
    guard let uses = steps.removeValue(forKey: step) else { return }
    for use in uses {
      let entry = Int(use.entry)
      entries[entry].count -= 1
      let key = Self.key(use)
      if lastSeen[key] == step {
        lastSeen[key] = nil
        entries[entry].users -= 1
        if entries[entry].users == 0 && entries[entry].term != TrendTables.everybody { active -= 1 }
      }
    }
  }

  private static func key(_ use: TrendUse) -> UInt64 {
    var word = use.voter ^ UInt64(use.entry) &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  // At the end of a tumbling window every entry remembers it.
  private mutating func record(end: Int64) {
    guard end % settings.window == 0 else { return }
    let number = end / settings.window - 1
    let first = number - settings.baseline / settings.window - 1
    for step in end / settings.step - settings.steps..<end / settings.step {
      for use in steps[step] ?? [] where entries[Int(use.entry)].recorded != number {
        entries[Int(use.entry)].recorded = number
        let users = Int(entries[Int(use.entry)].users)
        entries[Int(use.entry)].history.add(number, users: users, keepingFrom: first)
      }
    }
  }

  // MARK: Windows

  // An entry that passes the first look of its window.
  private struct Suspect {
    var entry: UInt32
    var expectation: Expectation
    var users: Int
    var logP: Double
  }

  private mutating func evaluate(end: Int64) {
    candidates.removeAll { number in
      if Int(entries[Int(number)].users) >= settings.minimumUsers { return false }
      entries[Int(number)].isCandidate = false
      return true
    }
    let place = Expecter.Place(end: end, window: settings.window)
    let isTumbling = end % settings.window == 0
    var suspects: [Suspect] = []
    var canTest = candidates.isEmpty
    for number in candidates {
      let entry = entries[Int(number)]
      guard let everybody = entryNumbers[UInt64(entry.place) << 32 | UInt64(TrendTables.everybody)],
        var expectation = expecter.expectation(
          entry.history, entries[Int(everybody)].history, place: place,
          active: Int(entries[Int(everybody)].users), wavering: wavering.variance)
      else { continue }
      canTest = true
      if let other = elsewhere(entry, active: Int(entries[Int(everybody)].users)),
        other.mean > expectation.mean
      {
        expectation = other
      }
      let users = Int(entry.users)
      let logP = Double(users) > expectation.mean ? expectation.logProbability(users) : 0
      if isTumbling { wavering.learn(users: users, expectation, logP: logP) }
      if logP < -1, Int(entry.count) >= settings.minimumCount {
        suspects.append(Suspect(entry: number, expectation: expectation, users: users, logP: logP))
      }
    }
    if !canTest { untested += 1 }
    report(suspects, end: end)
  }

  // What the term's share in the rest of the world makes one expect here: what is as frequent there is no trend of here.
  private func elsewhere(_ entry: TrendEntry, active: Int) -> Expectation? {
    guard let world = tables.places.known(Array("world".utf8)), world != entry.place,
      let all = entryNumbers[UInt64(world) << 32 | UInt64(entry.term)],
      let everybody = entryNumbers[UInt64(world) << 32 | UInt64(TrendTables.everybody)]
    else { return nil }
    let others = Double(entries[Int(everybody)].users) - Double(active)
    let users = Double(entries[Int(all)].users) - Double(entry.users) + Expecter.priorShape
    if others < 1 { return nil }
    return Expectation(
      mean: Double(active) * users / others, shape: 1 / (1 / users + wavering.variance), source: .elsewhere)
  }

  private mutating func report(_ suspects: [Suspect], end: Int64) {
    let rate = settings.falseDiscoveryRate
    let first = FalseDiscovery.threshold(suspects.map { pow10($0.logP) }, tests: active, rate: rate)
    guard let first else { return }
    // The costly look at accounts and texts is for those alone that pass without it.
    var believed = suspects.filter { pow10($0.logP) <= first }
    let evidence = self.evidence(believed.map(\.entry), end: end)
    for index in believed.indices {
      let users = evidence[index].users
      believed[index].users = users
      if users < Int(entries[Int(believed[index].entry)].users) {
        let expectation = believed[index].expectation
        believed[index].logP = Double(users) > expectation.mean ? expectation.logProbability(users) : 0
      }
    }
    var byPlace: [UInt32: [Finding]] = [:]
    for (suspect, evidence) in zip(believed, evidence)
    where pow10(suspect.logP) <= first && suspect.users >= settings.minimumUsers {
      let score = Self.score(users: suspect.users, suspect.expectation)
      byPlace[entries[Int(suspect.entry)].place, default: []].append(
        Finding(suspect: suspect, evidence: evidence, score: score))
    }
    let names = tables.places.names
    for place in byPlace.keys.sorted(by: { Self.precedes(names[Int($0)], names[Int($1)]) }) {
      let sorted = (byPlace[place] ?? []).sorted { a, b in
        if a.score != b.score { return a.score > b.score }
        return name(a.suspect.entry).lexicographicallyPrecedes(name(b.suspect.entry))
      }
      for (rank, finding) in sorted.enumerated() {
        let row = trend(finding, rank: rank + 1, end: end)
        if rank < settings.top ?? .max { rows.append(row) }
      }
    }
  }

  private struct Finding {
    var suspect: Suspect
    var evidence: Evidence
    var score: Double
  }

  /// Half the deviance of a count from its expectation, users · ln(users / mean) − (users − mean), which is the
  /// log-likelihood ratio of "its rate is what was seen" to "its rate is what was expected" (M. Kulldorff, "A spatial
  /// scan statistic", 1997), taken down by how much the rate wavers anyway.
  static func score(users: Int, _ expectation: Expectation) -> Double {
    let x = Double(users)
    let ratio = x * naturalLog(x / expectation.mean) - (x - expectation.mean)
    return ratio / (1 + expectation.mean / expectation.shape)
  }

  private func evidence(_ entries: [UInt32], end: Int64) -> [Evidence] {
    var numbers: [UInt32: Int] = [:]
    for (index, entry) in entries.enumerated() { numbers[entry] = index }
    var all = entries.map { _ in EvidenceBuilder() }
    let first = end / settings.step - settings.steps
    for step in first..<end / settings.step {
      let isSecondHalf = step - first >= settings.steps / 2
      for use in steps[step] ?? [] {
        guard let index = numbers[use.entry] else { continue }
        all[index].add(use, step: step, isSecondHalf: isSecondHalf)
      }
    }
    return all.map { $0.evidence() }
  }

  private mutating func trend(_ finding: Finding, rank: Int, end: Int64) -> Trend {
    let number = Int(finding.suspect.entry)
    let evidence = finding.evidence
    let previous = entries[number].episode
    let stage: Trend.Stage
    var episode = TrendEpisode(onset: evidence.firstStep * settings.step, last: end)
    if let previous, end - previous.last <= settings.window {
      episode.onset = previous.onset
      stage = evidence.stage
    } else {
      stage = previous == nil ? .new : .returning
    }
    entries[number].episode = episode
    let half = Double(settings.window) / 2 / 3_600_000
    let term = name(finding.suspect.entry)
    return Trend(
      windowStart: end - settings.window, windowEnd: end,
      place: tables.places.names[Int(entries[number].place)], kind: TrendKind(rawValue: term[0]) ?? .term,
      term: Array(term.dropFirst()), rank: rank, count: Int(entries[number].count),
      users: finding.suspect.users, expected: finding.suspect.expectation.mean, logP: finding.suspect.logP,
      score: finding.score, velocity: Double(evidence.secondHalf - evidence.firstHalf) / half, stage: stage,
      onset: episode.onset, variants: tables.variants(of: entries[number].term), examples: evidence.examples)
  }

  private func name(_ entry: UInt32) -> [UInt8] { tables.terms.names[Int(entries[Int(entry)].term)] }

  // The world, then countries, places and languages, each in byte order.
  private static func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    func level(_ name: [UInt8]) -> Int {
      switch name.first {
      case UInt8(ascii: "w"): 0
      case UInt8(ascii: "c"): 1
      case UInt8(ascii: "p"): 2
      default: 3
      }
    }
    return level(a) != level(b) ? level(a) < level(b) : a.lexicographicallyPrecedes(b)
  }
}
