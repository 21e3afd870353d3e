internal import Commits

extension RunSearch {
  /// All of the terms, which stand as `check` wants them. The rarest list leads; what its score and the bounds of the others
  /// rule out is not looked up in them.
  mutating func evaluateAll(
    _ start: UInt32, _ end: UInt32, _ check: PhraseCheck?, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    let lead = byCost[0]
    var document = try lists[lead].advance(to: start)
    while document <= end {
      // As far as the others stay in one block each.
      var last = end
      var rest = 0.0
      var least = Double.infinity
      for place in 1..<byCost.count {
        let list = byCost[place]
        guard lists[list].reach(document) else { return }
        let bound = lists[list].bound()
        rest += bound
        least = min(least, bound)
        last = min(last, lists[list].limit)
      }
      if check != nil {
        rest = 0
        if least * Self.margin < minimum {
          document = last == .max ? .max : try lists[lead].advance(to: last + 1)
          continue
        }
      }
      while try lists[lead].find(upTo: last, reaching: minimum, with: rest, margin: Self.margin, &lengths)
        != nil
      {
        document = lists[lead].head
        if try holdAll(document) {
          let exact: Double
          if let check { exact = try phraseScore(check, document, minimum) } else { exact = try sum() }
          if exact > 0 || check == nil, exact >= minimum, try passes(document) {
            try sink.offer(document, score: exact)
            minimum = sink.minimum(from: document)
          }
        }
        lists[lead].step()
      }
      document = lists[lead].head
    }
  }

  private mutating func holdAll(_ document: UInt32) throws(SegmentError) -> Bool {
    for place in 1..<byCost.count where try lists[byCost[place]].advance(to: document) != document {
      return false
    }
    return true
  }

  // Summed in the order of the query.
  private mutating func sum() throws(SegmentError) -> Double {
    var sum = 0.0
    for list in lists.indices { sum += try lists[list].score(&lengths) }
    return sum
  }

  // 0 where the phrase does not stand, or its rarest word rules out a score of `minimum`: then no positions are read.
  private mutating func phraseScore(_ check: PhraseCheck, _ document: UInt32, _ minimum: Double)
    throws(SegmentError) -> Double
  {
    var rarest = Int.max
    for list in lists.indices { rarest = min(rarest, try lists[list].frequency()) }
    let length = try lengths.length(document)
    if check.scorer.score(frequency: rarest, length: length) < minimum { return 0 }
    for list in lists.indices {
      let frequency = try lists[list].frequency()
      try check.read(list, first: try lists[list].occurrencesBefore(), frequency: frequency)
    }
    let matches = check.matches()
    return matches == 0 ? 0 : check.scorer.score(frequency: matches, length: length)
  }
}
