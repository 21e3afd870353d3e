internal import Commits
internal import SearchIndex

extension RunSearch {
  /// Lists of fewer documents than this lead one after the other: all that hold their terms is offered before the others are
  /// walked. Rare terms weigh most, so that what lacks them mostly is too little then, and long lists stay unread.
  static var led: Int { 1024 }

  /// Searches and leaves the short lists, shortest first; of several lists the last one stays.
  mutating func peel(_ sink: inout RankSink, _ limit: Int) throws(SegmentError) {
    while lists.count > 1, lists[byCost[0]].postings.count < Self.led {
      let lead = byCost[0]
      try walk(.led(lead), &sink, limit)
      excluded.append(lists[lead])
      var others = lists
      others.remove(at: lead)
      use(others)
    }
  }

  /// Makes `lead` the list that leads. - Returns: what the others together do not exceed.
  mutating func putLast(_ lead: Int) -> Double {
    order = lists.indices.filter { $0 != lead } + [lead]
    var rest = 0.0
    for list in order.dropLast() { rest += lists[list].greatest }
    return rest
  }

  /// Documents of the only list.
  mutating func evaluateOne(_ start: UInt32, _ end: UInt32, _ sink: inout RankSink) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    try lists[0].advance(to: start)
    let count = try lists[0].gather(
      upTo: end, longest(0, minimum, with: 0), &lengths, into: &candidates, &slots)
    for place in 0..<count {
      let score = try lists[0].score(at: Int(slots[place]), &lengths)
      let document = candidates[place]
      if score >= minimum, try passes(document) {
        try sink.offer(document, score: score)
        minimum = sink.minimum(from: document)
      }
    }
  }

  /// Documents of the last list of `order` that may be among the best, whichever of the others, which add at most `rest`,
  /// hold them too.
  mutating func evaluateLed(
    _ start: UInt32, _ end: UInt32, _ rest: Double, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    let leaders = order.count - 1
    let lead = order[leaders]
    try lists[lead].advance(to: start)
    let count = try lists[lead].gather(
      upTo: end, longest(lead, minimum, with: rest), &lengths, into: &candidates, &slots)
    for place in 0..<count {
      let document = candidates[place]
      lists[lead].stand(at: Int(slots[place]))
      let score = try lists[lead].score(&lengths)
      scores[lead] = score
      if (score + rest) * Self.margin >= minimum,
        try offer(document, leaders, score, rest, minimum, &sink)
      {
        minimum = sink.minimum(from: document)
      }
    }
  }

  // The greatest length code of documents of this list's block that may reach `minimum` when others add `rest`.
  private mutating func longest(_ list: Int, _ minimum: Double, with rest: Double) -> UInt8 {
    if minimum <= 0 { return .max }
    while lately < .max, (lists[list].bound(of: lately + 1) + rest) * Self.margin >= minimum { lately += 1 }
    while lately > 0, (lists[list].bound(of: lately) + rest) * Self.margin < minimum { lately -= 1 }
    return lately
  }
}
