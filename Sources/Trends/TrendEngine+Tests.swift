/// An entry that passes the first look of its window.
struct Suspect {
  var entry: UInt32
  var expectation: ExpectedUsers
  /// Accounts of the sample.
  var users: Int
  var logP: Double
}

/// A suspect that is believed.
struct Finding {
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

extension TrendEngine {
  /// Candidates whose past is looked up at one time.
  private static let group = 64
  /// Fewer candidates are tested faster than it is known which need no test.
  private static let many = 64

  /// Tests all candidates of the window that ends at `end`, and adds the rows of those that are believed.
  mutating func evaluate(end: Int64) {
    counts.prune(keeping: Expecter.Place(end: end, window: settings.window).first)
    if counts.candidates.isEmpty && watch.entries.isEmpty { return }
    // As it was before this window, whose entries come in no particular order.
    let variance = wavering.variance
    let isTumbling = end % settings.window == 0
    var candidates: [WindowCounts.Candidate] = []
    swap(&candidates, &counts.candidates)
    var canTest = !candidates.indices.contains { counts.isTestable(candidates.span[$0]) }
    var suspects: [Suspect] = []
    var judging = judging(end: end, variance)
    let isMany = candidates.count >= Self.many
    // What is less rare than if all candidates were believed never is, and as no suspect changes nothing about others.
    if isMany {
      let rate = settings.falseDiscoveryRate * Double(candidates.count) / Double(max(counts.active, 1))
      byChance.prepare(min(decimalLog(rate), -1))
    }
    for start in stride(from: 0, to: candidates.count, by: Self.group) {
      let group = start..<min(start + Self.group, candidates.count)
      load(
        &candidates, group, &judging, atLeast: counts.threshold, leavesOut: isMany && !isTumbling)
      for index in group where counts.isTestable(candidates.span[index]) {
        if candidates[index].isLess {
          // What was known of it before made its count no rarer than chance does.
          canTest = true
          continue
        }
        guard let expectation = judge(candidates.span[index], &judging) else { continue }
        canTest = true
        let entry = counts.entries[Int(candidates[index].entry)]
        let users = Int(entry.users)
        let learns = isTumbling && Wavering.learns(expectation)
        if isMany && !learns && byChance.contains(users, expectation) { continue }
        let logP = expectation.logP(users)
        if learns { wavering.learn(users: users, expectation, logP: logP) }
        if logP < -1, Int(entry.count) << Int(level) >= settings.minimumCount {
          suspects.append(
            Suspect(entry: candidates[index].entry, expectation: expectation, users: users, logP: logP))
        }
      }
    }
    swap(&candidates, &counts.candidates)
    if !canTest { untested += 1 }
    let threshold = suspects.isEmpty ? nil : report(suspects, end: end)
    explain(end: end, variance, threshold: threshold)
  }

  // Adds the rows of a window. - Returns: the greatest p-value that is believed, or nil.
  private mutating func report(_ suspects: [Suspect], end: Int64) -> Double? {
    let rate = settings.falseDiscoveryRate
    let first = FalseDiscovery.threshold(suspects.map { pow10($0.logP) }, tests: counts.active, rate: rate)
    guard let first else { return nil }
    // The costly look at accounts and texts is for those alone that pass without it.
    var believed = suspects.filter { pow10($0.logP) <= first }
    let evidence = self.evidence(believed.map(\.entry), end: end)
    var byPlace: [UInt32: [Finding]] = [:]
    for index in believed.indices {
      let users = evidence[index].users
      if users < believed[index].users { believed[index].logP = believed[index].expectation.logP(users) }
      believed[index].users = users
      guard pow10(believed[index].logP) <= first, users << Int(level) >= settings.minimumUsers,
        !evidence[index].isRepeated
      else { continue }
      let score = Self.score(users: users, believed[index].expectation)
      byPlace[counts.entries[Int(believed[index].entry)].place, default: []].append(
        Finding(suspect: believed[index], evidence: evidence[index], score: score))
    }
    for place in inOrder(byPlace.keys) { addRows(byPlace[place] ?? [], end: end) }
    return first
  }

  /// Half the deviance of a count from its expectation, users · ln(users / mean) − (users − mean), which is the
  /// log-likelihood ratio of "its rate is what was seen" to "its rate is what was expected" (M. Kulldorff, "A spatial
  /// scan statistic", 1997), taken down by how much the rate wavers anyway.
  static func score(users: Int, _ expectation: ExpectedUsers) -> Double {
    let x = Double(users)
    let ratio = x * naturalLog(x / expectation.mean) - (x - expectation.mean)
    return ratio / (1 + expectation.mean / expectation.shape)
  }

  /// What the window that ends at `end` says of some entries.
  mutating func evidence(_ suspects: [UInt32], end: Int64) -> [Evidence] {
    var numbers = [Int32](repeating: -1, count: counts.entries.count)
    for (index, entry) in suspects.enumerated() { numbers[Int(entry)] = Int32(index) }
    // First where the uses are, and then one entry after the other: the accounts of all at once would take more memory
    // than the window.
    var found = suspects.map { _ in [(step: UInt32, tweet: UInt32, form: UInt32)]() }
    let last = end / settings.step
    for index in steps.indices(of: last - settings.steps..<last) {
      let samples = level > steps[index].level
      steps[index].forEachUse { use, form in
        let number = Int(numbers[Int(use.entry)])
        if number < 0 { return }
        if samples && !StepUses.holds(steps[index].tweets[Int(use.tweet)].voter, level: level) { return }
        found[number].append((UInt32(index), use.tweet, form))
      }
    }
    return found.indices.map { number in
      var builder = EvidenceBuilder()
      for use in found[number] {
        let step = steps[Int(use.step)].number
        builder.add(
          steps[Int(use.step)].tweets[Int(use.tweet)], form: use.form, step: step,
          half: .of(step - (last - settings.steps), of: settings.steps))
      }
      found[number] = []
      return builder.evidence()
    }
  }
}
