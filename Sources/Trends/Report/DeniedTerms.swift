/// What rules denied over a whole run: what a page says of it.
///
/// The terms that are shown are exactly those with the highest scores, wherever they had them. Memory: at most 1,024 terms.
public struct DeniedTerms: Sendable {
  /// The most terms that are shown; more are held.
  public static let shownTerms = 50
  static let heldTerms = 1024

  /// A denied term.
  struct Term: Sendable {
    /// The row with the highest score, of equals the first.
    var peak: Trend
    /// Rows of it.
    var rows = 0

    /// Why that row was denied.
    var reason: [UInt8] { peak.denial ?? [] }
  }

  private var terms: [TermName: Term] = [:]
  /// Rows so far.
  private(set) var rows = 0

  /// Adds a row that is denied.
  mutating func add(_ row: Trend) {
    rows += 1
    let name = TermName(row)
    var term = terms[name] ?? Term(peak: row)
    term.rows += 1
    if row.score > term.peak.score { term.peak = row }
    terms[name] = term
    if terms.count > Self.heldTerms {
      for term in byStrength().dropFirst(Self.heldTerms / 2) { terms[TermName(term.peak)] = nil }
    }
  }

  /// The strongest first, equal ones in byte order.
  var strongest: [Term] { Array(byStrength().prefix(Self.shownTerms)) }

  private func byStrength() -> [Term] {
    terms.values.sorted { a, b in
      if a.peak.score != b.peak.score { return a.peak.score > b.peak.score }
      if a.peak.term != b.peak.term { return a.peak.term.lexicographicallyPrecedes(b.peak.term) }
      return a.peak.kind.rawValue < b.peak.kind.rawValue
    }
  }
}
