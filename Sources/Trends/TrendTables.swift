internal import Bytes

/// The terms, places and forms of a run, numbered for good.
struct TrendTables: ~Copyable {
  /// The number that stands for everybody's use of a place, whatever they wrote about.
  static let everybody: UInt32 = 0

  private(set) var terms = TermTable(capacity: 1 << 12)
  private(set) var places = TermTable(capacity: 64)
  private(set) var forms = TermTable(capacity: 1 << 10)
  /// Per term, the forms in which it was written and how often: the first eight of them.
  private var formCounts: [[(form: UInt32, count: Int)]] = [[]]
  /// The number of `world`.
  let world: UInt32

  init() {
    let nothing: [UInt8] = []
    _ = terms.insert(TrendKind.everybodyField, nothing.span)
    let name = Array("world".utf8)
    world = UInt32(places.insert(TrendLevel.world.rawValue, name.span))
  }

  /// What the numbers of a batch are here.
  mutating func numbers(of batch: TrendBatch) -> (terms: [UInt32], places: [UInt32], forms: [UInt32]) {
    var numbers: (terms: [UInt32], places: [UInt32], forms: [UInt32]) = ([], [], [])
    terms.insert(all: batch.terms, batch.terms.hashes(), &numbers.terms)
    places.insert(all: batch.places, batch.places.hashes(), &numbers.places)
    forms.insert(all: batch.forms, batch.forms.hashes(), &numbers.forms)
    while formCounts.count < terms.count { formCounts.append([]) }
    return numbers
  }

  /// Counts a term as written so once more; `asItIs` where the form is the term.
  mutating func count(form: UInt32, of term: UInt32) {
    if let known = formCounts[Int(term)].firstIndex(where: { $0.form == form }) {
      formCounts[Int(term)][known].count += 1
    } else if formCounts[Int(term)].count < 8 {
      formCounts[Int(term)].append((form, 1))
    }
  }

  /// The forms of a term, the most frequent first.
  func variants(of term: UInt32) -> [[UInt8]] {
    var all: [(count: Int, name: [UInt8])] = []
    for form in formCounts[Int(term)] {
      let name = form.form == TrendBatch.Use.asItIs ? terms.copy(Int(term)) : forms.copy(Int(form.form))
      all.append((form.count, Array(name.dropFirst())))
    }
    all.sort { a, b in a.count != b.count ? a.count > b.count : a.name.lexicographicallyPrecedes(b.name) }
    return all.map(\.name)
  }
}

extension TrendKind {
  /// The field of what is no term: everybody.
  static let everybodyField: UInt8 = 255
}
