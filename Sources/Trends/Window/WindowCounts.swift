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
  /// The entries at the first place (the world), by term: most uses have no other place, and need no table.
  private var first: [UInt32] = []
  /// The entries at all other places.
  private var index = EntryIndex()
  private var free: [UInt32] = []
  private var emptied: [UInt32] = []
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

  /// Entries that are alive.
  var count: Int { entries.count - free.count }

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
      return reused
    }
    entries.append(made)
    return UInt32(entries.count - 1)
  }

  /// The entry of a term at a place, if anybody uses it.
  func find(_ term: UInt32, _ place: UInt32) -> TrendEntry? {
    if place > 0 { return index.find(term, place, entries).map { entries[Int($0)] } }
    guard Int(term) < first.count, first[Int(term)] != .max else { return nil }
    return entries[Int(first[Int(term)])]
  }

  /// The entries of terms at the first place, new or known.
  mutating func entries(atFirst terms: [UInt32]) -> [UInt32] {
    var found: [UInt32] = []
    found.reserveCapacity(terms.count)
    for term in terms {
      let known = Int(term) < first.count ? first[Int(term)] : .max
      found.append(known == .max ? entry(term, 0) : known)
    }
    return found
  }

  // MARK: Uses that are held

  /// One use more is held.
  @inline(__always)
  mutating func hold(_ entry: UInt32) { entries[Int(entry)].held += 1 }

  /// A tweet's uses of some entries are held.
  mutating func hold(_ numbers: Span<UInt32>, tweet: UInt32, into uses: inout [StepUses.Use]) {
    var entries = entries.mutableSpan
    for index in 0..<numbers.count {
      let number = numbers[index]
      entries[Int(number)].held += 1
      uses.append(StepUses.Use(entry: number, tweet: tweet))
    }
  }

  /// A tweet's uses of the terms of some entries at the first place are held at another one.
  mutating func hold(
    _ numbers: Span<UInt32>, at place: UInt32, tweet: UInt32, into uses: inout [StepUses.Use]
  ) {
    for index in 0..<numbers.count {
      let (term, other) = (entries[Int(numbers[index])].term, Int(entries[Int(numbers[index])].other))
      var found = UInt32(other)
      // A term mostly comes with the places it came with before. The number may stand for another entry by now.
      if entries[other].term != term || entries[other].place != place || entries[other].held < 0 {
        found = entry(term, place)
        entries[Int(numbers[index])].other = found
      }
      entries[Int(found)].held += 1
      uses.append(StepUses.Use(entry: found, tweet: tweet))
    }
  }

  /// One use less is held. Entries without any are given up by `sweep`.
  @inline(__always)
  mutating func release(_ entry: UInt32) {
    entries[Int(entry)].held -= 1
    if entries[Int(entry)].held == 0 && entries[Int(entry)].place > 0 { emptied.append(entry) }
  }

  /// Entries of which nothing is held and that wait to be used again: words come again, and to give each up and make it
  /// anew took a twentieth of a run. 500 KB.
  private static let spare = 1 << 13

  /// Gives up entries of which nothing is held, when there are many of them or when `all` are to go; those of the world only
  /// then, as their terms are known until then too.
  /// - Returns: their numbers, which stand for others from now on.
  mutating func sweep(all: Bool = false) -> [UInt32] {
    if !all && emptied.count < Self.spare { return [] }
    var gone: [UInt32] = []
    for number in emptied where entries[Int(number)].held == 0 && entries[Int(number)].place > 0 {
      index.remove(number, entries)
      // So that it is not given up twice.
      entries[Int(number)].held = .min
      gone.append(number)
    }
    emptied.removeAll(keepingCapacity: true)
    if all {
      for term in first.indices where first[term] != .max && entries[Int(first[term])].held == 0 {
        entries[Int(first[term])].held = .min
        gone.append(first[term])
        first[term] = .max
      }
    }
    free += gone
    return gone
  }

  // MARK: The window

  /// A step enters the window: those of its accounts that are of the sample of `level`.
  mutating func enter(_ step: borrowing StepUses, level: UInt8) {
    let (tweets, uses) = (step.tweets, step.uses)
    let samples = level > step.level
    // Taken out for the whole step: asking for each use whether the array is shared took as long as counting it.
    var taken: [TrendEntry] = []
    swap(&taken, &self.entries)
    defer { swap(&taken, &self.entries) }
    var entries = taken.mutableSpan
    for use in uses {
      let voter = tweets[Int(use.tweet)].voter
      if samples && !StepUses.holds(voter, level: level) { continue }
      let number = Int(use.entry)
      let isNew = Self.count(&entries[number], use.entry, voter, step.number, &voters)
      if !isNew || !entries[number].isTested { continue }
      if entries[number].users == 1 { active += 1 }
      if entries[number].users >= threshold && !entries[number].isCandidate {
        entries[number].isCandidate = true
        candidates.append(Candidate(entry: use.entry))
      }
    }
  }

  // Returns whether the account is new in the window.
  @inline(__always)
  private static func count(
    _ entry: inout TrendEntry, _ number: UInt32, _ voter: UInt64, _ step: Int64, _ voters: inout KeyTable
  ) -> Bool {
    entry.count += 1
    if entry.voterStep != .min && entry.voter == voter {
      entry.voterStep = step
      return false
    }
    if entry.users == 0 {
      entry.voter = voter
      entry.voterStep = step
    } else if voters.set(KeyTable.key(voter, UInt64(number)), step) != nil {
      return false
    }
    entry.users += 1
    return true
  }

  /// A step leaves the window, as it entered, and what it uses is no longer held. Entries of which nothing else is are given
  /// up by `sweep`.
  mutating func leave(_ step: borrowing StepUses, level: UInt8) {
    let (tweets, uses) = (step.tweets, step.uses)
    let samples = level > step.level
    // As in `enter`.
    var taken: [TrendEntry] = []
    swap(&taken, &self.entries)
    defer { swap(&taken, &self.entries) }
    var entries = taken.mutableSpan
    for use in uses {
      let number = Int(use.entry)
      entries[number].held -= 1
      if entries[number].held == 0 && entries[number].place > 0 { emptied.append(use.entry) }
      let voter = tweets[Int(use.tweet)].voter
      if samples && !StepUses.holds(voter, level: level) { continue }
      entries[number].count -= 1
      if entries[number].voterStep != .min && entries[number].voter == voter {
        if entries[number].voterStep != step.number { continue }
        entries[number].voterStep = .min
      } else if !voters.remove(KeyTable.key(voter, UInt64(use.entry)), having: step.number) {
        continue
      }
      entries[number].users -= 1
      if entries[number].users == 0, entries[number].isTested { active -= 1 }
    }
  }

  /// Forgets who is in the window, and keeps what is held, and the candidates until `prune`: their histories cost more than
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

  /// Appends the entries of a step that have accounts in the window and are not part of record `record` yet; they are from
  /// now on.
  mutating func collect(_ step: borrowing StepUses, record: UInt32, into found: inout [UInt32]) {
    let uses = step.uses
    var entries = entries.mutableSpan
    for use in uses where entries[Int(use.entry)].recorded != record {
      entries[Int(use.entry)].recorded = record
      if entries[Int(use.entry)].users > 0 { found.append(use.entry) }
    }
  }

  /// Gives the terms and places other numbers; those of the world and of everybody stay.
  mutating func renumber(terms: (UInt32) -> UInt32, places: (UInt32) -> UInt32) {
    var alive: [UInt32] = []
    first = []
    for number in entries.indices where entries[number].held != .min {
      let term = terms(entries[number].term)
      entries[number].term = term
      entries[number].place = places(entries[number].place)
      if entries[number].place > 0 {
        alive.append(UInt32(number))
        continue
      }
      while first.count <= Int(term) { first.append(.max) }
      first[Int(term)] = UInt32(number)
    }
    index.rebuild(alive, entries)
  }
}
