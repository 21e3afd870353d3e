@testable import Trends

/// Rows for tests of reports, an hour's window each.
enum TrendFixture {
  static let minute: Int64 = 60_000

  static func row(
    _ term: String, place: String = "world", end: Int64 = 60, onset: Int64 = 0, users: Int = 10,
    score: Double = 5, rank: Int = 1, variants: [String] = [], kind: TrendKind = .hashtag
  ) -> Trend {
    Trend(
      windowStart: (end - 60) * minute, windowEnd: end * minute, place: Array(place.utf8), kind: kind,
      term: Array(term.utf8), rank: rank, count: users + 1, users: users, expected: 0.5, logP: -8.25,
      score: score,
      velocity: 1, concentration: 0.25, stage: .rising, onset: onset * minute, variants: variants.map { Array($0.utf8) },
      examples: [711, 18_446_744_073_709_551_615])
  }

  /// Whether every element is closed by its own end, in turn; `meta` and what ends in `/>` are empty.
  static func isBalanced(_ markup: String) -> Bool {
    var open: [Substring] = []
    for tag in markup.matches(of: /<(\/?)([a-zA-Z0-9]+)([^<>]*)>/) {
      if tag.2 == "meta" || tag.3.hasSuffix("/") { continue }
      if tag.1.isEmpty { open.append(tag.2) } else if open.popLast() != tag.2 { return false }
    }
    return open.isEmpty
  }
}
