internal import Bytes
internal import Commits
public import QueryGrammar
public import Records
public import SearchIndex
internal import TextAnalysis

/// The order of hits.
public enum SortOrder: String, CaseIterable, Sendable {
  /// By BM25, times recency and engagement where they are weighed.
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
  let readers: [IndexReader]
  let segments: [Place]
  let compiler: QueryCompiler
  let settings: AnalyzerSettings
  private var stored = StoredRecords()
  /// Whether flat queries are ranked run by run; tests compare that with a walk along iterators.
  var ranksRuns = true
  /// Whether segments that cannot match are passed over; tests compare that with a search of all.
  var prunesSegments = true
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
    self.settings = settings
    lengths = segments.map { _ in LengthBox() }
    compiler = QueryCompiler(segments: segments.map(\.reader.segment), analyzer: settings)
    compiler.live = segments.map(\.reader)
  }

  /// The best `limit` hits in order.
  ///
  /// - Complexity: for relevance, blocks of postings whose scores cannot reach the hits kept are passed over unread; for
  ///   the newest and the oldest, each segment is left when it can bring no more; other orders look at every match.
  public func search(_ query: QueryNode, sort: SortOrder = .relevance, limit: Int) throws -> [Hit] {
    try search(query, Ranking(sort), limit: limit)
  }

  /// The best `limit` hits by `ranking`; with `after`, of those behind that one. - Complexity: as above; with weights also
  /// 0.3 ms a million documents, to bound what they may lift.
  public func search(_ query: QueryNode, _ ranking: Ranking, limit: Int, after: Hit? = nil) throws -> [Hit] {
    var top = TopHits(
      limit: limit, order: HitOrder(isOldestFirst: ranking.sort == .oldest), after: after)
    if limit == 0 { return [] }
    for (index, place) in segments.enumerated() {
      if try skips(query, place) { continue }
      let matches = try compiler.iterator(query, place.reader.segment, scores: ranking.sort == .relevance)
      switch ranking.sort {
      case .relevance:
        let boost = try boost(ranking, place.reader.segment)
        if boost == nil, ranksRuns, let flat = FlatQuery(matches) {
          try rank(flat, place, lengths[index], &top, limit: limit)
        } else {
          try rank(matches, place, boost, &top)
        }
      case .latest: try newest(matches, place, after?.id, &top)
      case .oldest: try oldest(query, place, after?.id, &top)
      case .likes, .retweets:
        let member: SegmentFormat.Member = ranking.sort == .likes ? .likes : .retweets
        if let raised = place.reader.segment.raisedColumn(member) {
          try all(matches, place, raised, &top)
        } else {
          try all(matches, place, place.reader.segment.column(member), &top)
        }
      }
    }
    return top.sorted()
  }

  typealias Place = (folder: Int, segment: Int, reader: LiveSegment)

  func hit(_ document: Int, _ place: Place, key: Double, score: Double) throws(SegmentError) -> Hit {
    Hit(
      id: try place.reader.segment.id(document), key: key, score: score, folder: place.folder,
      segment: place.segment, document: document)
  }

  // By score. Documents come newest first, so a later one of equal score never displaces one of the same segment.
  private func rank(_ matches: DocIterator, _ place: Place, _ boost: SegmentBoost?, _ top: inout TopHits)
    throws
  {
    let segment = place.reader.segment
    var target = 0
    while true {
      let minimum = top.minimum(
        from: target, folder: place.folder, segment: place.segment, greatestID: segment.header.greatestID)
      try matches.advance(to: target, above: boost?.relevance(for: minimum, from: target) ?? minimum)
      let document = matches.document
      if document == DocIterator.end { return }
      target = document + 1
      if minimum > 0,
        let next = try boost?.next(behind: document, reaching: minimum, matches.bound(from: document))
      {
        target = next
        continue
      }
      guard place.reader.isLive(document) else { continue }
      var score = try matches.score()
      if let boost { score *= try boost.factor(document) }
      if score < minimum { continue }
      guard try isShown(place.folder, segment, document) else { continue }
      top.offer(try hit(document, place, key: score, score: score))
    }
  }

  private func rank(
    _ flat: FlatQuery, _ place: Place, _ box: LengthBox, _ top: inout TopHits, limit: Int
  ) throws {
    let segment = place.reader.segment
    var search = try flat.search(try box.bytes.take() ?? LengthBytes(segment))
    let isLast = place.folder == readers.count - 1
    var sink = RankSink(
      top, folder: place.folder, segment: place.segment, place.reader,
      isShown: isLast
        ? nil
        : { document throws(SegmentError) in try self.isShown(place.folder, segment, document) })
    try search.search(&sink, limit: limit)
    top = try sink.all()
    box.bytes = search.finish()
  }

  private func newest(
    _ matches: DocIterator, _ place: Place, _ before: UInt64?, _ top: inout TopHits
  ) throws {
    // What the pages before showed is not walked through again.
    try matches.advance(to: try before.map { try place.reader.segment.firstDocument(below: $0) } ?? 0)
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

  // From the segment's end, where its oldest tweets lie, in pieces that grow, until none can be among the hits.
  private func oldest(_ query: QueryNode, _ place: Place, _ before: UInt64?, _ top: inout TopHits) throws {
    let segment = place.reader.segment
    var end = try before.map { try segment.firstDocument(below: $0 + 1) } ?? segment.documentCount
    var piece = Self.firstPiece
    while end > 0, top.wants(try hit(end - 1, place, key: 0, score: 0)) {
      let start = max(end - piece, 0)
      let matches = try compiler.iterator(query, segment, scores: false)
      try matches.advance(to: start)
      while matches.document < end {
        let document = matches.document
        if place.reader.isLive(document), try isShown(place.folder, segment, document) {
          top.offer(try hit(document, place, key: 0, score: 0))
        }
        try matches.next()
      }
      end = start
      piece *= 4
    }
  }

  // Documents that are looked at first for the oldest.
  private static let firstPiece = 4096

  private func all<Counts: HitCounts>(
    _ matches: DocIterator, _ place: Place, _ counts: Counts, _ top: inout TopHits
  ) throws {
    let segment = place.reader.segment
    try matches.next()
    while matches.document != DocIterator.end {
      let document = matches.document
      if place.reader.isLive(document), try isShown(place.folder, segment, document) {
        let key = Double(max(ColumnCount.count(try counts.value(document)), 0))
        let found = try hit(document, place, key: key, score: 0)
        // Few are: the rest of `offer` is a call.
        if top.wants(found) { top.offer(found) }
      }
      try matches.next()
    }
  }

  /// How many tweets match.
  public func count(_ query: QueryNode) throws -> Int {
    var total = 0
    for place in segments {
      let (folder, _, live) = place
      if try skips(query, place) { continue }
      if query == .all && live.dead == nil && folder == readers.count - 1 {
        total += live.segment.documentCount
        continue
      }
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
    try stored.read(
      hit.document, of: readers[hit.folder].segments[hit.segment].segment, into: &tweet)
    try segments.map(\.reader).hideDeletedQuote(&tweet)
  }
}

/// What hits are ordered by, as columns store counts.
private protocol HitCounts {
  func value(_ document: Int) throws(SegmentError) -> Int64
}

extension PackedColumnReader: HitCounts {}
extension RaisedColumn: HitCounts {}
