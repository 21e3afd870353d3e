/// Scores of a term by frequency (one to three) and length code, computed where they are asked for: a look-up takes a tenth of
/// the time of the division.
struct ScoreTable {
  // Negative where nobody asked yet; empty for a list too short to gain by it.
  private var scores: [Double] = []

  /// A table; one that `remembers` takes 6 KiB.
  init(remembers: Bool) {
    if remembers { scores = Array(repeating: -1, count: 3 * 256) }
  }

  /// The score that is known already. It touches no scorer: what counts references takes longer than the look-up.
  @inline(__always)
  func peek(_ frequency: Int, _ code: UInt8) -> Double? {
    guard frequency <= 3, !scores.isEmpty else { return nil }
    let known = scores[256 * (frequency - 1) + Int(code)]
    return known < 0 ? nil : known
  }

  /// The score of documents that hold the term `frequency` times, by length code; with the code of long texts what no score
  /// of theirs exceeds.
  mutating func score(_ frequency: Int, _ code: UInt8, _ scorer: TermScorer) -> Double {
    guard frequency <= 3, !scores.isEmpty else {
      return scorer.score(frequency: frequency, length: Int(code) - 1)
    }
    let place = 256 * (frequency - 1) + Int(code)
    if scores[place] < 0 { scores[place] = scorer.score(frequency: frequency, length: Int(code) - 1) }
    return scores[place]
  }
}
