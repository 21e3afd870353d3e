internal import Commits
internal import SearchIndex

/// Finds the best documents of a flat query: any, or all, of some terms, or a phrase.
///
/// The documents are cut into runs in which each list stays in one block, so that one bound holds for a run (block-max
/// indexes: S. Ding and T. Suel, "Faster Top-k Document Retrieval Using Block-Max Indexes", 2011). First the runs with the
/// greatest bounds are searched, wherever they lie: what they bring lets nearly all others be passed over undecoded.
struct RunSearch: ~Copyable {
  /// What is asked of the terms.
  enum Kind {
    case any
    case all
    case phrase(PhraseCheck)
  }

  var lists: [RankedList]
  let kind: Kind
  /// Documents that hold one of these are left out.
  var excluded: [RankedList]
  let tests: [RangeTest]
  var lengths: LengthBytes
  /// Lists in rising order of their lengths.
  let byCost: [Int]
  // Scratch: lists by their bounds of a run, and the score of the document at hand in each list that holds it.
  var order: [Int]
  var scores: [Double]
  private var ends: [UInt32] = []
  private var bounds: [Double] = []
  private var best: [(bound: Double, run: Int)] = []

  init(
    _ lists: [RankedList], _ kind: Kind, excluded: [RankedList], tests: [RangeTest],
    lengths: consuming LengthBytes
  ) {
    self.lists = lists
    self.kind = kind
    self.excluded = excluded
    self.tests = tests
    self.lengths = lengths
    byCost = lists.indices.sorted { lists[$0].postings.count < lists[$1].postings.count }
    order = Array(lists.indices)
    scores = lists.map { _ in 0 }
  }

  /// Sums in another order may differ in their last bits, which the margin covers.
  static let margin = 1 + 1e-12

  /// Ends the search, and gives the unpacked lengths back.
  consuming func finish() -> LengthBytes { lengths }

  /// Offers to `sink` every document that it may keep, at most a few others.
  mutating func search(_ sink: inout RankSink, limit: Int) throws(SegmentError) {
    if case .any = kind { cutAny() } else { cutAll() }
    keepBest(min(max(limit, 4), 16))
    best.sort { $0.run < $1.run }
    for (_, run) in best {
      try evaluate(run, &sink)
      bounds[run] = -1
    }
    for index in lists.indices { lists[index].rewind() }
    for index in excluded.indices { excluded[index].rewind() }
    // One list's bounds are met, those of several are sums.
    let margin = lists.count == 1 ? 1 : Self.margin
    var minimum = sink.minimum(from: 0)
    for run in bounds.indices {
      let bound = bounds[run]
      if bound < 0 || bound * margin < minimum { continue }
      minimum = sink.minimum(from: start(run))
      if bound * margin < minimum { continue }
      try evaluate(run, &sink)
    }
  }

  private func start(_ run: Int) -> UInt32 { run == 0 ? 0 : ends[run - 1] + 1 }

  // Cuts the documents into runs and bounds them.
  private mutating func cutAny() {
    var blocks = [Int](repeating: 0, count: lists.count)
    while true {
      var end = UInt32.max
      var sum = 0.0
      var isOver = true
      for index in lists.indices where blocks[index] < lists[index].lasts.count {
        isOver = false
        end = min(end, lists[index].lasts[blocks[index]])
        sum += lists[index].bound(blocks[index])
      }
      if isOver { return }
      ends.append(end)
      bounds.append(sum)
      for index in lists.indices where blocks[index] < lists[index].lasts.count {
        if lists[index].lasts[blocks[index]] == end { blocks[index] += 1 }
      }
    }
  }

  // Where all are wanted the rarest list leads: its blocks are the runs. Of a phrase each list bounds the whole.
  private mutating func cutAll() {
    ends = lists[byCost[0]].lasts
    var others = 0.0
    if case .all = kind {
      for list in byCost.dropFirst() { others += lists[list].scorer?.greatest ?? 0 }
    }
    for block in ends.indices { bounds.append(lists[byCost[0]].bound(block) + others) }
  }

  // The `count` runs with the greatest bounds, of equals the first.
  private mutating func keepBest(_ count: Int) {
    for (run, bound) in bounds.enumerated() {
      if best.count == count {
        if best[count - 1].bound >= bound { continue }
        best.removeLast()
      }
      var place = best.count
      while place > 0 && best[place - 1].bound < bound { place -= 1 }
      best.insert((bound, run), at: place)
    }
  }

  private mutating func evaluate(_ run: Int, _ sink: inout RankSink) throws(SegmentError) {
    let (start, end) = (start(run), ends[run])
    switch kind {
    case .any where lists.count > 1: try evaluateAny(start, end, &sink)
    case .any: try evaluateOne(start, end, &sink)
    case .all: try evaluateAll(start, end, nil, &sink)
    case .phrase(let check): try evaluateAll(start, end, check, &sink)
    }
  }

  // MARK: One list

  private mutating func evaluateOne(_ start: UInt32, _ end: UInt32, _ sink: inout RankSink)
    throws(SegmentError)
  {
    try lists[0].advance(to: start)
    var minimum = sink.minimum(from: start)
    while let score = try lists[0].find(upTo: end, reaching: minimum, with: 0, margin: 1, &lengths) {
      let document = lists[0].head
      if try passes(document) {
        try sink.offer(document, score: score)
        minimum = sink.minimum(from: document)
      }
      lists[0].step()
    }
  }

  /// Whether a document is not excluded.
  mutating func passes(_ document: UInt32) throws(SegmentError) -> Bool {
    for test in tests where !(try test.holds(Int(document))) { return false }
    for index in excluded.indices where try excluded[index].advance(to: document) == document { return false }
    return true
  }
}
