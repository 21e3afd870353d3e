internal import Commits
internal import SearchIndex

/// A clause that is asked of documents one by one, in rising order.
class DocumentPredicate {
  /// Whether the document passes.
  func holds(_ document: Int) throws(SegmentError) -> Bool { true }
  /// What a document that passed adds to the score.
  func score(_ document: Int) throws(SegmentError) -> Double { 0 }
  /// What it never exceeds from `target` on.
  func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    ScoreBound(score: 0, end: DocIterator.end)
  }
  /// Cheap ones are asked first: 0 for lists, 1 for columns, 2 for stored records.
  var cost: Int { 0 }
}

/// Whether a test passes.
final class TestPredicate: DocumentPredicate {
  private let test: any DocumentTest
  init(_ test: any DocumentTest) { self.test = test }
  override func holds(_ document: Int) throws(SegmentError) -> Bool { try test.holds(document) }
  override var cost: Int { test.readsRecords ? 2 : 1 }
}

/// Whether an iterator gives the document.
final class IteratorPredicate: DocumentPredicate {
  private let inner: DocIterator
  init(_ inner: DocIterator) { self.inner = inner }
  override func holds(_ document: Int) throws(SegmentError) -> Bool {
    if inner.document < document { try inner.advance(to: document) }
    return inner.document == document
  }
  override func score(_ document: Int) throws(SegmentError) -> Double {
    try holds(document) ? try inner.score() : 0
  }
  override func bound(from target: Int) throws(SegmentError) -> ScoreBound { try inner.bound(from: target) }
}

/// Whether another does not pass.
final class NotPredicate: DocumentPredicate {
  private let inner: DocumentPredicate
  init(_ inner: DocumentPredicate) { self.inner = inner }
  override func holds(_ document: Int) throws(SegmentError) -> Bool { !(try inner.holds(document)) }
  override var cost: Int { inner.cost }
}

/// Whether all pass; scores are summed in the order given.
final class AndPredicate: DocumentPredicate {
  private let parts: [DocumentPredicate]
  private let byCost: [DocumentPredicate]
  init(_ parts: [DocumentPredicate]) {
    self.parts = parts
    byCost = parts.sortedByCost
  }
  override func holds(_ document: Int) throws(SegmentError) -> Bool {
    for part in byCost where !(try part.holds(document)) { return false }
    return true
  }
  override func score(_ document: Int) throws(SegmentError) -> Double {
    var sum = 0.0
    for part in parts { sum += try part.score(document) }
    return sum
  }
  override func bound(from target: Int) throws(SegmentError) -> ScoreBound { try parts.bound(from: target) }
  override var cost: Int { byCost.last?.cost ?? 0 }
}

/// Whether any passes; those that do score.
final class OrPredicate: DocumentPredicate {
  private let parts: [DocumentPredicate]
  private let byCost: [DocumentPredicate]
  init(_ parts: [DocumentPredicate]) {
    self.parts = parts
    byCost = parts.sortedByCost
  }
  override func holds(_ document: Int) throws(SegmentError) -> Bool {
    for part in byCost where try part.holds(document) { return true }
    return false
  }
  override func score(_ document: Int) throws(SegmentError) -> Double {
    var sum = 0.0
    for part in parts where try part.holds(document) { sum += try part.score(document) }
    return sum
  }
  override func bound(from target: Int) throws(SegmentError) -> ScoreBound { try parts.bound(from: target) }
  override var cost: Int { byCost.last?.cost ?? 0 }
}

extension [DocumentPredicate] {
  fileprivate var sortedByCost: [DocumentPredicate] {
    // Stable, so that what is asked does not depend on the sort.
    enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  fileprivate func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    var sum = ScoreBound(score: 0, end: DocIterator.end)
    for part in self {
      let one = try part.bound(from: target)
      sum.score += one.score
      sum.end = Swift.min(sum.end, one.end)
    }
    return sum
  }
}

/// Documents of an iterator that pass predicates.
final class PredicateIterator: PassingIterator {
  private let predicates: [DocumentPredicate]
  private let byCost: [DocumentPredicate]

  init(_ base: DocIterator, _ predicates: [DocumentPredicate]) {
    self.predicates = predicates
    byCost = predicates.sortedByCost
    super.init(base)
  }

  override func passes(_ document: Int) throws(SegmentError) -> Bool {
    for predicate in byCost where !(try predicate.holds(document)) { return false }
    return true
  }

  override func score() throws(SegmentError) -> Double {
    var sum = try base.score()
    for predicate in predicates { sum += try predicate.score(document) }
    return sum
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    var bound = try base.bound(from: target)
    let more = try predicates.bound(from: target)
    bound.score += more.score
    bound.end = min(bound.end, more.end)
    return bound
  }
}
