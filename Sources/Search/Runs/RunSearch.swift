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
    case phrase
    /// Any of the terms; the lists are those of documents that hold them more than once, in all of which, where `all` of
    /// the terms are wanted, they may stand once.
    case repeated(all: Bool)
    /// One of two such lists leads; the other term stands there at most once.
    case repeatedOne(Int, all: Bool)
    /// One of the lists leads: documents that hold its term, and any of the others.
    case led(Int)
  }

  /// Which tiers of the lists were searched: none, those of short texts, or those of repeated words too.
  enum TiersDone { case none, short, both }

  private(set) var kind: Kind
  /// The lists that are walked now: those of the terms, or their tiers.
  var lists: [RankedList]
  /// Where the words of a phrase stand.
  var check: PhraseCheck?
  /// While tiers are walked, the whole lists.
  var whole: [RankedList] = []
  /// Documents that hold one of these are left out.
  var excluded: [RankedList]
  let tests: [RangeTest]
  /// Where alone documents lie that pass; nil for everywhere.
  let spans: DocumentSpans?
  var lengths: LengthBytes
  /// The tiers that were searched, so that what lies in them is left out.
  var tiersDone = TiersDone.none
  /// Lists in rising order of their lengths.
  private(set) var byCost: [Int] = []
  /// How many of these are walked block by block.
  private(set) var near = 1
  // How often the rarest word of a phrase may stand in the run at hand.
  var rarest = UInt8.max
  // Scratch: lists by their bounds of a run, and the score of the document at hand in each list that holds it.
  var order: [Int] = []
  var scores: [Double] = []
  /// The greatest length code that was worth a look in the run before.
  var lately: UInt8 = 16
  var candidates: [128 of UInt32] = [128 of UInt32](repeating: 0)
  var slots: [128 of UInt8] = [128 of UInt8](repeating: 0)
  private var ends: [UInt32] = []
  private var bounds: [Double] = []
  private var best: [(bound: Double, run: Int)] = []

  init(
    _ lists: [RankedList], _ kind: Kind, _ check: PhraseCheck?, excluded: [RankedList], tests: [RangeTest],
    spans: DocumentSpans?,
    lengths: consuming LengthBytes
  ) {
    self.lists = lists
    self.kind = kind
    self.check = check
    self.excluded = excluded
    self.tests = tests
    self.spans = spans
    self.lengths = lengths
    prepare()
  }

  /// Walks along other lists from now on.
  mutating func use(_ lists: [RankedList]) {
    self.lists = lists
    prepare()
  }

  private mutating func prepare() {
    byCost = lists.indices.sorted { lists[$0].postings.count < lists[$1].postings.count }
    near = lists.isEmpty ? 0 : nearLists()
    order = Array(lists.indices)
    scores = lists.map { _ in 0 }
  }

  /// Sums in another order may differ in their last bits, which the margin covers.
  static let margin = 1 + 1e-12

  /// Ends the search, and gives the unpacked lengths back.
  consuming func finish() -> LengthBytes { lengths }

  /// Offers to `sink` every document that it may keep, at most a few others.
  mutating func search(_ sink: inout RankSink, limit: Int) throws(SegmentError) {
    if case .any = kind, lists.count > 1 { try peel(&sink, limit) }
    if lists.isEmpty || !mayReach(sink.minimum(from: 0)) { return }
    if let tiers = try tiers() { try search(tiers, &sink, limit) }
    if !mayReach(sink.minimum(from: 0)) { return }
    try walk(kind, &sink, limit)
  }

  // Whether what was not offered yet may reach `minimum`.
  private mutating func mayReach(_ minimum: Double) -> Bool {
    var sum = 0.0
    var least = Double.infinity
    for index in lists.indices {
      let greatest = lists[index].greatest
      sum += greatest
      least = min(least, greatest)
    }
    if case .phrase = kind { sum = least }
    return sum * Self.margin >= minimum
  }

  /// Walks along the lists: first the runs with the greatest bounds, then the others that may bring something.
  mutating func walk(_ kind: Kind, _ sink: inout RankSink, _ limit: Int) throws(SegmentError) {
    ends.removeAll(keepingCapacity: true)
    bounds.removeAll(keepingCapacity: true)
    best.removeAll(keepingCapacity: true)
    switch kind {
    case .any, .repeated: cutAny()
    case .all, .phrase: cut(by: byCost[0], kind)
    case .led(let lead), .repeatedOne(let lead, _): cut(by: lead, kind)
    }
    leaveSpans()
    keepBest(min(max(limit, 4), 16))
    best.sort { $0.run < $1.run }
    for (_, run) in best {
      try evaluate(kind, run, &sink)
      bounds[run] = -1
    }
    rewind()
    // One list's bounds are met, those of several are sums.
    let margin = lists.count == 1 ? 1 : Self.margin
    var minimum = sink.minimum(from: 0)
    for run in bounds.indices {
      let bound = bounds[run]
      if bound < 0 || bound * margin < minimum { continue }
      minimum = sink.minimum(from: start(run))
      if bound * margin < minimum { continue }
      try evaluate(kind, run, &sink)
    }
    rewind()
  }

  private mutating func rewind() {
    for index in lists.indices { lists[index].rewind() }
    for index in whole.indices { whole[index].rewind() }
    for index in excluded.indices { excluded[index].rewind() }
  }

  private func start(_ run: Int) -> UInt32 { run == 0 ? 0 : ends[run - 1] + 1 }

  // Cuts the documents into runs and bounds them.
  private mutating func cutAny() {
    var blocks = [Int](repeating: 0, count: lists.count)
    while true {
      var end = UInt32.max
      var sum = 0.0
      var isOver = true
      for index in lists.indices {
        sum += lists[index].bound(blocks[index])
        if blocks[index] >= lists[index].lasts.count { continue }
        isOver = false
        end = min(end, lists[index].lasts[blocks[index]])
      }
      if isOver { return }
      ends.append(end)
      bounds.append(sum)
      for index in lists.indices where blocks[index] < lists[index].lasts.count {
        if lists[index].lasts[blocks[index]] == end { blocks[index] += 1 }
      }
    }
  }

  // Where one list leads, its blocks are the runs. Of a phrase each list bounds the whole.
  private mutating func cut(by lead: Int, _ kind: Kind) {
    ends = lists[lead].lasts
    var others = 0.0
    for list in lists.indices where list != lead {
      switch kind {
      case .phrase: break
      case .repeatedOne: others += lists[list].onceLeft()
      default: others += lists[list].greatest
      }
    }
    for block in ends.indices { bounds.append(lists[lead].bound(block) + others) }
  }

  // Runs outside of the spans bring nothing.
  private mutating func leaveSpans() {
    guard let spans else { return }
    for run in ends.indices where spans.first(from: Int(start(run))) > Int(ends[run]) { bounds[run] = -1 }
  }

  // The `count` runs with the greatest bounds, of equals the first.
  private mutating func keepBest(_ count: Int) {
    for (run, bound) in bounds.enumerated() where bound >= 0 {
      if best.count == count {
        if best[count - 1].bound >= bound { continue }
        best.removeLast()
      }
      var place = best.count
      while place > 0 && best[place - 1].bound < bound { place -= 1 }
      best.insert((bound, run), at: place)
    }
  }

  private mutating func evaluate(_ kind: Kind, _ run: Int, _ sink: inout RankSink) throws(SegmentError) {
    var (start, end) = (start(run), ends[run])
    if let spans {
      start = UInt32(clamping: spans.first(from: Int(start)))
      end = min(end, spans.last)
    }
    switch kind {
    case .any where lists.count > 1: try evaluateAny(start, end, &sink)
    case .any: try evaluateOne(start, end, &sink)
    case .all: try evaluateAll(start, end, isPhrase: false, &sink)
    case .phrase: try evaluateAll(start, end, isPhrase: true, &sink)
    case .repeated(let all): try evaluateRepeated(start, end, all: all, &sink)
    case .repeatedOne(let lead, let all): try evaluateRepeatedOne(lead, start, end, all: all, &sink)
    case .led(let lead): try evaluateLed(start, end, putLast(lead), &sink)
    }
  }

  /// Whether a document, whose `scores` are known, is not excluded and was not offered yet.
  mutating func passes(_ document: UInt32) throws(SegmentError) -> Bool {
    if tiersDone != .none, try isInTiers(document) { return false }
    if let spans, spans.first(from: Int(document)) != Int(document) { return false }
    for test in tests where !(try test.holds(Int(document))) { return false }
    for index in excluded.indices where try excluded[index].advance(to: document) == document { return false }
    return true
  }
}
