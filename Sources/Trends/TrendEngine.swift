internal import Bytes

/// Counts sightings by event time and tells, for every window that is complete, what trends in it.
///
/// What is counted is accounts: an entry is a term at a place, and its accounts are those who used it there within the
/// window. Windows close when the watermark (the latest time seen, less the lateness) has passed their end; within the
/// lateness the order of arrival shows in no output.
public struct TrendEngine: ~Copyable {
  let settings: TrendSettings
  let expecter: Expecter
  var tables = TrendTables()
  var entries: [TrendEntry] = []
  /// Entries by place and term.
  private var entryNumbers = KeyTable()
  /// The step in which each account of each entry was last seen within the window.
  private var lastSeen = KeyTable()
  /// Steps that are not closed, and the closed ones of the current window.
  var steps: [Int64: StepUses] = [:]
  /// Entries that have enough accounts to be tested.
  private var candidates: [UInt32] = []
  /// Entries with any account in the window, those of everybody left out: the number of tests.
  private var active = 0
  var wavering = Wavering()
  /// The latest time seen, and the last step that is closed.
  var latest: Int64?
  var closed: Int64?
  /// Tweets that came too late to be counted.
  public private(set) var late = 0
  /// Windows with candidates in which nothing could be tested for want of anything earlier.
  public private(set) var untested = 0
  private var rows: [Trend] = []
  /// Entries of terms that are to be explained.
  private var watched: [UInt32] = []
  private var explanations: [TrendExplanation] = []
  private var points: [TrendSeriesPoint] = []
  /// Terms whose windows are to be explained, as one would search for them; set before anything is added.
  public var watchedTerms: Set<[UInt8]> = []
  /// What is not to be shown as a trend; set before anything is added. No part of a state.
  public var rules = TrendRules()
  /// Rows that they denied.
  public private(set) var denied = 0

  /// An engine at the beginning of its data.
  public init(_ settings: TrendSettings) {
    self.settings = settings
    expecter = Expecter(settings: settings)
  }

  // MARK: Input

  /// Adds a batch, in input order, and returns the trends of all windows that are complete now.
  public mutating func add(_ batch: TrendBatch) -> [Trend] {
    let numbers = tables.numbers(of: batch)
    var firstPlace = 0
    var firstUse = 0
    for sighting in batch.sightings {
      let ownPlaces = firstPlace..<Int(sighting.placesEnd)
      let ownUses = firstUse..<Int(sighting.usesEnd)
      firstPlace = ownPlaces.upperBound
      firstUse = ownUses.upperBound
      let step = sighting.time.floorDivided(by: settings.step)
      // By the watermark at its arrival, so that the cuts of the input do not show.
      if let watermarkStep, step <= watermarkStep {
        late += 1
        continue
      }
      latest = max(latest ?? .min, sighting.time)
      if ownPlaces.isEmpty { continue }
      let uses = self.uses(of: step)
      uses.begin(sighting)
      for place in ownPlaces {
        let place = numbers.places[Int(batch.placeNumbers[place])]
        uses.add(entry(TrendTables.everybody, place), form: TrendBatch.Use.asItIs)
        for index in ownUses {
          let use = batch.uses[index]
          let form = use.form == TrendBatch.Use.asItIs ? use.form : numbers.forms[Int(use.form)]
          uses.add(entry(numbers.terms[Int(use.term)], place), form: form)
        }
      }
    }
    if let watermarkStep { close(through: watermarkStep) }
    return takeRows()
  }

  // The last step that the watermark has passed.
  private var watermarkStep: Int64? {
    latest.map { ($0 - settings.lateness).floorDivided(by: settings.step) - 1 }
  }

  /// Closes all windows that hold anything: the input has ended.
  public mutating func finish() -> [Trend] {
    if let latest { close(through: latest.floorDivided(by: settings.step)) }
    return takeRows()
  }

  /// The explanations of windows that were closed since the last call, by window and place.
  public mutating func takeExplanations() -> [TrendExplanation] {
    let taken = explanations
    explanations = []
    return taken
  }

