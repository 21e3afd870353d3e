public import QueryGrammar
internal import Records
public import SearchIndex

extension Searcher {
  /// The hits that a commit before did not have, oldest first: what a follower of a query is shown.
  ///
  /// A tweet that came again, with higher counts say, or that a merge moved is no new one. `before` are the same folders'
  /// readers. - Complexity: a walk over the matches of the segments that came since, and a look-up each.
  public func hits(_ query: QueryNode, since before: [IndexReader]) throws -> [Hit] {
    let known = Set(before.flatMap { $0.segments.map(\.segment.file) })
    var hits: [Hit] = []
    for place in segments where !known.contains(place.reader.segment.file) {
      if try skips(query, place) { continue }
      let matches = try compiler.iterator(query, place.reader.segment, scores: true)
      try matches.next()
      while matches.document != DocIterator.end {
        let document = matches.document
        if place.reader.isLive(document), try isShown(place.folder, place.reader.segment, document) {
          let id = try place.reader.segment.id(document)
          if !(try Self.holds(before, id)) {
            let score = try matches.score()
            hits.append(try hit(document, place, key: 0, score: score))
          }
        }
        try matches.next()
      }
    }
    return hits.sorted { $0.id < $1.id }
  }

  private static func holds(_ readers: [IndexReader], _ id: UInt64) throws -> Bool {
    for reader in readers {
      for live in reader.segments {
        if let document = try live.segment.document(id), live.isLive(document) { return true }
      }
    }
    return false
  }
}
