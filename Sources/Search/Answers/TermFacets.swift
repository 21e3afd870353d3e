internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex

/// Facets whose values are terms: the lists of the dictionary, cut with the matches.
extension Matches {
  func terms(_ field: TermField, _ limit: Int) throws -> [FacetCount] {
    try topTerms(field, limit).map { FacetCount(value: $0.term.span.text, count: $0.count) }
  }

  private func topTerms(_ field: TermField, _ limit: Int) throws -> [(count: Int, term: [UInt8])] {
    let segments = searcher.segments.map(\.reader.segment)
    var top = TopCounts<Void>(limit: limit)
    // No more tweets can match than hold the term.
    try MergedTerms.each(segments, prefix: [field.rawValue], least: 1) { visit in
      var count = 0
      for (number, info) in visit.lists {
        let set = sets[number]
        if set.isEverything {
          count += info.documents
        } else if set.count > 0 {
          count += try Self.count(segments[number], info, set)
        }
      }
      if top.wants(count, isLast: true) { top.offer(count, visit.term, ()) }
      return top.floor + 1
    }
    return top.sorted().map { ($0.count, $0.key) }
  }

  private static func count(_ segment: Segment, _ info: TermInfo, _ set: MatchSet) throws(SegmentError) -> Int
  {
    var list = try PostingsCursor(segment, info, hasCounts: false)
    var count = 0
    try list.next()
    while list.document != PostingsCursor.end {
      if set.contains(list.document) { count += 1 }
      try list.next()
    }
    return count
  }

  // Apps are shown as they call themselves: as the newest match has it.
  func sources(_ limit: Int) throws -> [FacetCount] {
    var tweet = Tweet()
    return try topTerms(.source, limit).map { found in
      var value = found.term.span.text
      if let hit = try newest([TermField.source.rawValue] + found.term) {
        try searcher.read(hit, into: &tweet)
        value = tweet.bytes(tweet.source).text
      }
      return FacetCount(value: value, count: found.count)
    }
  }

  // The match with the greatest id that holds a term. Documents come newest first.
  private func newest(_ key: [UInt8]) throws -> Hit? {
    var best: Hit?
    for (place, set) in zip(searcher.segments, sets) where set.count > 0 {
      let segment = place.reader.segment
      guard let info = try segment.terms.find(key.span) else { continue }
      var list = try PostingsCursor(segment, info, hasCounts: false)
      try list.next()
      while list.document != PostingsCursor.end, !set.contains(list.document) { try list.next() }
      if list.document == PostingsCursor.end { continue }
      let hit = try searcher.hit(list.document, place, key: 0, score: 0)
      if hit.id > best?.id ?? 0 { best = hit }
    }
    return best
  }
}
