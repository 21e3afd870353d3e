internal import Commits
internal import SearchIndex

extension RunSearch {
  /// The tiers of the lists.
  struct Tiers {
    /// Documents of short texts; of terms that only filter all documents.
    var short: [RankedList] = []
    /// Longer ones that hold a term more than once, of the terms that score.
    var repeated: [RankedList] = []
  }

  /// The tiers, where all terms that score have them.
  func tiers() throws(SegmentError) -> Tiers? {
    // What rare terms have in common is too little for ten hits among short texts.
    if lists.count > 1, lists[byCost[0]].postings.count < Self.led { return nil }
    var tiers = Tiers()
    for list in lists {
      guard list.scorer != nil else {
        if case .any = kind { return nil }
        tiers.short.append(list)
        continue
      }
      guard let short = try list.postings.short(), let repeated = try list.postings.repeated() else {
        return nil
      }
      tiers.short.append(try RankedList(short, scorer: list.scorer))
      tiers.repeated.append(try RankedList(repeated, scorer: list.scorer))
    }
    return tiers.repeated.isEmpty ? nil : tiers
  }

  /// Searches short texts, then longer ones that hold a term more than once, unless all have to be looked at anyway. What
  /// is left holds each term once in a long text, which mostly is too little.
  ///
  /// Of a short text the short tiers say all. A longer text holds a phrase more than once only where all its words stand
  /// more than once.
  mutating func search(_ tiers: consuming Tiers, _ sink: inout RankSink, _ limit: Int) throws(SegmentError) {
    whole = lists
    use(tiers.short)
    try walk(kind, &sink, limit)
    var once = 0.0
    for index in tiers.repeated.indices { once += tiers.repeated[index].onceLeft() }
    if case .phrase = kind { once = tiers.repeated[0].onceLeft() }
    tiersDone = .short
    if once * Self.margin < sink.minimum(from: 0) {
      use(tiers.repeated)
      try walkRepeated(&sink, limit)
      tiersDone = .both
    }
    var left = whole
    whole = []
    for index in left.indices { left[index].leaveTier(isLast: tiersDone == .both) }
    use(left)
  }

  private mutating func walkRepeated(_ sink: inout RankSink, _ limit: Int) throws(SegmentError) {
    var isAll = false
    switch kind {
    case .phrase: return try walk(kind, &sink, limit)
    case .all: isAll = true
    default: if lists.count == 1 { return try walk(kind, &sink, limit) }
    }
    if lists.count == 2 && whole.count == 2 {
      // Those that hold both terms more than once, then those that hold one of them so: less is looked at.
      try walk(.all, &sink, limit)
      for lead in 0..<2 { try walk(.repeatedOne(lead, all: isAll), &sink, limit) }
    } else {
      for index in lists.indices { lists[index].setFloor() }
      try walk(.repeated(all: isAll), &sink, limit)
    }
  }

  /// Documents that hold the term of one of two lists more than once, and the other at most once.
  mutating func evaluateRepeatedOne(
    _ lead: Int, _ start: UInt32, _ end: UInt32, all: Bool, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    let other = 1 - lead
    try lists[lead].advance(to: start)
    while lately < .max, bound(lead, lately + 1) * Self.margin >= minimum { lately += 1 }
    while lately > 0, bound(lead, lately) * Self.margin < minimum { lately -= 1 }
    let count = try lists[lead].gather(upTo: end, lately, &lengths, into: &candidates, &slots)
    for place in 0..<count {
      let document = candidates[place]
      lists[lead].stand(at: Int(slots[place]))
      let score = try lists[lead].score(&lengths)
      let code = try lengths.code(document)
      if (score + lists[other].once(code)) * Self.margin < minimum { continue }
      let holds = try whole[other].advance(to: document) == document
      if holds ? try whole[other].frequency() > 1 : all { continue }
      let exact = holds ? score + (try whole[other].score(&lengths)) : score
      if exact >= minimum, try passes(document) {
        try sink.offer(document, score: exact)
        minimum = sink.minimum(from: document)
      }
    }
  }

  // What no document of this length exceeds that holds the other term once.
  private mutating func bound(_ lead: Int, _ code: UInt8) -> Double {
    lists[lead].bound(of: code) + lists[1 - lead].once(max(code, 1))
  }

  /// Any of the lists of documents that hold a term more than once; the other terms may stand there once.
  mutating func evaluateRepeated(
    _ start: UInt32, _ end: UInt32, all: Bool, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    for index in lists.indices { try lists[index].advance(to: start) }
    while true {
      var document = UInt32.max
      for index in lists.indices { document = min(document, lists[index].head) }
      if document > end { return }
      let code = try lengths.code(document)
      var bound = 0.0
      for index in lists.indices {
        if lists[index].head == document {
          bound += try lists[index].score(&lengths)
          lists[index].step()
        } else {
          bound += lists[index].once(code)
        }
      }
      if bound * Self.margin < minimum { continue }
      if let exact = try wholeScore(document, all: all), exact >= minimum, try passes(document) {
        try sink.offer(document, score: exact)
        minimum = sink.minimum(from: document)
      }
    }
  }

  // The score of a document by the whole lists; nil where one lacks it and `all` are wanted.
  private mutating func wholeScore(_ document: UInt32, all: Bool) throws(SegmentError) -> Double? {
    var exact = 0.0
    for index in whole.indices {
      if try whole[index].advance(to: document) == document {
        exact += try whole[index].score(&lengths)
      } else if all {
        return nil
      }
    }
    return exact
  }

  /// Whether a document, whose `scores` in the whole lists are known, was offered with the tiers that were searched.
  mutating func isInTiers(_ document: UInt32) throws(SegmentError) -> Bool {
    let length = try lengths.length(document)
    if length <= RankedList.shortText { return true }
    if tiersDone == .short { return false }
    if case .phrase = kind {
      for index in lists.indices where try lists[index].frequency() == 1 { return false }
      return true
    }
    for index in lists.indices where scores[index] > 0 {
      if let scorer = lists[index].scorer, scores[index] > scorer.score(frequency: 1, length: length) {
        return true
      }
    }
    return false
  }
}
