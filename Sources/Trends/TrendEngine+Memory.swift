internal import Bytes

extension TrendEngine {
  /// Leaves out half of the accounts of a step.
  mutating func raise(_ index: Int) {
    let level = steps[index].level + 1
    let before = steps[index].tweets.count
    for entry in steps[index].raise(to: level) { counts.release(entry) }
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

  /// Gives up entries and strings that nothing refers to.
  mutating func shrink() {
    if tables.terms.count > limits.terms || tables.places.count > limits.places {
      // What is given up below must not come back to life.
      sweep(all: true)
    }
    if tables.terms.count > limits.terms {
      let kept = counts.entries.filter { $0.held > 0 }.map(\.term)
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

  /// Gives up entries that nothing is held of, and what of their past they alone know goes back to it.
  mutating func sweep(all: Bool = false) {
    for number in counts.sweep(all: all) {
      watch.forget(number)
      giveLink(number)
    }
  }

  private mutating func giveLink(_ number: UInt32) {
    let entry = counts.entries[Int(number)]
    if entry.last == .unknown { return }
    past.give(key(entry), entry.last)
    counts.entries[Int(number)].last = .unknown
  }

  /// Gives back all links: the past is about to move its slots.
  mutating func giveLinks() {
    for number in counts.entries.indices { giveLink(UInt32(number)) }
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
    counts.entries.compactMap { $0.last == .unknown ? nil : (max(key($0), 1), $0.last) }
  }

  /// Terms that are known at least, used or not: words come again, and of thin data a batch of new ones was put in, hashed
  /// and given up for each megabyte of input. 2 MB; with those of a batch they fit a table of 2¹⁶ slots.
  static let usualTerms = 20 << 10

  // Forgets places of which neither the window nor the baseline has anything.
  private mutating func shrinkPlaces() {
    let kept = counts.entries.filter { $0.held > 0 }.map(\.place) + liveEverybody.map { UInt32($0.place) }
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
