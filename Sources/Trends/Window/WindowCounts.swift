/// Who uses what in the window: accounts and uses of every term at every place, kept up as steps enter and leave it.
struct WindowCounts: ~Copyable {
  /// An entry with enough accounts to be tested.
  struct Candidate {
    var entry: UInt32
    /// What it had before, as windows that begin in tumbling window `loaded` ask for it.
    var before = Expecter.Before()
    var loaded = Int64.min
    /// Whether it may have more by now.
    var isLess = false
  }

  var entries: [TrendEntry] = []
  /// By entry, that of its term at the last other place that it came with; 0 at first, which is another's. Not in the
  /// entries: these lie in no cache, and most are asked for this alone when a tweet comes.
  private var others: [UInt32] = []
  /// The entries at the first place (the world), by term: most uses have no other place, and need no table.
  private var first: [UInt32] = []
  /// The entries at all other places.
  private var index = EntryIndex()
  private var free: [UInt32] = []
  /// The last step in which each account of each entry was seen, but for those that stand in the entries.
  private var voters = KeyTable()
  /// Entries with any account in the window, those of everybody left out: the number of tests.
  private(set) var active = 0
  var candidates: [Candidate] = []
  /// Accounts that make a candidate.
  var threshold: Int32 = 1
  /// A place that is counted and not reported.
  private let hidden: UInt32?

  init(hidden: UInt32?) { self.hidden = hidden }

  /// Entries that are known, and those of them at other places than the first.
  var count: Int { entries.count - free.count }
  var otherCount: Int { index.count }

  /// The entry of a term at a place, new or known.
  mutating func entry(_ term: UInt32, _ place: UInt32) -> UInt32 {
    if place == 0 {
      while first.count <= Int(term) { first.append(.max) }
      if first[Int(term)] == .max { first[Int(term)] = make(term, place) }
      return first[Int(term)]
    }
    if let known = index.find(term, place, entries) { return known }
    let number = make(term, place)
    index.insert(number, entries)
    return number
  }

  private mutating func make(_ term: UInt32, _ place: UInt32) -> UInt32 {
    let made = TrendEntry(
      term: term, place: place, isTested: term != TrendTables.everybody && place != hidden)
    if let reused = free.popLast() {
      entries[Int(reused)] = made
      others[Int(reused)] = 0
      return reused
    }
    entries.append(made)
    others.append(0)
    return UInt32(entries.count - 1)
  }

  /// Gives up entries: their numbers may stand for others from now on.
  mutating func giveUp(_ numbers: [UInt32]) {
    for number in numbers {
      let (term, place) = (entries[Int(number)].term, entries[Int(number)].place)
      if place > 0 { index.remove(number, entries) } else { first[Int(term)] = .max }
      entries[Int(number)].term = .max
    }
    free += numbers
  }

  /// Finds entries anew after their terms or places were given other numbers.
  mutating func rebuild(_ known: [UInt32]) {
    first = []
    index.rebuild(known.filter { entries[Int($0)].place > 0 }, entries)
    for number in known where entries[Int(number)].place == 0 {
      let term = Int(entries[Int(number)].term)
      while first.count <= term { first.append(.max) }
      first[term] = number
    }
  }

  /// The entry of a term at a place, if it is known.
  func find(_ term: UInt32, _ place: UInt32) -> TrendEntry? {
    if place > 0 { return index.find(term, place, entries).map { entries[Int($0)] } }
    guard Int(term) < first.count, first[Int(term)] != .max else { return nil }
    return entries[Int(first[Int(term)])]
  }

  /// The entries of terms at the first place, new or known.
  mutating func entries(atFirst terms: [UInt32]) -> [UInt32] {
    var found = terms
    var numbers = found.mutableSpan
    for index in 0..<numbers.count {
      let term = Int(numbers[index])
      let known = term < first.count ? first[term] : .max
      numbers[index] = known == .max ? entry(UInt32(term), 0) : known
    }
    return found
  }

