/// The terms, places and forms of a run, numbered for good.
struct TrendTables {
  /// The number that stands for everybody's use of a place, whatever they wrote about.
  static let everybody: UInt32 = 0

  private(set) var terms = NameTable()
  private(set) var places = NameTable()
  private(set) var forms = NameTable()
  /// Per term, the forms in which it was written and how often: the first eight of them.
  private(set) var formCounts: [[(form: UInt32, count: Int)]] = []

  init() { _ = term([]) }

  /// The number of a term, new or known.
  mutating func term(_ name: [UInt8]) -> UInt32 {
    let number = terms.number(name)
    if Int(number) == formCounts.count { formCounts.append([]) }
    return number
  }

  mutating func place(_ name: [UInt8]) -> UInt32 { places.number(name) }

  mutating func form(_ name: [UInt8]) -> UInt32 { forms.number(name) }

  /// Counts a term as written so once more.
  mutating func count(form: UInt32, of term: UInt32) {
    if let known = formCounts[Int(term)].firstIndex(where: { $0.form == form }) {
      formCounts[Int(term)][known].count += 1
    } else if formCounts[Int(term)].count < 8 {
      formCounts[Int(term)].append((form, 1))
    }
  }

  /// The forms of a term, the most frequent first.
  func variants(of term: UInt32) -> [[UInt8]] {
    formCounts[Int(term)].map { (count: $0.count, name: Array(forms.names[Int($0.form)].dropFirst())) }
      .sorted { a, b in a.count != b.count ? a.count > b.count : a.name.lexicographicallyPrecedes(b.name) }
      .map(\.name)
  }
}