  /// The uses of watched terms in steps that were closed since the last call, by step, place and term.
  public mutating func takeSeries() -> [TrendSeriesPoint] {
    let taken = points
    points = []
    return taken
  }

  private mutating func addPoints(_ step: Int64) {
    if watched.isEmpty { return }
    guard let uses = steps[step] else { return }
    var counts: [UInt32: (count: Int, voters: Set<UInt64>)] = [:]
    let wanted = Set(watched.filter { isReported(entries[Int($0)].place) })
    for use in uses.uses where wanted.contains(use.entry) {
      counts[use.entry, default: (0, [])].count += 1
      counts[use.entry, default: (0, [])].voters.insert(uses.tweets[Int(use.tweet)].voter)
    }
    let sorted = counts.map { entry, value in
      (place: tables.places.copy(Int(entries[Int(entry)].place)), term: name(entry), value: value)
    }.sorted { a, b in
      a.place != b.place
        ? a.place.lexicographicallyPrecedes(b.place) : a.term.lexicographicallyPrecedes(b.term)
    }
    for item in sorted {
      points.append(
        TrendSeriesPoint(
          start: step * settings.step, end: (step + 1) * settings.step, place: Array(item.place.dropFirst()),
          kind: TrendKind(rawValue: item.term[0]) ?? .term, term: Array(item.term.dropFirst()),
          count: item.value.count, users: item.value.voters.count))
    }
  }

  // The world is counted always, since places are measured by it.
  private func isReported(_ place: UInt32) -> Bool {
    place != tables.world || settings.levels.contains(.world)
  }

  private mutating func takeRows() -> [Trend] {
    let taken = rows
    rows = []
    return taken
  }

  mutating func uses(of step: Int64) -> StepUses {
    if let known = steps[step] { return known }
    let made = StepUses()
    steps[step] = made
    return made
  }

  mutating func entry(_ term: UInt32, _ place: UInt32) -> UInt32 {
    let key = Self.key(term, place)
    if let known = entryNumbers.value(key) { return UInt32(known) }
    let number = entries.count
    _ = entryNumbers.set(key, Int64(number))
    entries.append(TrendEntry(term: term, place: place))
    if !watchedTerms.isEmpty, watchedTerms.contains(Array(tables.terms.copy(Int(term)).dropFirst())) {
      watched.append(UInt32(number))
    }
    return UInt32(number)
  }

  // One to one: the finaliser loses nothing.
  private static func key(_ term: UInt32, _ place: UInt32) -> UInt64 {
    KeyTable.key(UInt64(place) << 32 | UInt64(term), 1)
  }

  private func known(_ term: UInt32, _ place: UInt32) -> TrendEntry? {
    entryNumbers.value(Self.key(term, place)).map { entries[Int($0)] }
  }

  // MARK: Steps

  private mutating func close(through last: Int64) {
    while let next = nextStep(), next <= last {
      open(next)
      addPoints(next)
      expire(next - settings.steps)
      evaluate(end: (next + 1) * settings.step)
      record(end: (next + 1) * settings.step)
      closed = next
    }
    if closed ?? .min < last { closed = last }
  }

  // The next step with anything to do: of a gap in the data only what a window needs to run empty.
  private func nextStep() -> Int64? {
    guard let first = steps.keys.min() else { return nil }
    guard let closed else { return first }
    return first <= closed ? closed + 1 : first
  }

  mutating func open(_ step: Int64) {
    guard let uses = steps[step] else { return }
    for use in uses.uses {
      let entry = Int(use.entry)
      entries[entry].count += 1
      if lastSeen.set(KeyTable.key(uses.tweets[Int(use.tweet)].voter, UInt64(entry)), step) != nil {
        continue
      }
      entries[entry].users += 1
      if entries[entry].term == TrendTables.everybody || !isReported(entries[entry].place) { continue }
      if entries[entry].users == 1 { active += 1 }
      if entries[entry].users >= settings.minimumUsers && !entries[entry].isCandidate {
        entries[entry].isCandidate = true
        candidates.append(use.entry)
      }
    }
  }

