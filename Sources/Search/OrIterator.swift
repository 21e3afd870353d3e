internal import SearchIndex

/// Documents that any clause matches.
///
/// For the best hits it prunes as block-max MaxScore does (S. Ding and T. Suel, "Faster Top-k Document Retrieval Using
/// Block-Max Indexes", 2011): over a run of documents, clauses whose bounds together do not exceed the least score wanted
/// cannot bring a hit by themselves; only the others lead.
final class OrIterator: DocIterator {
  private let parts: [DocIterator]
  @exclusivity(unchecked) private var current = -1
  @exclusivity(unchecked) private var bounds: [ScoreBound]
  @exclusivity(unchecked) private var byBound: [Int]
  /// The run of documents that `bounds` hold for, and the least score that they are sorted for.
  @exclusivity(unchecked) private var run = ScoreBound(score: 0, end: -1)
  @exclusivity(unchecked) private var runFrom = 0
  @exclusivity(unchecked) private var sortedFor = -1.0
  @exclusivity(unchecked) private var firstLeader = 0

  init(_ parts: [DocIterator]) {
    self.parts = parts
    unsafe bounds = parts.map { _ in ScoreBound(score: 0, end: -1) }
    unsafe byBound = Array(parts.indices)
  }

  override var document: Int { unsafe current }
  override var cost: Int { parts.reduce(0) { min($0 + $1.cost, Int(Int32.max)) } }
  override func next() throws(SegmentError) { unsafe try advance(to: current + 1) }
  override func advance(to target: Int) throws(SegmentError) {
    if unsafe current >= target { return }
    var least = Self.end
    for part in parts {
      if part.document < target { try part.advance(to: target) }
      least = min(least, part.document)
    }
    unsafe current = least
  }

  override func score() throws(SegmentError) -> Double {
    var sum = 0.0
    for part in parts {
      // Clauses that did not lead may lag behind.
      if unsafe part.document < current { unsafe try part.advance(to: current) }
      if unsafe part.document == current { sum += try part.score() }
    }
    return sum
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    if unsafe target <= run.end && target >= runFrom { return unsafe run }
    unsafe run = ScoreBound(score: 0, end: Self.end)
    unsafe runFrom = target
    unsafe sortedFor = -1
    for index in parts.indices {
      unsafe bounds[index] = try parts[index].bound(from: target)
      unsafe run.score += bounds[index].score
      unsafe run.end = unsafe min(run.end, bounds[index].end)
    }
    return unsafe run
  }

  override func advance(to target: Int, above minimum: Double) throws(SegmentError) {
    if unsafe current >= target { return }
    var target = target
    while true {
      let run = try bound(from: target)
      if run.isBelow(minimum) {
        if run.end == Self.end { return unsafe current = Self.end }
        target = run.end + 1
        continue
      }
      if unsafe minimum != sortedFor { sort(minimum) }
      var least = Self.end
      for place in unsafe firstLeader..<byBound.count {
        let part = unsafe parts[byBound[place]]
        var document = part.document
        if document < target {
          try part.advance(to: target)
          document = part.document
        }
        least = min(least, document)
      }
      if least <= run.end || run.end == Self.end { return unsafe current = least }
      target = run.end + 1
    }
  }

  // Puts the clauses in order of their bounds; those from `firstLeader` on are the ones without which no document of the
  // run reaches `minimum`: all but the lowest that stay below it together.
  private func sort(_ minimum: Double) {
    unsafe sortedFor = minimum
    // Insertion sort: a handful of clauses, nearly in order already.
    for place in unsafe byBound.indices.dropFirst() {
      var slot = place
      while slot > 0, unsafe bounds[byBound[slot - 1]].score > bounds[byBound[slot]].score {
        unsafe byBound.swapAt(slot - 1, slot)
        slot -= 1
      }
    }
    var sum = 0.0
    unsafe firstLeader = 0
    while unsafe firstLeader < byBound.count - 1 {
      unsafe sum += bounds[byBound[firstLeader]].score
      if !ScoreBound(score: sum, end: 0).isBelow(minimum) { break }
      unsafe firstLeader += 1
    }
  }
}

extension ScoreBound {
  /// Whether no score reaches `minimum`. Sums in another order may differ in their last bits, which the margin covers.
  func isBelow(_ minimum: Double) -> Bool { score * (1 + 1e-12) < minimum }
}
