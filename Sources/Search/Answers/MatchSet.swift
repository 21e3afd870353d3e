public import QueryGrammar
internal import Commits
internal import SearchIndex

/// The documents of one segment that a query matches and that are shown, as bits. Memory: a bit a document.
struct MatchSet {
  private(set) var words: [UInt64]
  private(set) var count = 0
  /// Documents of the segment.
  let documents: Int

  init(documents: Int) {
    self.documents = documents
    words = [UInt64](repeating: 0, count: (documents + 63) / 64)
  }

  /// Whether every document is in it: counts of terms then need no look at their lists.
  var isEverything: Bool { count == documents }

  mutating func insert(_ document: Int) {
    words[document / 64] |= 1 << UInt64(document % 64)
    count += 1
  }

  mutating func insertAll() {
    for document in stride(from: 0, to: documents, by: 64) {
      words[document / 64] = documents - document >= 64 ? ~0 : (1 << UInt64(documents - document)) - 1
    }
    count = documents
  }

  func contains(_ document: Int) -> Bool {
    words[document / 64] & (1 << UInt64(document % 64)) != 0
  }

  /// Calls `body` with a column's value for each document of the set.
  ///
  /// - Complexity: O(matches); blocks with many are unpacked whole.
  func forEach(
    _ column: PackedColumnReader, _ body: (Int64) throws(SegmentError) -> Void
  ) throws(SegmentError) {
    var values = [128 of Int64](repeating: 0)
    for block in 0..<column.blockCount {
      let low = words[2 * block]
      let high = 2 * block + 1 < words.count ? words[2 * block + 1] : 0
      if low | high == 0 { continue }
      if low.nonzeroBitCount + high.nonzeroBitCount < 8 {
        for (base, bits) in [(0, low), (64, high)] {
          var bits = bits
          while bits != 0 {
            try body(try column.value(block * 128 + base + bits.trailingZeroBitCount))
            bits &= bits - 1
          }
        }
        continue
      }
      let filled = try column.read(block: block, into: &values)
      if low & high == ~0 {
        for index in 0..<filled { try body(values[index]) }
      } else {
        for index in 0..<filled where (index < 64 ? low : high) & (1 << UInt64(index % 64)) != 0 {
          try body(values[index])
        }
      }
    }
  }
}

extension Searcher {
  /// What a query matches, a set for each segment: what facets and histograms count over.
  ///
  /// - Complexity: a walk over all matches; O(documents / 64) for every tweet. Memory: a bit a document.
  func matches(_ query: QueryNode) throws -> [MatchSet] {
    try segments.map { place in
      let segment = place.reader.segment
      var set = MatchSet(documents: segment.documentCount)
      if query == .all && place.reader.dead == nil && place.folder == readers.count - 1 {
        set.insertAll()
        return set
      }
      if try skips(query, place) { return set }
      let matches = try compiler.iterator(query, segment, scores: false)
      try matches.next()
      while matches.document != DocIterator.end {
        let document = matches.document
        if place.reader.isLive(document), try isShown(place.folder, segment, document) {
          set.insert(document)
        }
        try matches.next()
      }
      return set
    }
  }
}

/// A query's matches, found once and counted in several ways.
public struct Matches {
  let searcher: Searcher
  let sets: [MatchSet]

  /// What `query` matches. - Complexity: a walk over all matches. Memory: a bit a document.
  public init(_ query: QueryNode, in searcher: Searcher) throws {
    self.searcher = searcher
    sets = try searcher.matches(query)
  }

  /// How many tweets.
  public var count: Int { sets.reduce(0) { $0 + $1.count } }
}
