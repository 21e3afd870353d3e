internal import Commits
internal import SearchIndex

/// One posting list of a ranked search: bounds on its scores block by block, and one block decoded.
///
/// A struct of plain arrays, so that a step counts no references and checks no access. What reads the block is `mutating`:
/// asked through an array, anything else copies the whole block first (half of a query's time).
struct RankedList {
  let postings: PostingsBlocks
  /// nil for a term that only filters.
  let scorer: TermScorer?
  /// The last document of each block, the rest included.
  private(set) var lasts: [UInt32] = []
  /// The last document of the block that the walk has come to.
  private(set) var limit = UInt32.max
  /// The document stood on; `UInt32.max` behind the block.
  private(set) var head = UInt32.max
  // The block decoded, with how many it has, and where it stands in it.
  private var documents: [128 of UInt32] = [128 of UInt32](repeating: .max)
  private var filled = 0
  private var index = 0
  private var counts: [128 of UInt32] = [128 of UInt32](repeating: 1)
  private var hasCounts = false
  // The block decoded, and the block that the walk has come to.
  private var block = -1
  private var reached = 0
  // Occurrences before the first `summed` documents of the block.
  private var summed = 0
  private var occurrences = 0
  private var impacts: [BlockImpact] = []
  // What no score of each block exceeds, and scores of documents that hold the term once, by length code; negative where
  // nobody asked yet.
  private var bounds: [Double] = []
  private var once: [Double] = []

  /// `isAlone` says that no bound of the rest is needed, since all of it will be looked at.
  init(
    _ postings: PostingsBlocks, scorer: TermScorer?, isAlone: Bool, _ lengths: inout LengthBytes
  ) throws(SegmentError) {
    self.postings = postings
    self.scorer = scorer
    try postings.readSkips(lasts: &lasts, impacts: &impacts)
    let hasRest = postings.count > 128 * postings.full
    bounds = Array(repeating: scorer == nil ? 0 : -1, count: lasts.count + (hasRest ? 1 : 0))
    if scorer != nil && !impacts.isEmpty { once = Array(repeating: -1, count: 256) }
    if !hasRest { return }
    try decode(postings.full)
    lasts.append(documents[filled - 1])
    guard let scorer else { return }
    if isAlone {
      bounds[postings.full] = scorer.greatest
      return
    }
    // All of the rest are looked at, so their bound is met.
    var best = 0.0
    while head != .max {
      best = max(best, try score(&lengths))
      step()
    }
    bounds[postings.full] = best
    rewind()
  }

  private mutating func decode(_ wanted: Int) throws(SegmentError) {
    block = wanted
    index = 0
    summed = 0
    occurrences = -1
    filled = try postings.read(wanted, into: &documents, counts: &counts)
    hasCounts = !postings.hasCounts || wanted == postings.full
    head = filled > 0 ? documents[0] : .max
  }

  /// Goes back to the beginning.
  mutating func rewind() {
    reached = 0
    index = 0
    head = filled > 0 ? documents[0] : .max
  }

  /// What no score of a block exceeds: BM25 grows with the frequency and falls with the length.
  mutating func bound(_ block: Int) -> Double {
    guard block < bounds.count else { return 0 }
    if bounds[block] < 0, let scorer {
      let impact = impacts[block]
      bounds[block] =
        impact.greatest == 1 && impact.once < 254 ? once(impact.once + 1, scorer) : scorer.bound(impact)
    }
    return bounds[block]
  }

  /// The bound of the block that the walk has come to.
  mutating func bound() -> Double { bound(reached) }

  @inline(__always)
  private mutating func once(_ code: UInt8, _ scorer: TermScorer) -> Double {
    let known = once[Int(code)]
    if known >= 0 { return known }
    once[Int(code)] = scorer.score(frequency: 1, length: Int(code) - 1)
    return once[Int(code)]
  }

  /// Comes to the block that may hold `document` or what follows. - Returns: whether there is one.
  mutating func reach(_ document: UInt32) -> Bool {
    if document <= limit && reached < lasts.count && limit == lasts[reached] { return true }
    // Gallop: targets are mostly near.
    var step = 1
    while reached < lasts.count, lasts[reached] < document {
      if reached + step < lasts.count, lasts[reached + step] < document {
        reached += step
        step *= 2
      } else {
        reached += 1
        step = 1
      }
    }
    guard reached < lasts.count else { return false }
    limit = lasts[reached]
    return true
  }

  /// Stands on the first document from `target` on. - Returns: it, or `UInt32.max` at the end.
  @discardableResult
  mutating func advance(to target: UInt32) throws(SegmentError) -> UInt32 {
    guard reach(target) else {
      head = .max
      return .max
    }
    if block != reached { try decode(reached) }
    if head >= target { return head }
    // A binary search whose steps are additions, not branches. `PostingsCursor` has the same one: as a function of both, even
    // inlined and borrowing, it copied the block and intersections took 1.3 to 1.5 times as long.
    var below = 0
    below &+= documents[63] < target ? 64 : 0
    below &+= documents[below &+ 31] < target ? 32 : 0
    below &+= documents[below &+ 15] < target ? 16 : 0
    below &+= documents[below &+ 7] < target ? 8 : 0
    below &+= documents[below &+ 3] < target ? 4 : 0
    below &+= documents[below &+ 1] < target ? 2 : 0
    below &+= documents[below] < target ? 1 : 0
    index = below
    head = documents[below]
    return head
  }

  /// Moves to the next document of the block.
  @inline(__always)
  mutating func step() {
    index += 1
    head = index < filled ? documents[index] : .max
  }

  /// Moves to the first document from where it stands up to `end` whose score and `rest` together, times `margin`, reach
  /// `minimum`. - Returns: its score; nil where there is none.
  mutating func find(
    upTo end: UInt32, reaching minimum: Double, with rest: Double, margin: Double,
    _ lengths: inout LengthBytes
  ) throws(SegmentError) -> Double? {
    while head <= end {
      let score = try score(&lengths)
      if (score + rest) * margin >= minimum { return score }
      step()
      if head == .max { return nil }
    }
    return nil
  }

  /// How often the term stands in the document stood on.
  @inline(__always)
  mutating func frequency() throws(SegmentError) -> Int {
    if !hasCounts { try decodeCounts() }
    return Int(counts[index])
  }

  /// The score of the document stood on; 0 for a term that only filters.
  @inline(__always)
  mutating func score(_ lengths: inout LengthBytes) throws(SegmentError) -> Double {
    let frequency = try frequency()
    let code = try lengths.code(head)
    guard let scorer else { return 0 }
    if frequency == 1 && code != LengthBytes.long && !once.isEmpty { return once(code, scorer) }
    return scorer.score(frequency: frequency, length: try lengths.length(head))
  }

  @inline(never)
  private mutating func decodeCounts() throws(SegmentError) {
    try postings.readCounts(block, into: &counts)
    hasCounts = true
  }

  /// Occurrences of the term before the document stood on.
  mutating func occurrencesBefore() throws(SegmentError) -> Int {
    if !hasCounts { try decodeCounts() }
    if occurrences < 0 || summed > index {
      occurrences = try postings.occurrences(before: block)
      summed = 0
    }
    while summed < index {
      occurrences += Int(counts[summed])
      summed += 1
    }
    return occurrences
  }
}
