internal import Bytes
public import Records
public import SearchIndex
internal import TextAnalysis

/// The order of hits.
public enum SortOrder: String, CaseIterable, Sendable {
  /// By BM25.
  case relevance
  /// Newest first.
  case latest
  /// Oldest first.
  case oldest
  /// Most liked first.
  case likes
  /// Most retweeted first.
  case retweets
}

/// Answers queries over one commit of one or more indexes. Not thread-safe: one a thread; readers are shared.
public final class Searcher {
  private let readers: [IndexReader]
  private let segments: [(folder: Int, segment: Int, reader: LiveSegment)]
  private let compiler: QueryCompiler

  /// Searches `readers` as one. - Throws: `IndexError.otherAnalyzer` when they were analysed in different ways.
  public init(_ readers: [IndexReader]) throws {
    self.readers = readers
    let analyzers = readers.map(\.analyzer).filter { !$0.isEmpty }
    if let first = analyzers.first, let other = analyzers.first(where: { $0 != first }) {
      throw IndexError.otherAnalyzer(found: other, expected: first)
    }
    segments = readers.enumerated().flatMap { folder, reader in
      reader.segments.enumerated().map { (folder, $0.offset, $0.element) }
    }
    guard let settings = analyzers.first.map({ AnalyzerSettings(identifier: $0) }) ?? AnalyzerSettings()
    else {
      throw IndexError.otherAnalyzer(found: analyzers.first ?? "", expected: AnalyzerSettings().identifier)
    }
    compiler = QueryCompiler(segments: segments.map(\.reader.segment), analyzer: settings)
  }

  /// The best `limit` hits in order, and how many match in all.
  public func search(_ query: QueryNode, sort: SortOrder = .relevance, limit: Int) throws -> (
    hits: [Hit], total: Int
  ) {
    var top = TopHits(limit: limit, order: HitOrder(isOldestFirst: sort == .oldest))
    for (folder, number, live) in segments {
      let segment = live.segment
      let matches = try compiler.iterator(query, segment, scores: sort == .relevance)
      let likes = segment.column(.likes)
      let retweets = segment.column(.retweets)
      try matches.next()
      while matches.document != DocIterator.end {
        let document = matches.document
        guard live.isLive(document), try isShown(folder, segment, document) else {
          try matches.next()
          continue
        }
        var hit = Hit(id: 0, key: 0, score: 0, folder: folder, segment: number, document: document)
        switch sort {
        case .relevance:
          hit.score = try matches.score()
          hit.key = hit.score
        case .likes: hit.key = Double(max(try likes.value(document) - 1, 0))
        case .retweets: hit.key = Double(max(try retweets.value(document) - 1, 0))
        case .latest, .oldest: break
        }
        hit.id = try segment.id(document)
        top.offer(hit)
        try matches.next()
      }
    }
    return (top.sorted(), top.total)
  }

  // Of a tweet in several folders only the later folder's is shown.
  private func isShown(_ folder: Int, _ segment: Segment, _ document: Int) throws(SegmentError) -> Bool {
    if folder == readers.count - 1 { return true }
    let id = try segment.id(document)
    for later in readers[(folder + 1)...] {
      for live in later.segments {
        if let twin = try live.segment.document(id), live.isLive(twin) { return false }
      }
    }
    return true
  }

  /// How many tweets match.
  public func count(_ query: QueryNode) throws -> Int {
    var total = 0
    for (folder, _, live) in segments {
      let matches = try compiler.iterator(query, live.segment, scores: false)
      try matches.next()
      while matches.document != DocIterator.end {
        if live.isLive(matches.document), try isShown(folder, live.segment, matches.document) { total += 1 }
        try matches.next()
      }
    }
    return total
  }

  /// Where the tweet with an id lies, or nil.
  public func find(_ id: UInt64) throws -> Hit? {
    for (folder, number, live) in segments.reversed() {
      if let document = try live.segment.document(id), live.isLive(document) {
        return Hit(id: id, key: 0, score: 0, folder: folder, segment: number, document: document)
      }
    }
    return nil
  }

  /// Reads the record of a hit into `tweet`. - Throws: `SegmentError`.
  public func read(_ hit: Hit, into tweet: inout Tweet) throws {
    let segment = readers[hit.folder].segments[hit.segment].segment
    var records = try segment.records()
    do {
      try RecordCodec.decode(records.record(hit.document), into: &tweet)
      try segments.map(\.reader).hideDeletedQuote(&tweet)
    } catch let error as DecodeError {
      throw SegmentError.corrupt(
        file: "segment \(hit.segment)", member: "records", offset: hit.document, reason: "\(error)")
    }
  }
}
