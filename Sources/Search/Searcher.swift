internal import Bytes
internal import Commits
public import QueryGrammar
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
  let segments: [(folder: Int, segment: Int, reader: LiveSegment)]
  let compiler: QueryCompiler
  private var stored = StoredRecords()
  /// Whether flat queries are ranked run by run; tests compare that with a walk along iterators.
  var ranksRuns = true
  // Unpacked lengths, by segment.
  private var lengths: [LengthBox]

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
    lengths = segments.map { _ in LengthBox() }
    compiler = QueryCompiler(segments: segments.map(\.reader.segment), analyzer: settings)
    compiler.live = segments.map(\.reader)
  }

  /// The best `limit` hits in order.
  ///
  /// - Complexity: for relevance, blocks of postings whose scores cannot reach the hits kept are passed over unread; for
  ///   the newest first, each segment is left when it can bring no newer hit; other orders look at every match.
  public func search(_ query: QueryNode, sort: SortOrder = .relevance, limit: Int) throws -> [Hit] {
    var top = TopHits(limit: limit, order: HitOrder(isOldestFirst: sort == .oldest))
    if limit == 0 { return [] }
    for (index, (folder, number, live)) in segments.enumerated() {
      let matches = try compiler.iterator(query, live.segment, scores: sort == .relevance)
      let place = (folder, number, live)
      switch sort {
      case .relevance:
        if ranksRuns, let flat = FlatQuery(matches) {
          try rank(flat, place, lengths[index], &top, limit: limit)
        } else {
          try rank(matches, place, &top)
        }
      case .latest: try newest(matches, place, &top)
      default: try all(matches, place, sort, &top)
      }
    }
    return top.sorted()
  }

  private typealias Place = (folder: Int, segment: Int, reader: LiveSegment)

  private func hit(_ document: Int, _ place: Place, key: Double, score: Double) throws(SegmentError) -> Hit {
    Hit(
      id: try place.reader.segment.id(document), key: key, score: score, folder: place.folder,
      segment: place.segment, document: document)
  }

  // By score. Documents come newest first, so a later one of equal score never displaces one of the same segment.
  private func rank(_ matches: DocIterator, _ place: Place, _ top: inout TopHits) throws {
    let segment = place.reader.segment
    var target = 0
    while true {
      let minimum = top.minimum(
        from: target, folder: place.folder, segment: place.segment, greatestID: segment.header.greatestID)
      try matches.advance(to: target, above: minimum)
      let document = matches.document
      if document == DocIterator.end { return }
      target = document + 1
      guard place.reader.isLive(document) else { continue }
      let score = try matches.score()
      if score < minimum { continue }
      guard try isShown(place.folder, segment, document) else { continue }
      top.offer(try hit(document, place, key: score, score: score))
    }
  }

  private func rank(
    _ flat: FlatQuery, _ place: Place, _ box: LengthBox, _ top: inout TopHits, limit: Int
  ) throws {
    let segment = place.reader.segment
    var search = try flat.search(box.bytes.take() ?? LengthBytes(segment))
    let isLast = place.folder == readers.count - 1
    var sink = RankSink(
      top, folder: place.folder, segment: place.segment, place.reader,
      isShown: isLast
        ? nil
        : { document throws(SegmentError) in try self.isShown(place.folder, segment, document) })
    try search.search(&sink, limit: limit)
    top = sink.top
    box.bytes = search.finish()
  }

  private func newest(_ matches: DocIterator, _ place: Place, _ top: inout TopHits) throws {
    try matches.next()
    while matches.document != DocIterator.end {
      let document = matches.document
      let candidate = try hit(document, place, key: 0, score: 0)
      if !top.wants(candidate) { return }
      if place.reader.isLive(document), try isShown(place.folder, place.reader.segment, document) {
        top.offer(candidate)
      }
      try matches.next()
    }
  }

  private func all(_ matches: DocIterator, _ place: Place, _ sort: SortOrder, _ top: inout TopHits) throws {
    let segment = place.reader.segment
    let column = segment.column(sort == .retweets ? .retweets : .likes)
    try matches.next()
    while matches.document != DocIterator.end {
      let document = matches.document
      if place.reader.isLive(document), try isShown(place.folder, segment, document) {
        let key = sort == .oldest ? 0 : Double(max(ColumnCount.count(try column.value(document)), 0))
        top.offer(try hit(document, place, key: key, score: 0))
      }
      try matches.next()
    }
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

  // Of a tweet in several folders only the later folder's is shown.
  func isShown(_ folder: Int, _ segment: Segment, _ document: Int) throws(SegmentError) -> Bool {
    if folder == readers.count - 1 { return true }
    let id = try segment.id(document)
    for later in readers[(folder + 1)...] {
      for live in later.segments {
        if let twin = try live.segment.document(id), live.isLive(twin) { return false }
      }
    }
    return true
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
    do {
      try stored.read(hit.document, of: segment, into: &tweet)
      try segments.map(\.reader).hideDeletedQuote(&tweet)
    } catch let error as DecodeError {
      throw SegmentError.corrupt(
        file: "segment \(hit.segment)", member: "records", offset: hit.document, reason: "\(error)")
    }
  }
}
