internal import Commits
internal import SearchIndex

/// Documents that any clause matches.
///
/// For the best hits it prunes as block-max MaxScore does (S. Ding and T. Suel, "Faster Top-k Document Retrieval Using
/// Block-Max Indexes", 2011): over a run of documents, clauses whose bounds together do not exceed the least score wanted
/// cannot bring a hit by themselves; only the others lead.
final class OrIterator: DocIterator {
  let parts: [DocIterator]
  private var current = -1
  private var bounds: [ScoreBound]
  private var byBound: [Int]
  /// The run of documents that `bounds` hold for, and the least score that they are sorted for.
  private var run = ScoreBound(score: 0, end: -1)
  private var runFrom = 0
  private var sortedFor = -1.0
  private var firstLeader = 0

  init(_ parts: [DocIterator]) {
    self.parts = parts
    bounds = parts.map { _ in ScoreBound(score: 0, end: -1) }
    byBound = Array(parts.indices)
  }

  override var document: Int { current }
  override var cost: Int { parts.reduce(0) { min($0 + $1.cost, Int(Int32.max)) } }
  override func next() throws(SegmentError) { try advance(to: current + 1) }
  override func advance(to target: Int) throws(SegmentError) {
    if current >= target { return }
    var least = Self.end
    for part in parts {
      if part.document < target { try part.advance(to: target) }
      least = min(least, part.document)
    }
    current = least
  }

  override func score() throws(SegmentError) -> Double {
    var sum = 0.0
    for part in parts {
      // Clauses that did not lead may lag behind.
      if part.document < current { try part.advance(to: current) }
      if part.document == current { sum += try part.score() }
    }
    return sum
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    if target <= run.end && target >= runFrom { return run }
    run = ScoreBound(score: 0, end: Self.end)
    runFrom = target
    sortedFor = -1
    for index in parts.indices {
      bounds[index] = try parts[index].bound(from: target)
      run.score += bounds[index].score
      run.end = min(run.end, bounds[index].end)
    }
    return run
  }

  override func advance(to target: Int, above minimum: Double) throws(SegmentError) {
    if current >= target { return }
    var target = target
    while true {
      let run = try bound(from: target)
      if run.isBelow(minimum) {
        if run.end == Self.end { return current = Self.end }
        target = run.end + 1
        continue
      }
      if minimum != sortedFor { sort(minimum) }
      var least = Self.end
      for place in firstLeader..<byBound.count {
        let part = parts[byBound[place]]
        var document = part.document
        if document < target {
          try part.advance(to: target)
          document = part.document
        }
        least = min(least, document)
      }
      if least <= run.end || run.end == Self.end { return current = least }
      target = run.end + 1
    }
  }

  // Puts the clauses in order of their bounds; those from `firstLeader` on are the ones without which no document of the
  // run reaches `minimum`: all but the lowest that stay below it together.
  private func sort(_ minimum: Double) {
    sortedFor = minimum
    // Insertion sort: a handful of clauses, nearly in order already.
    for place in byBound.indices.dropFirst() {
      var slot = place
      while slot > 0, bounds[byBound[slot - 1]].score > bounds[byBound[slot]].score {
        byBound.swapAt(slot - 1, slot)
        slot -= 1
      }
    }
    var sum = 0.0
    firstLeader = 0
    while firstLeader < byBound.count - 1 {
      sum += bounds[byBound[firstLeader]].score
      if !ScoreBound(score: sum, end: 0).isBelow(minimum) { break }
      firstLeader += 1
    }
  }
}

extension ScoreBound {
  /// Whether no score reaches `minimum`. Sums in another order may differ in their last bits, which the margin covers.
  func isBelow(_ minimum: Double) -> Bool { score * (1 + 1e-12) < minimum }
}
