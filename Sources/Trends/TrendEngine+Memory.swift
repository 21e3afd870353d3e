internal import Bytes

extension TrendEngine {
  /// Leaves out half of the accounts of a step.
  mutating func raise(_ index: Int) {
    let level = steps[index].level + 1
    let before = steps[index].tweets.count
    steps[index].raise(to: level)
    unsampled += before - steps[index].tweets.count
  }

  /// The window that ends with step `next` holds as many uses as it may: of its fullest samples half is left out first.
  mutating func fit(_ next: Int64) {
    for index in steps.indices {
      if steps[index].number > next - settings.steps { break }
      load.leave(steps[index])
    }
    if let index = steps.find(next) { load.enter(steps[index]) }
    while load.uses > plan.windowUses, load.lowest < StepUses.sparsest {
      let lowest = load.lowest
      // The counts no longer fit the steps: they are made anew, at whatever level.
      level = .max
      load = WindowLoad()
      for index in steps.indices(of: next - settings.steps + 1..<next + 1) {
        if steps[index].level == lowest { raise(index) }
        load.enter(steps[index])
      }
    }
  }

  /// Gives up entries and strings that nothing refers to, where there are many of them.
  mutating func shrink() {
    let shrinksTerms = tables.terms.count > limits.terms
    // What is given up below must not come back to life.
    if shrinksTerms || tables.places.count > limits.places || counts.otherCount > limits.entries {
      sweep(onlyOther: !shrinksTerms)
    }
    if shrinksTerms {
      let kept = counts.entries.compactMap { $0.isFree ? nil : $0.term }
      let numbers = tables.keepTerms(kept, room: Self.usualTerms)
      counts.renumber(terms: { numbers[Int($0)] }, places: { $0 })
      limits.terms = max(Self.usualTerms, tables.terms.count * 2)
    }
    if tables.forms.count > limits.forms {
      let kept = steps.indices.flatMap { steps[$0].forms.map(\.form) }
      let numbers = tables.keepForms(kept)
      for index in steps.indices { steps[index].renumberForms { numbers[Int($0)] } }
      limits.forms = Self.limit(tables.forms.count)
    }
    if tables.places.count > limits.places {
      shrinkPlaces()
      limits.places = Self.limit(tables.places.count)
    }
  }

  // Gives up entries that no step uses, and what of their past they alone know goes back to it.
  private mutating func sweep(onlyOther: Bool) {
    let isHeld = heldEntries()
    unheld.removeAll(keepingCapacity: true)
    counts.findUnheld(
      isHeld, onlyOther: onlyOther, sparing: max(Self.usualTerms / 2 - isHeld.count { $0 }, 0), into: &unheld)
    if !watch.terms.isEmpty { for number in unheld { watch.forget(number) } }
    for number in unheld where counts.entries[Int(number)].last.window >= past.first {
      giveLink(number)
    }
    counts.giveUp(unheld)
    limits.entries = counts.otherCount + counts.otherCount / 4 + Self.spareEntries
  }

  private mutating func giveLink(_ number: UInt32) {
    let entry = counts.entries[Int(number)]
    past.give(key(entry), entry.last)
  }

  /// Entries that wait to be used again: words come again, and to give each up and make it anew took a twentieth of a run.
  /// 1 MB.
  private static let spareEntries = 1 << 14

  // By number, whether any step uses an entry.
  private func heldEntries() -> [Bool] {
    var isHeld = [Bool](repeating: false, count: counts.entries.count)
    for index in steps.indices {
      for entry in steps[index].entries { isHeld[Int(entry)] = true }
    }
    return isHeld
  }

  /// Gives back all links: the past is about to move its slots.
  mutating func giveLinks() {
    for number in counts.entries.indices
    where !counts.entries[number].isFree && counts.entries[number].last != .unknown {
      giveLink(UInt32(number))
      counts.entries[number].last = .unknown
    }
  }

  /// Takes the links of some entries.
  mutating func takeLinks(_ numbers: [UInt32]) {
    if numbers.isEmpty { return }
    let keys = numbers.map { key(counts.entries[Int($0)]) }
    var entries: [TrendEntry] = []
    swap(&entries, &counts.entries)
    past.take(keys.span) { index, link in entries[Int(numbers[index])].last = link }
    swap(&entries, &counts.entries)
  }

  /// The links that entries have taken, by key.
  var takenLinks: [(key: UInt64, link: Past.Link)] {
    counts.entries.compactMap { $0.isFree || $0.last == .unknown ? nil : (max(key($0), 1), $0.last) }
  }

  /// Terms that are known at least, used or not: words come again, and of thin data a batch of new ones was put in, hashed
  /// and given up for each megabyte of input. Half of them are kept each time, of which a fifth fewer are new in a batch than
  /// if all went. 4 MB; with those of a batch they fit a table of 2¹⁶ slots.
  static let usualTerms = 40 << 10

  // Forgets places of which neither the window nor the baseline has anything.
  private mutating func shrinkPlaces() {
    let kept = counts.entries.filter { !$0.isFree }.map(\.place) + liveEverybody.map { UInt32($0.place) }
    let before = everybody
    let numbers = tables.keepPlaces(kept)
    counts.renumber(terms: { $0 }, places: { numbers[Int($0)] })
    everybody = [History](repeating: History(), count: tables.places.count)
    for (place, history) in before.enumerated() where numbers[place] != .max {
      everybody[Int(numbers[place])] = history
    }
  }

  // How many strings there may be next time: twice as many, so that the work is shared among those that came.
  private static func limit(_ kept: Int) -> Int { max(1 << 14, kept * 2) }
}
