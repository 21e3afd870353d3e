internal import Commits
internal import SearchIndex

extension RunSearch {
  /// All of the terms, which where `isPhrase` stand one behind the other. The rarest list leads: its documents that are short
  /// enough are looked up in the others, and those that all hold are scored.
  mutating func evaluateAll(
    _ start: UInt32, _ end: UInt32, isPhrase: Bool, _ sink: inout RankSink
  ) throws(SegmentError) {
    var minimum = sink.minimum(from: start)
    let lead = byCost[0]
    var document = try lists[lead].advance(to: start)
    while document <= end {
      // As far as the near lists stay in one block each.
      var last = end
      for place in 1..<near {
        let list = byCost[place]
        guard lists[list].reach(document) else { return }
        last = min(last, lists[list].limit)
      }
      if isPhrase { findRarest() }
      let longest = longest(minimum, isPhrase)
      var count = 0
      if longest > 0 {
        count = try lists[lead].gather(upTo: last, longest, &lengths, into: &candidates, &slots)
        var place = 1
        while count > 0 && place < near {
          count = try lists[byCost[place]].meet(&candidates, count)
          place += 1
        }
      }
      for place in 0..<count {
        let document = candidates[place]
        if near < byCost.count, !(try farHold(document, minimum, isPhrase)) { continue }
        for place in 0..<near { lists[byCost[place]].stand(on: document) }
        let exact: Double
        if isPhrase { exact = try phraseScore(document, minimum) } else { exact = try sum() }
        if exact > 0 || !isPhrase, exact >= minimum, try passes(document) {
          try sink.offer(document, score: exact)
          minimum = sink.minimum(from: document)
        }
      }
      document = last == .max ? .max : try lists[lead].advance(to: last + 1)
    }
  }

  /// How many lists are walked block by block: the first two of `byCost`. In the others few blocks hold what these have in
  /// common; runs cut by all blocks took longer than looking up.
  func nearLists() -> Int { min(byCost.count, 2) }

  // Whether the far lists hold a document, as far as their blocks' bounds do not rule it out.
  private mutating func farHold(_ document: UInt32, _ minimum: Double, _ isPhrase: Bool)
    throws(SegmentError) -> Bool
  {
    for place in near..<byCost.count where !lists[byCost[place]].reach(document) { return false }
    if !isPhrase, bound(of: lengths.known(document), isFar: false, false) * Self.margin < minimum {
      return false
    }
    for place in near..<byCost.count where try lists[byCost[place]].advance(to: document) != document {
      return false
    }
    return true
  }

  // The greatest length code of documents that may reach `minimum` in this run; 0 where there is none.
  private mutating func longest(_ minimum: Double, _ isPhrase: Bool) -> UInt8 {
    if minimum <= 0 { return .max }
    // Mostly that of the run before, or a neighbour.
    while lately < .max, bound(of: lately + 1, isFar: true, isPhrase) * Self.margin >= minimum { lately += 1 }
    while lately > 0, bound(of: lately, isFar: true, isPhrase) * Self.margin < minimum { lately -= 1 }
    return lately
  }

  // What no document of this length exceeds; with `isFar` in whatever block of the far lists it may stand. A phrase, whose
  // words all bear its score, stands no more often than the rarest.
  private mutating func bound(of code: UInt8, isFar: Bool, _ isPhrase: Bool) -> Double {
    if isPhrase { return lists[byCost[0]].bound(of: code, frequency: rarest) }
    var sum = 0.0
    for place in byCost.indices {
      sum += lists[byCost[place]].bound(of: code, isAnywhere: isFar && place >= near)
    }
    return sum
  }

  // The least of the near lists' greatest frequencies in this run.
  private mutating func findRarest() {
    rarest = .max
    for place in 0..<near { rarest = min(rarest, lists[byCost[place]].frequencyLimit()) }
  }

  // Summed in the order of the query.
  private mutating func sum() throws(SegmentError) -> Double {
    var sum = 0.0
    for list in lists.indices {
      scores[list] = try lists[list].score(&lengths)
      sum += scores[list]
    }
    return sum
  }

  // 0 where the phrase does not stand, or its rarest word rules out a score of `minimum`: then no positions are read.
  private mutating func phraseScore(_ document: UInt32, _ minimum: Double) throws(SegmentError) -> Double {
    for (place, list) in byCost.enumerated() {
      let frequency = try lists[list].frequency()
      // It stands no more often than any of its words.
      if place == 0, try lists[list].score(frequency: frequency, &lengths) < minimum { return 0 }
      // A tier does not know how often the term stands before it.
      let first =
        whole.isEmpty ? try lists[list].occurrencesBefore() : try occurrencesBefore(document, in: list)
      if place == 0 {
        try check?.begin(list, first: first, frequency: frequency)
      } else {
        try check?.meet(list, first: first, frequency: frequency)
      }
      if check?.count == 0 { return 0 }
    }
    return try lists[byCost[0]].score(frequency: check?.count ?? 0, &lengths)
  }

  private mutating func occurrencesBefore(_ document: UInt32, in list: Int) throws(SegmentError) -> Int {
    try whole[list].advance(to: document)
    return try whole[list].occurrencesBefore()
  }
}
