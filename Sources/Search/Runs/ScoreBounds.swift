internal import SearchIndex

/// What the scores of one list do not exceed: block by block, by the length of a text, and as far as documents are still to be
/// offered. BM25 grows with the frequency and falls with the length.
struct ScoreBounds {
  /// Scores by frequency and length.
  var known: ScoreTable
  /// The greatest frequency of the rest behind the full blocks; without limit before it is read.
  var restGreatest = UInt32.max
  /// What no score of a document exceeds that is still to be offered.
  private(set) var greatest: Double
  private let scorer: TermScorer?
  private let impacts: [BlockImpact]
  // What no score of each block exceeds; negative where nobody asked yet.
  private var blocks: [Double]
  // What a document may score that the list does not hold.
  private var floor = 0.0
  // The least length code of documents that are still to be offered, and whether they all hold the term once.
  private var shortest: UInt8 = 0
  private var holdsOnce = false

  /// The length code of the shortest text that is not in the first tier.
  private static var leftCode: UInt8 { UInt8(SegmentFormat.shortText) + 2 }

  /// Of a list whose full blocks have these impacts; without a scorer all scores are 0.
  init(_ impacts: [BlockImpact], hasRest: Bool, _ scorer: TermScorer?) {
    self.impacts = impacts
    self.scorer = scorer
    greatest = scorer?.greatest ?? 0
    blocks = Array(repeating: scorer == nil ? 0 : -1, count: impacts.count + (hasRest ? 1 : 0))
    known = ScoreTable(remembers: scorer != nil && !impacts.isEmpty)
  }

  /// Says that documents which the list does not hold may hold the term once, in a text that is not short.
  mutating func setFloor() { floor = onceLeft() }

  /// What no text scores that holds the term once and is not short.
  mutating func onceLeft() -> Double { once(Self.leftCode) }

  /// Says that short documents were offered; and where `isLast` those that hold the term more than once.
  mutating func leaveTier(isLast: Bool) {
    shortest = Self.leftCode
    if !isLast { return }
    holdsOnce = true
    greatest = onceLeft()
  }

  /// What no score of a block exceeds; of blocks behind the last one what documents score that the list does not hold.
  mutating func bound(_ block: Int) -> Double {
    guard block < blocks.count else { return floor }
    if blocks[block] < 0, let scorer {
      if block == impacts.count {
        blocks[block] = scorer.greatest
      } else {
        let impact = impacts[block]
        blocks[block] =
          impact.greatest == 1 && impact.once < 254
          ? known.score(1, impact.once + 1, scorer) : scorer.bound(impact)
      }
    }
    return min(max(blocks[block], floor), greatest)
  }

  /// What no score of a document of this length exceeds that holds the term at most so often; 255 for as much or more.
  mutating func bound(of code: UInt8, frequency: UInt8) -> Double {
    let frequency = holdsOnce ? 1 : frequency
    if let known = known.peek(Int(frequency), max(code, shortest)) { return known }
    guard let scorer else { return 0 }
    return frequency == 255 ? scorer.greatest : known.score(Int(frequency), max(code, shortest), scorer)
  }

  /// The score of documents of this length that hold the term once.
  mutating func once(_ code: UInt8) -> Double {
    if let known = known.peek(1, code) { return known }
    return scorer.map { known.score(1, code, $0) } ?? 0
  }

  /// The greatest frequency in a block; 255 for as much or more.
  mutating func frequencyLimit(_ block: Int) -> UInt8 {
    block < impacts.count ? max(impacts[block].greatest, 1) : UInt8(clamping: restGreatest)
  }
}
