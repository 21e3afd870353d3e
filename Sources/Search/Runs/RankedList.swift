internal import Bytes
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
  // Where the full blocks begin.
  private var starts: [UInt32] = []
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
  private var packedCounts = PackedCounts()
  // The block decoded, and the block that the walk has come to.
  private var block = -1
  private var reached = 0
  // Occurrences before the first `summed` documents of the block.
  private var summed = 0
  private var occurrences = 0
  private var bounds: ScoreBounds

  /// Reads the skip entries, no block. - Complexity: O(blocks).
  init(_ postings: PostingsBlocks, scorer: TermScorer?) throws(SegmentError) {
    self.postings = postings
    self.scorer = scorer
    var impacts: [BlockImpact] = []
    try postings.readSkips(lasts: &lasts, starts: &starts, impacts: &impacts)
    let hasRest = postings.count > 128 * postings.full
    bounds = ScoreBounds(impacts, hasRest: hasRest, scorer)
    if hasRest { lasts.append(UInt32(postings.documentLimit - 1)) }
  }

  private mutating func decode(_ wanted: Int) throws(SegmentError) {
    block = wanted
    index = 0
    summed = 0
    occurrences = -1
    hasCounts = !postings.hasCounts || wanted == postings.full
    if wanted < postings.full {
      filled = 128
      packedCounts = try postings.read(
        at: starts[wanted], between: wanted == 0 ? nil : lasts[wanted - 1], lasts[wanted], into: &documents)
    } else {
      filled = try postings.read(wanted, into: &documents, counts: &counts)
      var greatest: UInt32 = 1
      for slot in 0..<filled { greatest = max(greatest, counts[slot]) }
      bounds.restGreatest = greatest
    }
    head = filled > 0 ? documents[0] : .max
  }

  /// Goes back to the beginning.
  mutating func rewind() {
    reached = 0
    index = 0
    head = filled > 0 ? documents[0] : .max
  }

  /// Positions of the longest texts of the first tier.
  static var shortText: Int { Int(SegmentFormat.shortText) }

  /// What no score of a document exceeds that is still to be offered.
  var greatest: Double { mutating get { bounds.greatest } }

  /// Says that documents which the list does not hold may hold the term once, in a text that is not short.
  mutating func setFloor() { bounds.setFloor() }

  /// What no text scores that holds the term once and is not short.
  mutating func onceLeft() -> Double { bounds.onceLeft() }

  /// Says that short documents were offered; and where `isLast` those that hold the term more than once.
  mutating func leaveTier(isLast: Bool) { bounds.leaveTier(isLast: isLast) }

  /// What no score of a block exceeds.
  mutating func bound(_ block: Int) -> Double { bounds.bound(block) }

  /// The bound of the block that the walk has come to.
  mutating func bound() -> Double { bounds.bound(reached) }

  /// What no score of a document of this length exceeds in the block that the walk has come to, or anywhere.
  mutating func bound(of code: UInt8, isAnywhere: Bool = false) -> Double {
    bounds.bound(of: code, frequency: isAnywhere ? 255 : frequencyLimit())
  }

  /// What no score of a document of this length exceeds that holds the term at most so often; 255 for as much or more.
  mutating func bound(of code: UInt8, frequency: UInt8) -> Double {
    bounds.bound(of: code, frequency: frequency)
  }

  /// The score of documents of this length that hold the term once.
  mutating func once(_ code: UInt8) -> Double { bounds.once(code) }

  /// The greatest frequency in the block that the walk has come to; 255 for as much or more.
  mutating func frequencyLimit() -> UInt8 { bounds.frequencyLimit(reached) }

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
    stand(on: target)
    return head
  }

  /// Stands on the first document from `target` on in the block that is decoded, which must hold one.
  mutating func stand(on target: UInt32) {
    stand(at: SortedBlock.slot(of: target, in: documents.span))
  }

  /// Stands on a place of the block that is decoded.
  mutating func stand(at slot: Int) {
    index = slot
    head = documents[slot]
  }

  /// Moves behind `end` in the block stood in. - Returns: how many documents were passed whose length code is at most
  /// `longest`: the first of `candidates`, which stand in these `slots`.
  mutating func gather(
    upTo end: UInt32, _ longest: UInt8, _ lengths: inout LengthBytes,
    into candidates: inout [128 of UInt32], _ slots: inout [128 of UInt8]
  ) throws(SegmentError) -> Int {
    let block = documents.span
    var kept = 0
    if index < filled { try lengths.check(block[index], max(block[filled - 1], block[index])) }
    while index < filled {
      let document = block[index]
      if document > end { break }
      candidates[kept] = document
      slots[kept] = UInt8(truncatingIfNeeded: index)
      kept += lengths.known(document) <= longest ? 1 : 0
      index += 1
    }
    head = index < filled ? block[index] : .max
    return kept
  }

  /// Keeps those of the first `count` candidates that stand in the block that the walk has come to; none may lie behind it.
  /// - Returns: how many.
  mutating func meet(_ candidates: inout [128 of UInt32], _ count: Int) throws(SegmentError) -> Int {
    if block != reached { try decode(reached) }
    let block = documents.span
    var kept = 0
    for place in 0..<count {
      let document = candidates[place]
      let slot = SortedBlock.slot(of: document, in: block)
      candidates[kept] = document
      kept += block[slot] == document ? 1 : 0
    }
    return kept
  }

  /// Moves to the next document of the block.
  @inline(__always)
  mutating func step() {
    index += 1
    head = index < filled ? documents[index] : .max
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
    try score(frequency: try frequency(), &lengths)
  }

  /// The score of the document stood on if it held the term `frequency` times.
  @inline(__always)
  mutating func score(frequency: Int, _ lengths: inout LengthBytes) throws(SegmentError) -> Double {
    let code = try lengths.code(head)
    if code != LengthBytes.long, let known = bounds.known.peek(frequency, code) { return known }
    return try compute(frequency, code, head, &lengths)
  }

  /// The score of the document at a place of the block that is decoded, whose length was looked at already.
  @inline(__always)
  mutating func score(at slot: Int, _ lengths: inout LengthBytes) throws(SegmentError) -> Double {
    if !hasCounts { try decodeCounts() }
    let (frequency, document) = (Int(counts[slot]), documents[slot])
    let code = lengths.known(document)
    if code != LengthBytes.long, let known = bounds.known.peek(frequency, code) { return known }
    return try compute(frequency, code, document, &lengths)
  }

  @inline(never)
  private mutating func compute(
    _ frequency: Int, _ code: UInt8, _ document: UInt32, _ lengths: inout LengthBytes
  ) throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    if code != LengthBytes.long { return bounds.known.score(frequency, code, scorer) }
    return scorer.score(frequency: frequency, length: try lengths.length(document))
  }

  @inline(never)
  private mutating func decodeCounts() throws(SegmentError) {
    try postings.readCounts(packedCounts, into: &counts)
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
