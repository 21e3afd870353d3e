internal import Bytes

/// What a batch's uses, places and forms are to the engine.
struct BatchEntries {
  /// By use the entry of its term at the first place of each tweet (the world).
  let entries: [UInt32]
  /// The number of a place, and everybody's entry there.
  private var places: [(number: UInt32, everybody: UInt32)]
  /// The numbers of forms.
  private let forms: [UInt32]
  /// The uses that were written otherwise than one would search for them.
  private let formUses: [TrendBatch.Form]
  private var nextForm = 0

  /// Those of a batch, whose terms get entries.
  init(_ batch: TrendBatch, _ tables: inout TrendTables, _ counts: inout WindowCounts) {
    let numbers = tables.numbers(of: batch)
    entries = counts.entries(atFirst: numbers.terms)
    places = numbers.places.map { (number: $0, everybody: .max) }
    forms = numbers.forms
    formUses = batch.formUses
  }

  /// The number of a place and everybody's entry there.
  @inline(__always)
  mutating func place(_ place: UInt32, _ counts: inout WindowCounts) -> (number: UInt32, everybody: UInt32) {
    if places[Int(place)].everybody == .max {
      places[Int(place)].everybody = counts.entry(TrendTables.everybody, places[Int(place)].number)
    }
    return places[Int(place)]
  }

  /// Which uses of the next tweet were written otherwise, and how. - Parameter uses: those of the tweet.
  mutating func takeForms(_ uses: Range<Int>) -> [(use: Int, form: UInt32)] {
    while nextForm < formUses.count, formUses[nextForm].use < uses.lowerBound { nextForm += 1 }
    var found: [(use: Int, form: UInt32)] = []
    while nextForm < formUses.count, formUses[nextForm].use < uses.upperBound {
      let written = formUses[nextForm]
      found.append((Int(written.use) - uses.lowerBound, forms[Int(written.form)]))
      nextForm += 1
    }
    return found
  }
}
