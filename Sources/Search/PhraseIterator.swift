internal import SearchIndex

/// Documents in which terms stand at given distances. Each place of the phrase may have several terms (a stem, say).
final class PhraseIterator: DocIterator {
  /// One place of the phrase.
  struct Part {
    var postings: PostingsCursor
    var positions: PositionsCursor
    /// Positions from the phrase's first word.
    var offset: Int
  }

  private let parts: [Part]
  private let byCost: [Int]
  private let scorer: TermScorer?
  private var found: [[Int]]
  private var frequency = 0
  private var boundBlocks: [Int]

  /// Of at least one part.
  init(_ parts: [Part], scorer: TermScorer?) {
    self.parts = parts
    self.scorer = scorer
    byCost = parts.indices.sorted { parts[$0].postings.count < parts[$1].postings.count }
    found = parts.map { _ in [] }
    boundBlocks = parts.map { _ in 0 }
  }

  override var document: Int { parts[byCost[0]].postings.document }
  override var cost: Int { parts[byCost[0]].postings.count }

  override func next() throws(SegmentError) {
    try parts[byCost[0]].postings.next()
    try settle()
  }

  override func advance(to target: Int) throws(SegmentError) {
    if document >= target { return }
    try parts[byCost[0]].postings.advance(to: target)
    try settle()
  }

  private func settle() throws(SegmentError) {
    while true {
      try agree()
      if document == Self.end { return }
      frequency = try countMatches()
      if frequency > 0 { return }
      try parts[byCost[0]].postings.next()
    }
  }

  private func agree() throws(SegmentError) {
    let lead = parts[byCost[0]].postings
    var place = 1
    while place < byCost.count {
      if lead.document == Self.end { return }
      let other = parts[byCost[place]].postings
      try other.advance(to: lead.document)
      if other.document == lead.document {
        place += 1
      } else {
        try lead.advance(to: other.document)
        place = 1
      }
    }
  }

  // How often the phrase stands in the document that all parts stand on.
  private func countMatches() throws(SegmentError) -> Int {
    for index in parts.indices {
      let postings = parts[index].postings
      try parts[index].positions.read(
        first: postings.occurrencesBefore(), frequency: postings.frequency(), into: &found[index])
    }
    var matches = 0
    var places = [Int](repeating: 0, count: parts.count)
    for start in found[0] {
      let base = start - parts[0].offset
      var holds = true
      for index in 1..<max(parts.count, 1) where index < parts.count {
        let wanted = base + parts[index].offset
        while places[index] < found[index].count, found[index][places[index]] < wanted { places[index] += 1 }
        if places[index] == found[index].count || found[index][places[index]] != wanted {
          holds = false
          break
        }
      }
      if holds { matches += 1 }
    }
    return matches
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    guard let scorer else { return ScoreBound(score: 0, end: Self.end) }
    // A phrase stands no more often than its rarest word: the least of the words' bounds, each with the phrase's weight.
    var bound = ScoreBound(score: scorer.greatest, end: Self.end)
    for index in parts.indices {
      let postings = parts[index].postings
      boundBlocks[index] = try postings.block(holding: target, from: boundBlocks[index])
      if boundBlocks[index] < postings.blockCount {
        bound.score = min(bound.score, scorer.bound(try postings.impact(boundBlocks[index])))
        bound.end = min(bound.end, try postings.lastDocument(boundBlocks[index]))
      }
    }
    return bound
  }

  override func score() throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    return try scorer.score(frequency: frequency, document: document)
  }
}
