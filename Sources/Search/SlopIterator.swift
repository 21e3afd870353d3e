internal import Commits
internal import QueryMatching
internal import SearchIndex

/// One place of a phrase where any of several terms may stand: `pre*`, or a character that pairs hold.
///
/// A prefix may be ten thousand terms, most of them rare: a heap keeps the term with the least document at its root, so
/// that only those behind the document wanted are moved.
final class PhrasePart {
  /// Positions from the phrase's first word.
  let offset: Int
  private let choices: [PhraseIterator.Part]
  /// Places in `choices`; no document is less than its parent's, which is at half its place.
  private var heap: [Int]
  private(set) var document = -1
  private var found: [Int] = []

  /// Of at least one term.
  init(_ choices: [PhraseIterator.Part], offset: Int) {
    self.choices = choices
    self.offset = offset
    heap = Array(choices.indices)
  }

  /// Documents at most.
  var count: Int { choices.reduce(0) { min($0 + $1.count, Int(Int32.max)) } }

  func advance(to target: Int) throws(SegmentError) {
    while document < target {
      let least = choices[heap[0]]
      if least.postings.document < target { try least.postings.advance(to: target) }
      sink()
      document = choices[heap[0]].postings.document
    }
  }

  private func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if choices[heap[child]].postings.document < choices[heap[least]].postings.document { least = child }
      }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }

  /// Replaces `places` with where the terms stand in the document stood on, rising.
  func read(into places: inout [Int]) throws(SegmentError) {
    places.removeAll(keepingCapacity: true)
    // From the root down, as long as the document is the same.
    var next = [0]
    while let place = next.popLast() {
      let choice = choices[heap[place]]
      if choice.postings.document != document { continue }
      try choice.read(into: &found)
      places += found
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count { next.append(child) }
    }
    places.sort()
    Self.dropRepeats(&places)
  }

  // Several terms may stand at one position.
  private static func dropRepeats(_ places: inout [Int]) {
    var kept = 0
    for place in places.indices where kept == 0 || places[place] != places[kept - 1] {
      places[kept] = places[place]
      kept += 1
    }
    places.removeSubrange(kept...)
  }
}

/// Documents in which words stand near their places, or where one of several terms stands at a place. For plain phrases
/// use `PhraseIterator`, which skips by bounds.
final class SlopIterator: DocIterator {
  private let parts: [PhrasePart]
  private let byCost: [PhrasePart]
  private let offsets: [Int]
  private let slop: Int
  private let scorer: TermScorer?
  private var found: [[Int]]
  private var frequency = 0

  /// Of at least one part.
  init(_ parts: [PhrasePart], slop: Int, scorer: TermScorer?) {
    self.parts = parts
    self.slop = slop
    self.scorer = scorer
    byCost = parts.sorted { $0.count < $1.count }
    offsets = parts.map(\.offset)
    found = parts.map { _ in [] }
  }

  override var document: Int { byCost[0].document }
  override var cost: Int { byCost[0].count }
  override func next() throws(SegmentError) { try advance(to: document + 1) }

  override func advance(to target: Int) throws(SegmentError) {
    if document >= target { return }
    var target = target
    while true {
      target = try agree(from: target)
      if target == Self.end { return }
      for index in parts.indices { try parts[index].read(into: &found[index]) }
      frequency = PhrasePlaces.count(found, offsets: offsets, slop: slop)
      if frequency > 0 { return }
      target += 1
    }
  }

  // The first document from `target` on that all parts have.
  private func agree(from target: Int) throws(SegmentError) -> Int {
    var target = target
    var agreed = 0
    while agreed < byCost.count {
      for part in byCost {
        try part.advance(to: target)
        if part.document == Self.end {
          try byCost[0].advance(to: Self.end)
          return Self.end
        }
        if part.document == target {
          agreed += 1
        } else {
          target = part.document
          agreed = 1
        }
        if agreed == byCost.count { break }
      }
    }
    return target
  }

  override func score() throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    return try scorer.score(frequency: frequency, document: document)
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    ScoreBound(score: scorer?.greatest ?? 0, end: Self.end)
  }
}