  /// Appends the entries at another place of terms that are given by those at the first one.
  mutating func addEntries(of terms: ArraySlice<UInt32>, at place: UInt32, to found: inout [UInt32]) {
    for number in terms {
      let (term, other) = (entries[Int(number)].term, others[Int(number)])
      // A term mostly comes with the places it came with before. The number may stand for another entry by now.
      if entries[Int(other)].term == term && entries[Int(other)].place == place {
        found.append(other)
      } else {
        let other = entry(term, place)
        others[Int(number)] = other
        found.append(other)
      }
    }
  }

  // MARK: The window

  /// A step enters the window: those of its accounts that are of the sample of `level`.
  mutating func enter(_ step: borrowing StepUses, level: UInt8) {
    let (tweets, uses) = (step.tweets, step.entries)
    let samples = level > step.level
    // Taken out for the whole step: asking for each use whether the array is shared took as long as counting it.
    var taken: [TrendEntry] = []
    swap(&taken, &self.entries)
    defer { swap(&taken, &self.entries) }
    var entries = taken.mutableSpan
    var start = 0
    for tweet in tweets {
      let own = start..<Int(tweet.usesEnd)
      start = own.upperBound
      if samples && !StepUses.holds(tweet.voter, level: level) { continue }
      for index in own {
        // One access for all: each is checked, and the checks of several took longer than what is done. To read all entries
        // of a tweet ahead, and where its account stands, took a tenth longer.
        let number = uses[index]
        switch entries[Int(number)].enter(number, tweet.voter, step.number, threshold, &voters) {
        case .known: continue
        case .active: active += 1
        case .candidate: candidates.append(Candidate(entry: number))
        case .activeCandidate:
          active += 1
          candidates.append(Candidate(entry: number))
        }
      }
    }
  }

  /// A step leaves the window, as it entered.
  mutating func leave(_ step: borrowing StepUses, level: UInt8) {
    let (tweets, uses) = (step.tweets, step.entries)
    let samples = level > step.level
    // As in `enter`.
    var taken: [TrendEntry] = []
    swap(&taken, &self.entries)
    defer { swap(&taken, &self.entries) }
    var entries = taken.mutableSpan
    var start = 0
    for tweet in tweets {
      let own = start..<Int(tweet.usesEnd)
      start = own.upperBound
      if samples && !StepUses.holds(tweet.voter, level: level) { continue }
      for index in own {
        let number = uses[index]
        if entries[Int(number)].leave(number, tweet.voter, step.number, &voters) { active -= 1 }
      }
    }
  }

  /// Forgets who is in the window, and keeps the entries, and the candidates until `prune`: their histories cost more than
  /// the count.
  mutating func clear() {
    voters.removeAll()
    active = 0
    for number in entries.indices {
      entries[number].users = 0
      entries[number].count = 0
      entries[number].voterStep = .min
    }
  }

  /// Whether a candidate has enough accounts now.
  @inline(__always)
  func isTestable(_ candidate: borrowing Candidate) -> Bool {
    entries[Int(candidate.entry)].users >= threshold
  }

  /// Tells of what is known of the candidates' past that it is out of date: less than it is now, or not even that.
  mutating func forgetPast(isLess: Bool) {
    for index in candidates.indices {
      if isLess { candidates[index].isLess = true } else { candidates[index].loaded = .min }
    }
  }

  /// Drops candidates that have fallen below the threshold, but not what windows that begin in tumbling window `loaded` may
  /// ask for again: many hover about the threshold, and their past costs more than the count.
  mutating func prune(keeping loaded: Int64) {
    if candidates.isEmpty { return }
    candidates.removeAll { candidate in
      let users = entries[Int(candidate.entry)].users
      // One without accounts may be given up, and its number stand for another.
      if users >= threshold || users > 0 && candidate.loaded == loaded { return false }
      entries[Int(candidate.entry)].isCandidate = false
      return true
    }
  }
}