  // What happened in a step that the window has left behind.
  private mutating func expire(_ step: Int64) {
    guard let uses = steps.removeValue(forKey: step) else { return }
    for use in uses.uses {
      let entry = Int(use.entry)
      entries[entry].count -= 1
      let key = KeyTable.key(uses.tweets[Int(use.tweet)].voter, UInt64(entry))
      if lastSeen.value(key) == step {
        _ = lastSeen.set(key, KeyTable.gone)
        entries[entry].users -= 1
        if entries[entry].users == 0 && entries[entry].term != TrendTables.everybody
          && isReported(entries[entry].place)
        {
          active -= 1
        }
      }
    }
  }

  // At the end of a tumbling window every entry remembers it.
  private mutating func record(end: Int64) {
    guard end % settings.window == 0 else { return }
    let number = end / settings.window - 1
    let first = number - settings.baseline / settings.window - 1
    for step in end / settings.step - settings.steps..<end / settings.step {
      guard let uses = steps[step] else { continue }
      for use in uses.uses where entries[Int(use.entry)].recorded != number {
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
    var expectation: ExpectedUsers
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
    // As it was before this window, whose entries come in no particular order.
    let variance = wavering.variance
    let isTumbling = end % settings.window == 0
    var suspects: [Suspect] = []
    var canTest = candidates.isEmpty
    for number in candidates {
      guard let expectation = judge(number, place, variance) else { continue }
      canTest = true
      let entry = entries[Int(number)]
      let users = Int(entry.users)
      let logP = Double(users) > expectation.mean ? expectation.logProbability(users) : 0
      if isTumbling { wavering.learn(users: users, expectation, logP: logP) }
      if logP < -1, Int(entry.count) >= settings.minimumCount {
        suspects.append(Suspect(entry: number, expectation: expectation, users: users, logP: logP))
      }
    }
    if !canTest { untested += 1 }
    let threshold = report(suspects, end: end)
    explain(end: end, place, variance, threshold: threshold)
  }

  // What one would expect of an entry now; nil while nothing earlier is known.
  private mutating func judge(_ number: UInt32, _ place: Expecter.Place, _ variance: Double) -> ExpectedUsers?
  {
    let entry = entries[Int(number)]
    guard let everybody = entryNumbers.value(Self.key(TrendTables.everybody, entry.place)),
      let own = expectation(Int(number), everybody: Int(everybody), place, variance)
    else { return nil }
    let other = elsewhere(entry, active: Int(entries[Int(everybody)].users), variance)
    return other.flatMap { $0.mean > own.mean ? $0 : nil } ?? own
  }

  private mutating func explain(
    end: Int64, _ place: Expecter.Place, _ variance: Double, threshold: Double?
  ) {
    let numbers = watched.filter { entries[Int($0)].users > 0 && isReported(entries[Int($0)].place) }
    if numbers.isEmpty { return }
    let evidence = self.evidence(numbers, end: end)
    for (number, evidence) in zip(numbers, evidence) {
      let entry = entries[Int(number)]
      let term = name(number)
      explanations.append(
        TrendExplanation(
          windowEnd: end, place: Array(tables.places.copy(Int(entry.place)).dropFirst()),
          kind: TrendKind(rawValue: term[0]) ?? .term, term: Array(term.dropFirst()), count: Int(entry.count),
          users: Int(entry.users), votes: evidence.users, expected: judge(number, place, variance),
          wavering: variance, tests: active, threshold: threshold, settings: settings,
          ruling: rules.ruling(subject(number, end: end))))
    }
  }

  // Taken out and put back, so that what a history remembers of its sums stays.
  private mutating func expectation(_ entry: Int, everybody: Int, _ place: Expecter.Place, _ variance: Double)
    -> ExpectedUsers?
  {
    var own = History()
    var all = History()
    swap(&own, &entries[entry].history)
    swap(&all, &entries[everybody].history)
    defer {
      swap(&own, &entries[entry].history)
      swap(&all, &entries[everybody].history)
    }
    return expecter.expectation(
      &own, &all, place: place, active: Int(entries[everybody].users), wavering: variance)
  }

  // What the term's share in the rest of the world makes one expect here: what is as frequent there is no trend of here.
  private func elsewhere(_ entry: TrendEntry, active: Int, _ variance: Double) -> ExpectedUsers? {
    guard entry.place != tables.world, let all = known(entry.term, tables.world),
      let everybody = known(TrendTables.everybody, tables.world)
    else { return nil }
    let others = Double(everybody.users) - Double(active)
    let users = Double(all.users) - Double(entry.users) + Expecter.priorShape
    if others < 1 { return nil }
    return ExpectedUsers(
      mean: Double(active) * users / others, shape: 1 / (1 / users + variance), source: .elsewhere)
  }

  // Adds the rows of a window. - Returns: the greatest p-value that is believed, or nil.
  private mutating func report(_ suspects: [Suspect], end: Int64) -> Double? {
    let rate = settings.falseDiscoveryRate
    let first = FalseDiscovery.threshold(suspects.map { pow10($0.logP) }, tests: active, rate: rate)
    guard let first else { return nil }
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
    for place in inOrder(byPlace.keys) {
      var sorted = (byPlace[place] ?? []).sorted { a, b in
        if a.score != b.score { return a.score > b.score }
        return name(a.suspect.entry).lexicographicallyPrecedes(name(b.suspect.entry))
      }
      for index in sorted.indices {
        sorted[index].stage = follow(sorted[index], end: end)
        sorted[index].ruling = rules.decide(subject(sorted[index].suspect.entry, end: end))
      }
      // What is denied has its own topics: it neither hides what is shown nor hides behind it.
      for isDenied in [false, true] {
        let own = sorted.filter { $0.isDenied == isDenied }
        for (rank, topic) in topics(own).enumerated().prefix(settings.top ?? .max) {
          var row = trend(topic.finding, rank: isDenied ? 0 : rank + 1, end: end)
          row.variants += topic.members.map { Array(name($0).dropFirst()) }
          rows.append(row)
          if isDenied { denied += 1 }
        }
      }
    }
    return first
  }

  // What rules are asked about.
  private func subject(_ number: UInt32, end: Int64) -> TrendRule.Subject {
    let term = name(number)
    return TrendRule.Subject(
      kind: TrendKind(rawValue: term[0]) ?? .term, term: Array(term.dropFirst()),
      place: Array(tables.places.copy(Int(entries[Int(number)].place)).dropFirst()),
      windowStart: end - settings.window, windowEnd: end)
  }

  // Words and phrases that nearly always come with a stronger term are members of its topic, and no trends beside it:
  // of "silent harbor tonight" the strongest pair stays.
  private func topics(_ sorted: [Finding]) -> [(finding: Finding, members: [UInt32])] {
    var topics: [(finding: Finding, members: [UInt32])] = []
    for finding in sorted {
      let kind = TrendKind(rawValue: name(finding.suspect.entry)[0])
      let own = finding.evidence.tweets
      let place =
        kind == .phrase || kind == .term
        ? topics.firstIndex { topic in
          let shared = own.count { topic.finding.evidence.tweets.contains($0) }
          return Double(shared) >= Self.together * Double(own.count)
        } : nil
      if let place {
        topics[place].members.append(finding.suspect.entry)
      } else {
        topics.append((finding, []))
      }
    }
    return topics
  }

  /// The share of its tweets that a word has in common with the topic it belongs to.
  private static let together = 0.8

  private struct Finding {
    var suspect: Suspect
    var evidence: Evidence
    var score: Double
    var stage = Trend.Stage.new
    var ruling: TrendRuling?

    var isDenied: Bool {
      if case .denied = ruling { return true }
      return false
    }
  }

  /// Half the deviance of a count from its expectation, users · ln(users / mean) − (users − mean), which is the
  /// log-likelihood ratio of "its rate is what was seen" to "its rate is what was expected" (M. Kulldorff, "A spatial
  /// scan statistic", 1997), taken down by how much the rate wavers anyway.
  static func score(users: Int, _ expectation: ExpectedUsers) -> Double {
    let x = Double(users)
    let ratio = x * naturalLog(x / expectation.mean) - (x - expectation.mean)
    return ratio / (1 + expectation.mean / expectation.shape)
  }

  private mutating func evidence(_ suspects: [UInt32], end: Int64) -> [Evidence] {
    for (index, entry) in suspects.enumerated() { entries[Int(entry)].suspect = Int32(index) }
    defer { for entry in suspects { entries[Int(entry)].suspect = -1 } }
    var all = suspects.map { _ in EvidenceBuilder() }
    let first = end / settings.step - settings.steps
    for step in first..<end / settings.step {
      let isSecondHalf = step - first >= settings.steps / 2
      guard let uses = steps[step] else { continue }
      for use in uses.uses {
        let index = Int(entries[Int(use.entry)].suspect)
        if index < 0 { continue }
        all[index].add(uses.tweets[Int(use.tweet)], form: use.form, step: step, isSecondHalf: isSecondHalf)
      }
    }
    return all.map { $0.evidence() }
  }

  // Begins or goes on with the episode of what is believed, be it shown, denied or a member of a topic: so what is shown
  // changes no state.
  private mutating func follow(_ finding: Finding, end: Int64) -> Trend.Stage {
    let number = Int(finding.suspect.entry)
    let previous = entries[number].episode
    var episode = TrendEpisode(onset: finding.evidence.firstStep * settings.step, last: end)
    defer { entries[number].episode = episode }
    // What trended before the baseline is forgotten.
    guard let known = previous, end - known.last <= settings.baseline else { return .new }
    if end - known.last > settings.window { return .returning }
    episode.onset = known.onset
    return finding.evidence.stage
  }

  private func trend(_ finding: Finding, rank: Int, end: Int64) -> Trend {
    let number = Int(finding.suspect.entry)
    let evidence = finding.evidence
    let half = Double(settings.window) / 2 / 3_600_000
    let term = name(finding.suspect.entry)
    return Trend(
      windowStart: end - settings.window, windowEnd: end,
      place: Array(tables.places.copy(Int(entries[number].place)).dropFirst()),
      kind: TrendKind(rawValue: term[0]) ?? .term,
      term: Array(term.dropFirst()), rank: rank, count: Int(entries[number].count),
      users: finding.suspect.users, expected: finding.suspect.expectation.mean, logP: finding.suspect.logP,
      score: finding.score, velocity: Double(evidence.secondHalf - evidence.firstHalf) / half,
      stage: finding.stage,
      onset: entries[number].episode?.onset ?? end,
      variants: variants(evidence.forms, of: entries[number].term), examples: evidence.examples,
      ruling: finding.ruling)
  }

  // The forms in which a term was written in the window, the most frequent first, at most eight.
  private func variants(_ forms: [UInt32: Int], of term: UInt32) -> [[UInt8]] {
    var all: [(count: Int, name: [UInt8])] = []
    for (form, count) in forms {
      let name = form == TrendBatch.Use.asItIs ? tables.terms.copy(Int(term)) : tables.forms.copy(Int(form))
      all.append((count, Array(name.dropFirst())))
    }
    all.sort { a, b in a.count != b.count ? a.count > b.count : a.name.lexicographicallyPrecedes(b.name) }
    return all.prefix(8).map(\.name)
  }

  private func name(_ entry: UInt32) -> [UInt8] { tables.terms.copy(Int(entries[Int(entry)].term)) }

  // The world, then countries, places and languages, each in byte order: the names begin with the level's byte.
  private func inOrder(_ places: some Sequence<UInt32>) -> [UInt32] {
    places.map { (number: $0, name: tables.places.copy(Int($0))) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }.map(\.number)
  }
}
