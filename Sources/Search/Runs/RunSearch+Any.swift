internal import Commits

extension RunSearch {
  /// Any of the terms. Lists whose bounds together stay below the least score wanted cannot bring a hit by themselves
  /// (MaxScore: H. Turtle and J. Flood, "Query evaluation: strategies and optimizations", 1995): the others lead.
  mutating func evaluateAny(_ start: UInt32, _ end: UInt32, _ sink: inout RankSink) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    let (leaders, rest) = sort(start, minimum)
    if leaders == lists.count - 1 {
      return try evaluateLed(start, end, rest, &sink)
    }
    for index in leaders..<order.count { try lists[order[index]].advance(to: start) }
    while true {
      var document = UInt32.max
      for index in leaders..<order.count { document = min(document, lists[order[index]].head) }
      if document > end { return }
      var score = 0.0
      for index in leaders..<order.count {
        let list = order[index]
        if lists[list].head == document {
          scores[list] = try lists[list].score(&lengths)
          score += scores[list]
          lists[list].step()
        } else {
          scores[list] = 0
        }
      }
      if (score + rest) * Self.margin >= minimum,
        try offer(document, leaders, score, rest, minimum, &sink)
      {
        minimum = sink.minimum(from: document)
      }
    }
  }

  // Puts the lists in order of their bounds in the run. - Returns: the first that leads, and the bounds of those before it.
  private mutating func sort(_ start: UInt32, _ minimum: Double) -> (leaders: Int, rest: Double) {
    for index in lists.indices { _ = lists[index].reach(start) }
    // Insertion sort: a handful of lists, nearly in order already.
    for place in order.indices.dropFirst() {
      var slot = place
      while slot > 0, lists[order[slot - 1]].bound() > lists[order[slot]].bound() {
        order.swapAt(slot - 1, slot)
        slot -= 1
      }
    }
    var rest = 0.0
    var leaders = 0
    while leaders < order.count - 1 {
      let more = rest + lists[order[leaders]].bound()
      if more * Self.margin >= minimum { break }
      rest = more
      leaders += 1
    }
    return (leaders, rest)
  }

  // Looks a document up in the lists that do not lead, as long as it may still be kept, and offers it with its exact score,
  // summed in the order of the query.
  mutating func offer(
    _ document: UInt32, _ leaders: Int, _ score: Double, _ rest: Double, _ minimum: Double,
    _ sink: inout RankSink
  ) throws(SegmentError) -> Bool {
    var score = score
    var rest = rest
    for index in (0..<leaders).reversed() {
      let list = order[index]
      rest -= lists[list].bound()
      let holds = try lists[list].advance(to: document) == document
      scores[list] = holds ? try lists[list].score(&lengths) : 0
      score += scores[list]
      if (score + max(rest, 0)) * Self.margin < minimum { return false }
    }
    var exact = 0.0
    for score in scores { exact += score }
    guard exact >= minimum, try passes(document) else { return false }
    try sink.offer(document, score: exact)
    return true
  }
}
