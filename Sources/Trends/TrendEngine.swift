internal import Bytes

/// Counts sightings by event time and tells, for every window that is complete, what trends in it.
///
/// What is counted is accounts: an entry is a term at a place, and its accounts are those who used it there within the
/// window. Windows close when the watermark (the latest time seen, less the lateness) has passed their end; within the
/// lateness the order of arrival shows in no output.
///
/// `WindowCounts` knows the window, `Past` the tumbling windows before it; this file moves tweets from the one into the
/// other, and `TrendEngine+Tests` and `TrendEngine+Rows` make trends of them.
public struct TrendEngine: ~Copyable {
  let settings: TrendSettings
  let expecter: Expecter
  let plan: MemoryPlan
  var tables = TrendTables()
  var counts: WindowCounts
  var past: Past
  /// Everybody's accounts at every place in the windows before, by the place's number.
  var everybody: [History] = []
  /// Steps that are not closed, and the closed ones of the current window.
  var steps = OpenSteps()
  /// What the steps of the window hold, and that it holds one of 2ˡ accounts.
  var load = WindowLoad()
  var level: UInt8 = 0
  var wavering = Wavering()
  var byChance = SurelyByChance()
  /// The latest time seen, and the last step that is closed.
  var latest: Int64?
  var closed: Int64?
  /// Tweets whose clock runs far ahead of the latest.
  var ahead = TweetsAhead()
  /// Tweets that came too late to be counted.
  public private(set) var late = 0
  /// Tweets that were not counted because their clock ran ahead.
  public private(set) var early = 0
  /// How many of these a run before had read.
  public private(set) var earlyInherited = 0
  /// Tweets of accounts that are not in the sample.
  public internal(set) var unsampled = 0
  /// Windows with candidates in which nothing could be tested for want of anything earlier.
  public internal(set) var untested = 0
  var rows: [Trend] = []
  /// What is to be told of some terms.
  var watch = TrendWatch()
  /// What is not to be shown as a trend; set before anything is added. No part of a state.
  public var rules = TrendRules()
  /// Rows that they denied.
  public internal(set) var denied = 0
  private var records: UInt32 = 0
  // Reused from record to record.
  private var recorded = RecordedEntries()
  var lanes = PastLanes()
  // Reused from sweep to sweep.
  var unheld: [UInt32] = []
  /// Strings beyond which those that nothing refers to are given up.
  var limits = (terms: TrendEngine.usualTerms, forms: 1 << 14, places: 1 << 12, entries: 1 << 13)

  /// An engine at the beginning of its data.
  public init(_ settings: TrendSettings) {
    self.settings = settings
    expecter = Expecter(settings: settings)
    plan = MemoryPlan(settings)
    past = Past(settings, plan)
    counts = WindowCounts(hidden: settings.levels.contains(.world) ? nil : tables.world)
    counts.threshold = threshold
  }

  // MARK: Input

  /// Adds a batch, in input order, and returns the trends of all windows that are complete now.
  public mutating func add(_ batch: TrendBatch) -> [Trend] {
    var known = BatchEntries(batch, &tables, &counts)
    let places = batch.placeNumbers
    let entries = known.entries
    var firstPlace = 0
    var firstUse = 0
    for sighting in batch.sightings {
      let ownPlaces = firstPlace..<Int(sighting.placesEnd)
      let ownUses = firstUse..<Int(sighting.usesEnd)
      firstPlace = ownPlaces.upperBound
      firstUse = ownUses.upperBound
      let step = sighting.time.floorDivided(by: settings.step)
      guard admit(sighting, step) else { continue }
      let index = steps.make(step)
      if !StepUses.holds(sighting.voter, level: steps[index].level) {
        unsampled += 1
        continue
      }
      let before = steps[index].entries.count
      steps[index].begin(StepUses.Tweet(id: sighting.id, voter: sighting.voter, text: sighting.text))
      let written = known.takeForms(ownUses)
      for place in ownPlaces {
        steps[index].add(
          known.place(places[place], &counts), entries[ownUses], written: written, &counts)
      }
      if !watch.terms.isEmpty { note(steps[index].entries[before...]) }
      while steps[index].entries.count > plan.stepUses, steps[index].level < StepUses.sparsest {
        raise(index)
      }
      // At once and not at the end of the batch: what a step holds is in the processor's cache still.
      if let watermarkStep, watermarkStep > closed ?? .min, ahead.first == nil {
        close(through: watermarkStep)
      }
    }
    shrink()
    return takeRows()
  }

  // Whether a tweet of `step` is counted. Decided by the watermark at its arrival, so that the cuts of the input do not
  // show.
  private mutating func admit(_ sighting: TrendBatch.Sighting, _ step: Int64) -> Bool {
    latest = ahead.reconsider(sighting, latest: latest)
    if let watermarkStep, step <= watermarkStep {
      late += 1
      return false
    }
    latest = ahead.admit(sighting, latest: latest)
    for tweet in ahead.takeRefused() { refuse(tweet) }
    return true
  }

