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

  /// Documents of one list that may be among the best whichever of the others hold them too.
  mutating func evaluateLed(
    _ lead: Int, _ start: UInt32, _ end: UInt32, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    var rest = 0.0
    for list in lists.indices where list != lead { rest += lists[list].greatest }
    try lists[lead].advance(to: start)
    let count = try lists[lead].gather(
      upTo: end, longest(lead, minimum, with: rest), &lengths, into: &candidates)
    for place in 0..<count {
      let document = candidates[place]
      lists[lead].stand(on: document)
      let score = try lists[lead].score(&lengths)
      if (score + rest) * Self.margin < minimum { continue }
      var exact = 0.0
      for list in lists.indices {
        if list == lead {
          exact += score
        } else if try lists[list].advance(to: document) == document {
          exact += try lists[list].score(&lengths)
        }
      }
      if exact >= minimum, try passes(document) {
        try sink.offer(document, score: exact)
        minimum = sink.minimum(from: document)
      }
    }
  }
}
