internal import Bytes

/// Terms whose windows are to be explained or whose steps are to be counted, and what was found of them.
struct TrendWatch {
  /// As one would search for them.
  var terms: Set<[UInt8]> = []
  /// Their entries, while anybody uses them.
  private(set) var entries = Set<UInt32>()
  var explanations: [TrendExplanation] = []
  var points: [TrendSeriesPoint] = []

  /// Takes an entry whose term is `term`, if it is of interest.
  mutating func note(_ entry: UInt32, _ term: ArraySlice<UInt8>) {
    if terms.contains(Array(term)) { entries.insert(entry) }
  }

  /// An entry was given up.
  mutating func forget(_ entry: UInt32) {
    if !entries.isEmpty { entries.remove(entry) }
  }
}

extension TrendEngine {
  /// Terms to be told of, as one would search for them; set before anything is added.
  public var watchedTerms: Set<[UInt8]> {
    get { watch.terms }
    set { watch.terms = newValue }
  }

  /// The explanations of windows that were closed since the last call, by window and place.
  public mutating func takeExplanations() -> [TrendExplanation] {
    let taken = watch.explanations
    watch.explanations = []
    return taken
  }

  /// The uses of watched terms in steps that were closed since the last call, by step, place and term.
  public mutating func takeSeries() -> [TrendSeriesPoint] {
    let taken = watch.points
    watch.points = []
    return taken
  }

  mutating func addPoints(_ step: Int64) {
    if watch.entries.isEmpty { return }
    guard let index = steps.find(step) else { return }
    let scale = 1 << Int(steps[index].level)
    let watched = watch.entries
    var found: [UInt32: (count: Int, voters: Set<UInt64>)] = [:]
    for use in steps[index].uses where watched.contains(use.entry) {
      if !counts.entries[Int(use.entry)].isTested { continue }
      found[use.entry, default: (0, [])].count += 1
      found[use.entry, default: (0, [])].voters.insert(steps[index].tweets[Int(use.tweet)].voter)
    }
    let sorted = found.map { entry, value in (place: placeName(entry), term: name(entry), value: value) }
      .sorted { a, b in
        a.place != b.place
          ? a.place.lexicographicallyPrecedes(b.place) : a.term.lexicographicallyPrecedes(b.term)
      }
    for item in sorted {
      watch.points.append(
        TrendSeriesPoint(
          start: step * settings.step, end: (step + 1) * settings.step, place: Array(item.place.dropFirst()),
          kind: TrendKind(rawValue: item.term[0]) ?? .term, term: Array(item.term.dropFirst()),
          count: item.value.count * scale, users: item.value.voters.count * scale))
    }
  }

  mutating func explain(end: Int64, _ variance: Double, threshold: Double?) {
    let numbers = watch.entries.filter { number in
      let entry = counts.entries[Int(number)]
      return entry.users > 0 && entry.isTested
    }
    if numbers.isEmpty { return }
    // In order of places, then terms, whatever came first.
    let sorted = numbers.map { (place: placeName($0), term: name($0), number: $0) }.sorted { a, b in
      a.place != b.place
        ? a.place.lexicographicallyPrecedes(b.place) : a.term.lexicographicallyPrecedes(b.term)
    }
    let evidence = self.evidence(sorted.map(\.number), end: end)
    let scale = 1 << Int(level)
    for (item, evidence) in zip(sorted, evidence) {
      let entry = counts.entries[Int(item.number)]
      watch.explanations.append(
        TrendExplanation(
          windowEnd: end, place: Array(item.place.dropFirst()),
          kind: TrendKind(rawValue: item.term[0]) ?? .term, term: Array(item.term.dropFirst()),
          count: Int(entry.count) * scale, users: Int(entry.users) * scale, evidence: evidence, scale: scale,
          expected: judge(item.number, end: end, variance), wavering: variance, tests: counts.active,
          threshold: threshold, settings: settings,
          ruling: rules.ruling(subject(item.number, end: end))))
    }
  }
}
