internal import Commits
internal import SearchIndex

/// Documents in which terms stand at given distances. Each place of the phrase may have several terms (a stem, say).
final class PhraseIterator: DocIterator {
  /// One place of the phrase.
  final class Part {
    var postings: PostingsCursor
    var positions: PositionsCursor
    /// Positions from the phrase's first word.
    let offset: Int
    /// Documents that hold the term.
    let count: Int

    init(_ segment: Segment, _ info: TermInfo, offset: Int) throws(SegmentError) {
      postings = try PostingsCursor(segment, info, hasCounts: true)
      positions = try PositionsCursor(segment, info)
      self.offset = offset
      count = info.documents
    }

    /// Reads where the term stands in the document stood on.
    func read(into found: inout [Int]) throws(SegmentError) {
      let first = try postings.occurrencesBefore()
      try positions.read(first: first, frequency: try postings.frequency(), into: &found)
    }
  }

  let parts: [Part]
  private let byCost: [Int]
  let scorer: TermScorer?
  private var found: [[Int]]
  private var frequency = 0
  private var boundBlocks: [Int]
  private var known = ScoreBound(score: 0, end: -1)
  private var knownFrom = 0

  /// Of at least one part.
  init(_ parts: [Part], scorer: TermScorer?) {
    self.parts = parts
    self.scorer = scorer
    byCost = parts.indices.sorted { parts[$0].count < parts[$1].count }
    found = parts.map { _ in [] }
    boundBlocks = parts.map { _ in 0 }
  }

  override var document: Int { parts[byCost[0]].postings.document }
  override var cost: Int { parts[byCost[0]].count }

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
    if byCost.count == 1 { return }
    let lead = parts[byCost[0]]
    let second = parts[byCost[1]]
    try PostingsCursor.meet(&lead.postings, &second.postings)
    var place = 2
    while place < byCost.count {
      let wanted = lead.postings.document
      if wanted == Self.end { return }
      let other = parts[byCost[place]]
      try other.postings.advance(to: wanted)
      if other.postings.document == wanted {
        place += 1
      } else {
        try lead.postings.advance(to: other.postings.document)
        try PostingsCursor.meet(&lead.postings, &second.postings)
        place = 2
      }
    }
  }

  // How often the phrase stands in the document that all parts stand on.
  private func countMatches() throws(SegmentError) -> Int {
    for index in parts.indices { try parts[index].read(into: &found[index]) }
    return Self.matches(found, parts)
  }

  /// How often words stand at their places of a phrase, by where each stands.
  static func matches(_ found: [[Int]], _ parts: [Part]) -> Int {
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

  // Runs that cannot bring a score of `minimum` are passed over, and in the others positions are read only where the
  // document's length and its rarest word allow one.
  override func advance(to target: Int, above minimum: Double) throws(SegmentError) {
    if document >= target { return }
    guard let scorer, minimum > 0 else { return try advance(to: target) }
    let lead = parts[byCost[0]]
    var target = target
    while target != Self.end {
      let run = try bound(from: target)
      if run.isBelow(minimum) {
        target = run.end == Self.end ? Self.end : run.end + 1
        continue
      }
      try lead.postings.advance(to: target)
      try agree()
      let found = document
      if found == Self.end { return }
      // A document beyond the run lies in another one, whose bound comes first.
      target = found
      if found > run.end { continue }
      var rarest = Int.max
      for part in parts { rarest = min(rarest, try part.postings.frequency()) }
      if try scorer.score(frequency: rarest, document: found) >= minimum {
        frequency = try countMatches()
        if frequency > 0 { return }
      }
      target = found + 1
    }
    try lead.postings.advance(to: Self.end)
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    guard let scorer else { return ScoreBound(score: 0, end: Self.end) }
    if target <= known.end && target >= knownFrom { return known }
    // A phrase stands no more often than its rarest word: the least of the words' bounds, each with the phrase's weight.
    var bound = ScoreBound(score: scorer.greatest, end: Self.end)
    for index in parts.indices {
      let part = parts[index]
      boundBlocks[index] = try part.postings.block(holding: target, from: boundBlocks[index])
      if boundBlocks[index] < part.postings.blockCount {
        bound.score = min(bound.score, scorer.bound(try part.postings.list.impact(boundBlocks[index])))
        bound.end = min(bound.end, try part.postings.list.lastDocument(boundBlocks[index]))
      }
    }
    known = bound
    knownFrom = target
    return bound
  }

  override func score() throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    return try scorer.score(frequency: frequency, document: document)
  }
}