  private mutating func refuse(_ tweet: TweetsAhead.Tweet) {
    early += 1
    if tweet.isInherited { earlyInherited += 1 }
    guard let index = steps.find(tweet.time.floorDivided(by: settings.step)) else { return }
    steps[index].filter { $0.id != tweet.id || $0.voter != tweet.voter }
  }

  /// The entry of a term at a place, new or known.
  mutating func entry(_ term: UInt32, _ place: UInt32) -> UInt32 {
    let number = counts.entry(term, place)
    if !watch.terms.isEmpty { watch.note(number, tables.terms.copy(Int(term)).dropFirst()) }
    return number
  }

  private mutating func note(_ uses: ArraySlice<UInt32>) {
    for entry in uses { watch.note(entry, name(entry).dropFirst()) }
  }

  // The last step that the watermark has passed.
  private var watermarkStep: Int64? {
    latest.map { ($0 - settings.lateness).floorDivided(by: settings.step) - 1 }
  }

  /// Closes all windows that hold anything: the input has ended.
  public mutating func finish() -> [Trend] {
    latest = ahead.release(latest)
    for tweet in ahead.takeRefused() { refuse(tweet) }
    if let latest { close(through: latest.floorDivided(by: settings.step)) }
    return takeRows()
  }

  private mutating func takeRows() -> [Trend] {
    let taken = rows
    rows = []
    return taken
  }

  // MARK: Steps

  private mutating func close(through last: Int64) {
    while let next = nextStep(), next <= last {
      addPoints(next)
      fit(next)
      move(to: next)
      evaluate(end: (next + 1) * settings.step)
      record(end: (next + 1) * settings.step)
      closed = next
    }
    if closed ?? .min < last { closed = last }
  }

  // The next step with anything to do: of a gap in the data only what a window needs to run empty.
  private func nextStep() -> Int64? {
    guard let first = steps.first else { return nil }
    guard let closed else { return first }
    return first <= closed ? closed + 1 : first
  }

  // The window now ends with step `next`: what enters is counted, what it leaves behind forgotten.
  private mutating func move(to next: Int64) {
    let level = load.level
    if level == self.level, let index = steps.find(next) { counts.enter(steps[index], level: level) }
    while let oldest = steps.first, oldest <= next - settings.steps {
      let index = steps.indices.lowerBound
      counts.leave(steps[index], level: self.level)
      steps.removeFirst()
    }
    if level != self.level { recount(level, through: next) }
  }

  /// Counts the window that ends with step `last` anew, in a sample of `level`.
  mutating func recount(_ level: UInt8, through last: Int64) {
    self.level = level
    counts.clear()
    counts.threshold = threshold
    load = WindowLoad()
    for index in steps.indices(of: last - settings.steps + 1..<last + 1) {
      load.enter(steps[index])
      counts.enter(steps[index], level: level)
    }
  }

  // Accounts of the sample that stand for as many as a trend has at least.
  private var threshold: Int32 {
    Int32(clamping: max(1, (settings.minimumUsers + (1 << Int(level)) - 1) >> Int(level)))
  }

  // At the end of a tumbling window the past takes it in.
  private mutating func record(end: Int64) {
    guard end % settings.window == 0 else { return }
    let number = end / settings.window - 1
    records += 1
    past.begin(number)
    let last = end / settings.step
    recorded.removeAll()
    for index in steps.indices(of: last - settings.steps..<last) {
      counts.collect(steps[index], record: records, into: &recorded)
    }
    for place in recorded.everybody {
      let entry = counts.entries[Int(place)]
      while everybody.count <= Int(entry.place) { everybody.append(History()) }
      everybody[Int(entry.place)].add(
        number, users: Int(Int32(clamping: Int(entry.users) << Int(level))),
        keepingFrom: number - settings.baseline / settings.window - 1)
    }
    takeLinks(recorded.unlinked)
    for place in past.add(recorded.terms, &counts.entries, level: level) {
      let entry = counts.entries[Int(place)]
      past.addLight(key(entry), users: Int32(clamping: Int(entry.users) << Int(level)))
    }
    if past.count > past.limit { giveLinks() }
    let moved = past.end()
    // What the sketch has taken in now is part of every history, also of one that was looked up before.
    if past.isSketched { counts.forgetPast(isLess: !moved) }
  }

  /// What the past knows an entry by. Two of ten million keys meet with a probability of 3 · 10⁻⁶.
  func key(_ entry: TrendEntry) -> UInt64 {
    KeyTable.key(tables.termKeys[Int(entry.term)], tables.placeKeys[Int(entry.place)])
  }
}
