/// A word, tag or account that completes what was typed.
public struct Suggestion: Equatable, Sendable {
  /// What it is.
  public enum Kind: String, CaseIterable, Sendable { case term, hashtag, cashtag, user }
  /// What it is.
  public var kind: Kind
  /// As one would search for it: `storks`, `#nyc`, `$twtr`, `@nasa`.
  public var text: String
  /// Tweets that hold it, or that the account wrote; deleted ones count until they are merged away.
  public var count: Int
  /// The time of the newest of them, in ms since 1970.
  public var newest: Int64
  /// `count × 2^(−age / 30 days)`, where the age is that of the newest of them when the newest tweet searched was made.
  public var score: Double
  /// Whether one letter of what was typed is wrong, missing, too many, or changed places with the next.
  public var isCorrected: Bool

  /// After so long without a tweet a suggestion weighs half: trending words are hours old, names years.
  public static let halfLife: Int64 = 30 * 86_400_000

  static func score(_ count: Int, newest: Int64, now: Int64) -> Double {
    let age = max(Double(now) - Double(newest), 0)
    return Double(count) * PowersOfTwo.power(-age / Double(halfLife))
  }

  // Whether what is not newer may weigh so much. The last digits of a power need not rise with it.
  static func mayReach(_ least: Double, _ count: Int, newest: Int64, now: Int64) -> Bool {
    score(count, newest: newest, now: now) * (1 + 1e-9) >= least
  }
}

/// The best suggestions: those that begin as typed before those with a letter corrected, then by score, then by bytes.
struct TopSuggestions {
  let limit: Int
  private(set) var kept: [Suggestion] = []

  init(limit: Int) { self.limit = limit }

  static func precedes(_ a: Suggestion, _ b: Suggestion) -> Bool {
    if a.isCorrected != b.isCorrected { return b.isCorrected }
    if a.score != b.score { return a.score > b.score }
    return a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
  }

  var isFull: Bool { kept.count >= limit }

  /// How many tweets must hold a suggestion that may be kept; nil where none may.
  func least(isCorrected: Bool) -> Int? {
    guard isFull, let last = kept.last else { return limit > 0 ? 0 : nil }
    if last.isCorrected == isCorrected { return Int(last.score.rounded(.up)) }
    return last.isCorrected ? 0 : nil
  }

  /// What a suggestion must weigh to be kept.
  func leastScore(isCorrected: Bool) -> Double {
    guard isFull, let last = kept.last, last.isCorrected == isCorrected else { return 0 }
    return last.score
  }

  mutating func offer(_ suggestion: Suggestion) {
    let place = kept.firstIndex { Self.precedes(suggestion, $0) } ?? kept.count
    if place >= limit { return }
    kept.insert(suggestion, at: place)
    if kept.count > limit { kept.removeLast() }
  }
}
