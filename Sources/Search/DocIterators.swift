internal import Commits
internal import SearchIndex

/// A walk over the documents that a clause matches, in rising order (newest tweets first).
class DocIterator {
  /// Behind every document.
  static let end = Int.max

  /// The document stood on; −1 before the first, `end` behind the last.
  var document: Int { -1 }
  /// About how many documents it gives: the cheapest clause leads an AND.
  var cost: Int { 0 }
  /// Moves to the next document.
  func next() throws(SegmentError) {}
  /// Moves to the first document not below `target`.
  func advance(to target: Int) throws(SegmentError) {}
  /// BM25 of the document stood on; 0 for clauses that only filter.
  func score() throws(SegmentError) -> Double { 0 }
  /// What no score of a document from `target` on, up to and with `end`, exceeds.
  func bound(from target: Int) throws(SegmentError) -> ScoreBound { ScoreBound(score: 0, end: Self.end) }
  /// Moves to the first document not below `target` whose score may exceed `minimum`; others may be passed over.
  func advance(to target: Int, above minimum: Double) throws(SegmentError) {
    if document >= target { return }
    var target = target
    while true {
      let run = try bound(from: target)
      if run.isBelow(minimum) {
        target = run.end == Self.end ? Self.end : run.end + 1
        if target == Self.end { return try advance(to: Self.end) }
        continue
      }
      try advance(to: target)
      // A document beyond the run lies in another one, whose bound comes first.
      if document <= run.end || document == Self.end { return }
      if !(try bound(from: document).isBelow(minimum)) { return }
      target = document
      target = try bound(from: target).end
      if target == Self.end { return try advance(to: Self.end) }
      target += 1
    }
  }
}

/// A bound on scores over a run of documents.
struct ScoreBound {
  var score: Double
  /// The last document it holds for.
  var end: Int
}

/// A run of documents.
final class RangeIterator: DocIterator {
  private var current = -1
  private let range: Range<Int>

  init(_ range: Range<Int>) { self.range = range }

  override var document: Int { current }
  override var cost: Int { range.count }
  override func next() { move(current + 1) }
  override func advance(to target: Int) { if target > current { move(target) } }
  private func move(_ target: Int) {
    let place = max(target, range.lowerBound)
    current = place < range.upperBound ? place : Self.end
  }
}

/// Documents that all clauses match; the cheapest leads.
final class AndIterator: DocIterator {
  private let byCost: [DocIterator]
  /// The two cheapest clauses, where both are terms: their lists are walked together.
  private var terms: (lead: TermIterator, second: TermIterator)?
  /// The clauses in the order of the query, in which scores are summed.
  let inOrder: [DocIterator]
  private var known = ScoreBound(score: 0, end: -1)
  private var knownFrom = 0

  /// Of at least one clause; scores are summed in the order given.
  init(_ parts: [DocIterator]) {
    inOrder = parts
    byCost = parts.sorted { $0.cost < $1.cost }
    if byCost.count > 1, let lead = byCost[0] as? TermIterator, let second = byCost[1] as? TermIterator {
      terms = (lead, second)
    }
  }

  override var document: Int { byCost[0].document }
  override var cost: Int { byCost[0].cost }
  override func next() throws(SegmentError) {
    try byCost[0].next()
    try agree()
  }
  override func advance(to target: Int) throws(SegmentError) {
    if document >= target { return }
    try byCost[0].advance(to: target)
    try agree()
  }

  private func agree() throws(SegmentError) {
    let lead = byCost[0]
    if let terms { try PostingsCursor.meet(&terms.lead.postings, &terms.second.postings) }
    var place = terms == nil ? 1 : 2
    while place < byCost.count {
      if lead.document == Self.end { return }
      let other = byCost[place]
      try other.advance(to: lead.document)
      if other.document == lead.document {
        place += 1
      } else {
        try lead.advance(to: other.document)
        if let terms { try PostingsCursor.meet(&terms.lead.postings, &terms.second.postings) }
        place = terms == nil ? 1 : 2
      }
    }
  }

  override func score() throws(SegmentError) -> Double {
    var sum = 0.0
    for part in inOrder { sum += try part.score() }
    return sum
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    if target <= known.end && target >= knownFrom { return known }
    var bound = ScoreBound(score: 0, end: Self.end)
    for part in inOrder {
      let one = try part.bound(from: target)
      bound.score += one.score
      bound.end = min(bound.end, one.end)
    }
    known = bound
    knownFrom = target
    return bound
  }
}

/// Documents of an iterator that pass what a subclass asks of them.
class PassingIterator: DocIterator {
  let base: DocIterator

  init(_ base: DocIterator) { self.base = base }

  /// The first document from `target` on that may pass.
  func place(from target: Int) -> Int { target }
  /// Whether a document is given.
  func passes(_ document: Int) throws(SegmentError) -> Bool { true }

  override var document: Int { base.document }
  override var cost: Int { base.cost }
  override func next() throws(SegmentError) {
    try base.next()
    try settle()
  }
  override func advance(to target: Int) throws(SegmentError) {
    if document >= target { return }
    try base.advance(to: place(from: target))
    try settle()
  }

  private func settle() throws(SegmentError) {
    while base.document != Self.end {
      let place = place(from: base.document)
      if place > base.document {
        try base.advance(to: place)
      } else if try passes(place) {
        return
      } else {
        try base.next()
      }
    }
  }

  override func score() throws(SegmentError) -> Double { try base.score() }
  override func bound(from target: Int) throws(SegmentError) -> ScoreBound { try base.bound(from: target) }
}

/// Documents of one clause that another does not match, and that lie in spans and pass tests.
final class FilterIterator: PassingIterator {
  let excluded: [DocIterator]
  let tests: [RangeTest]
  let spans: DocumentSpans?

  init(
    _ base: DocIterator, excluding excluded: [DocIterator], tests: [RangeTest], spans: DocumentSpans? = nil
  ) {
    self.excluded = excluded
    self.tests = tests
    self.spans = spans
    super.init(base)
  }

  override var cost: Int { min(base.cost, spans?.count ?? .max) }

  override func place(from target: Int) -> Int { spans?.first(from: target) ?? target }

  override func passes(_ document: Int) throws(SegmentError) -> Bool {
    for test in tests { if !(try test.holds(document)) { return false } }
    for clause in excluded {
      try clause.advance(to: document)
      if clause.document == document { return false }
    }
    return true
  }

  override func advance(to target: Int, above minimum: Double) throws(SegmentError) {
    if document < target { try base.advance(to: place(from: target), above: minimum) }
    while base.document != Self.end {
      let place = place(from: base.document)
      if place == base.document, try passes(place) { return }
      try base.advance(to: max(place, base.document + 1), above: minimum)
    }
  }
}
