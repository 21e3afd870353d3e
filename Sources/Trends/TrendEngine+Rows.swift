internal import Bytes

extension TrendEngine {
  /// Adds the rows of what is believed at one place in the window that ends at `end`.
  mutating func addRows(_ findings: [Finding], end: Int64) {
    var sorted = findings.sorted { a, b in
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
      for (rank, topic) in topics(own).enumerated() {
        var row = trend(topic.finding, rank: isDenied ? 0 : rank + 1, end: end)
        row.variants += topic.members.prefix(Self.mostMembers).map { Array(name($0).dropFirst()) }
        rows.append(row)
        if isDenied { denied += 1 }
      }
    }
  }

  /// What rules are asked about.
  func subject(_ number: UInt32, end: Int64) -> TrendRule.Subject {
    let term = name(number)
    return TrendRule.Subject(
      kind: TrendKind(rawValue: term[0]) ?? .term, term: Array(term.dropFirst()),
      place: Array(placeName(number).dropFirst()), windowStart: end - settings.window, windowEnd: end)
  }

  // The topics that are shown. What nearly always comes with a stronger term is a member of its topic, and no trend beside
  // it: of "silent harbor tonight" the strongest pair stays. Words go to any kind, a tag to tags only: it is what people
  // would look for.
  private func topics(_ sorted: [Finding]) -> [(finding: Finding, members: [UInt32])] {
    var topics: [(kind: TrendKind?, finding: Finding, members: [UInt32])] = []
    for finding in sorted {
      let kind = TrendKind(rawValue: name(finding.suspect.entry)[0])
      let isWord = kind == .phrase || kind == .term
      let own = finding.evidence
      let place = topics.firstIndex { topic in
        (isWord || topic.kind == kind)
          && Double(own.shared(with: topic.finding.evidence)) >= Self.together * Double(own.tweets.count)
      }
      if let place {
        topics[place].members.append(finding.suspect.entry)
      } else if topics.count < settings.top ?? .max {
        // What belongs to none that is shown is not shown either, whatever else it belongs to.
        topics.append((kind, finding, []))
      }
    }
    return topics.map { ($0.finding, $0.members) }
  }

  /// The share of its tweets that a word has in common with the topic it belongs to.
  private static let together = 0.8
  /// Members that a row lists, the strongest first.
  private static let mostMembers = 24

  private mutating func trend(_ finding: Finding, rank: Int, end: Int64) -> Trend {
    let entry = counts.entries[Int(finding.suspect.entry)]
    let evidence = finding.evidence
    let half = Double(settings.window) / 2 / 3_600_000
    let term = name(finding.suspect.entry)
    let scale = 1 << Int(level)
    return Trend(
      windowStart: end - settings.window, windowEnd: end,
      place: Array(placeName(finding.suspect.entry).dropFirst()), kind: TrendKind(rawValue: term[0]) ?? .term,
      term: Array(term.dropFirst()), rank: rank, count: Int(entry.count) * scale,
      users: finding.suspect.users * scale, expected: finding.suspect.expectation.mean * Double(scale),
      logP: finding.suspect.logP, score: finding.score,
      velocity: Double((evidence.secondHalf - evidence.firstHalf) * scale) / half,
      concentration: evidence.concentration, stage: finding.stage,
      onset: past.episodes[key(entry)]?.onset ?? end,
      error: past.isSketched || level > 0 ? error(finding, end: end) : nil,
      variants: variants(evidence.forms, of: entry.term), examples: evidence.examples, ruling: finding.ruling)
  }

  // How far the numbers of a row may be off: what a sample leaves open, four standard deviations of it (D. G. Horvitz,
  // D. J. Thompson, 1952), and what of the expectation only a sketch knows.
  private mutating func error(_ finding: Finding, end: Int64) -> Double {
    let scale = Double(1 << Int(level))
    let sampled = 4 * (finding.evidence.squares * scale * (scale - 1)).squareRoot()
    if !past.isSketched { return sampled }
    let exact = judge(finding.suspect.entry, end: end, wavering.variance, skipsSketch: true)
    return sampled + max(finding.suspect.expectation.mean - (exact?.mean ?? 0), 0) * scale
  }

  // Begins or goes on with the episode of what is believed, be it shown, denied or a member of a topic: so what is shown
  // changes no state.
  private mutating func follow(_ finding: Finding, end: Int64) -> Trend.Stage {
    let key = key(counts.entries[Int(finding.suspect.entry)])
    var episode = TrendEpisode(onset: finding.evidence.firstStep * settings.step, last: end)
    defer { past.episodes[key] = episode }
    // What trended before the baseline is forgotten.
    guard let known = past.episodes[key], end - known.last <= settings.baseline else { return .new }
    if end - known.last > settings.window { return .returning }
    episode.onset = known.onset
    return finding.evidence.stage
  }

  // The forms in which a term was written in the window, the most frequent first, at most eight.
  private func variants(_ forms: [UInt32: Int], of term: UInt32) -> [[UInt8]] {
    var all: [(count: Int, name: [UInt8])] = []
    for (form, count) in forms {
      let name = form == TrendBatch.Form.asItIs ? tables.terms.copy(Int(term)) : tables.forms.copy(Int(form))
      all.append((count, Array(name.dropFirst())))
    }
    all.sort { a, b in a.count != b.count ? a.count > b.count : a.name.lexicographicallyPrecedes(b.name) }
    return all.prefix(8).map(\.name)
  }

  /// The term of an entry, its kind's byte first.
  func name(_ entry: UInt32) -> [UInt8] { tables.terms.copy(Int(counts.entries[Int(entry)].term)) }

  /// The place of an entry, its level's byte first.
  func placeName(_ entry: UInt32) -> [UInt8] { tables.places.copy(Int(counts.entries[Int(entry)].place)) }

  /// The world, then countries, places and languages, each in byte order: the names begin with the level's byte.
  func inOrder(_ places: some Sequence<UInt32>) -> [UInt32] {
    places.map { (number: $0, name: tables.places.copy(Int($0))) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }.map(\.number)
  }
}
