internal import Commits
internal import SearchIndex

/// One posting list of a ranked search: bounds on its scores block by block, and one block decoded.
///
/// A struct of plain arrays, so that a step counts no references and checks no access.
struct RankedList {
  let postings: PostingsBlocks
  /// nil for a term that only filters.
  let scorer: TermScorer?
  /// The last document of each block, the rest included.
  private(set) var lasts: [UInt32] = []
  /// What no score of each block exceeds.
  private(set) var bounds: [Double] = []
  /// Of the block decoded; behind its end `UInt32.max`.
  private(set) var documents: [128 of UInt32] = [128 of UInt32](repeating: .max)
  /// How many the block has.
  private(set) var filled = 0
  /// Where it stands in the block.
  var index = 0
  private var counts: [128 of UInt32] = [128 of UInt32](repeating: 1)
  private var hasCounts = false
  // The block decoded, and the block that the walk has come to.
  private var block = -1
  private var reached = 0
  // Occurrences before the first `summed` documents of the block.
  private var summed = 0
  private var occurrences = 0
  // Scores of documents that hold the term once, by length code.
  private var once: [Double] = []

  init(_ postings: PostingsBlocks, scorer: TermScorer?, _ lengths: inout LengthBytes) throws(SegmentError) {
    self.postings = postings
    self.scorer = scorer
    var impacts: [BlockImpact] = []
    try postings.readSkips(lasts: &lasts, impacts: &impacts)
    guard let scorer else {
      bounds = Array(repeating: 0, count: impacts.count + 1)
      try addRest(&lengths)
      return
    }
    bounds.reserveCapacity(impacts.count + 1)
    for impact in impacts { bounds.append(scorer.bound(impact)) }
    if !impacts.isEmpty {
      once = (0..<256).map { scorer.score(frequency: 1, length: $0 - 1) }
    }
    try addRest(&lengths)
  }

  // The fewer than 128 documents at the end: all are looked at, so their bound is met.
  private mutating func addRest(_ lengths: inout LengthBytes) throws(SegmentError) {
    try decode(postings.full)
    if filled == 0 { return }
    lasts.append(documents[filled - 1])
    guard scorer != nil else { return }
    var best = 0.0
    for place in 0..<filled { best = max(best, try score(place, &lengths)) }
    bounds.append(best)
  }

  private mutating func decode(_ wanted: Int) throws(SegmentError) {
    block = wanted
    index = 0
    summed = 0
    occurrences = -1
    filled = try postings.read(wanted, into: &documents, counts: &counts)
    hasCounts = !postings.hasCounts || wanted == postings.full
  }

  /// Goes back to the beginning.
  mutating func rewind() {
    reached = 0
    index = 0
  }

  /// The bound of the block that the walk has come to.
  var bound: Double { reached < lasts.count ? bounds[reached] : 0 }

  /// The document stood on; `UInt32.max` behind the block.
  var head: UInt32 { index < filled ? documents[index] : .max }

  /// Comes to the block that may hold `document` or what follows. - Returns: whether there is one.
  mutating func reach(_ document: UInt32) -> Bool {
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
    return reached < lasts.count
  }

  /// Stands on the first document from `target` on. - Returns: it, or `UInt32.max` at the end.
  mutating func advance(to target: UInt32) throws(SegmentError) -> UInt32 {
    guard reach(target) else {
      index = filled
      return .max
    }
    if block != reached { try decode(reached) }
    if head >= target { return head }
    // A binary search whose steps are additions, not branches.
    var below = 0
    below &+= documents[63] < target ? 64 : 0
    below &+= documents[below &+ 31] < target ? 32 : 0
    below &+= documents[below &+ 15] < target ? 16 : 0
    below &+= documents[below &+ 7] < target ? 8 : 0
    below &+= documents[below &+ 3] < target ? 4 : 0
    below &+= documents[below &+ 1] < target ? 2 : 0
    below &+= documents[below] < target ? 1 : 0
    index = below
    return documents[below]
  }

  /// How often the term stands in the document at a place of the block.
  @inline(__always)
  mutating func frequency(_ place: Int) throws(SegmentError) -> Int {
    if !hasCounts { try decodeCounts() }
    return Int(counts[place])
  }

  @inline(never)
  private mutating func decodeCounts() throws(SegmentError) {
    try postings.readCounts(block, into: &counts)
    hasCounts = true
  }

  /// The score of the document at a place of the block; 0 for a term that only filters.
  @inline(__always)
  mutating func score(_ place: Int, _ lengths: inout LengthBytes) throws(SegmentError) -> Double {
    let frequency = try frequency(place)
    let code = try lengths.code(documents[place])
    if frequency == 1 && code != LengthBytes.long && !once.isEmpty { return once[Int(code)] }
    guard let scorer else { return 0 }
    return scorer.score(frequency: frequency, length: try lengths.length(documents[place]))
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
