internal import Bytes
internal import Commits
internal import QueryGrammar
internal import QueryMatching
internal import Records
internal import SearchIndex
internal import TextAnalysis

/// Statistics that every score needs, summed over all that is searched.
struct Statistics {
  var documents = 0
  var totalLength: UInt64 = 0
  var meanLength: Double { documents == 0 ? 1 : max(Double(totalLength) / Double(documents), 1e-9) }
}

/// Turns a query tree into iterators over one segment after another. Words are analysed and weighed once.
///
/// A clause that terms answer becomes an iterator; one that needs a look at each document (numbers, points, stored records)
/// a predicate, asked only of documents that the other clauses of its AND leave.
final class QueryCompiler {
  var analysis: QueryAnalysis
  let segments: [Segment]
  let statistics: Statistics
  let norms: LengthNorms
  var analysed: [String: AnalysedWords] = [:]
  var matchers: [String: RecordMatcher] = [:]
  let records = RecordSource()
  private var timeBlocks: [ObjectIdentifier: TimeBlocks] = [:]
  let settings: AnalyzerSettings
  /// Sets the time that `within_time:` is measured from.
  var givenNow: Int64?
  /// What the newest tweet is looked for in.
  var live: [LiveSegment] = []

  init(segments: [Segment], analyzer: AnalyzerSettings) {
    settings = analyzer
    analysis = QueryAnalysis(analyzer)
    self.segments = segments
    var statistics = Statistics()
    for segment in segments {
      statistics.documents += segment.header.documents
      statistics.totalLength &+= segment.header.totalLength
    }
    self.statistics = statistics
    norms = LengthNorms(mean: statistics.meanLength)
  }

  /// A matcher has an analyzer, 100 KB; a batch may have any number of queries.
  private static let mostMatchers = 32
  static let mostWords = 4096
  /// Of an OR of more, those without a score are put together.
  private static let mostIterators = 16

  /// Drops what is kept from query to query.
  func forget() {
    matchers.removeAll()
    analysed.removeAll()
  }

  /// The matches of `node` in `segment`; `scores` asks for BM25.
  func iterator(_ node: QueryNode, _ segment: Segment, scores: Bool) throws -> DocIterator {
    switch node {
    case .all: return RangeIterator(0..<segment.documentCount)
    case .word(let text, _): return try words(text, slop: 0, segment, scores)
    case .phrase(let text, let slop, _): return try words(text, slop: slop, segment, scores)
    case .prefix(let text, _): return try union(.prefix(analysis.folded(text)), segment)
    case .field(let field, let value, _): return try fieldValues(field, value, segment)
    case .fieldID(let field, let id, _) where field != .quoteUser:
      return try term(idKey(Self.termField(field), id), segment, scorer: nil)
    case .account(let role, let name, _): return try account(role, name, segment)
    case .words(.link, let value, _): return try linkWords(value, segment)
    case .words(.place, let value, _): return try placeWords(value, segment)
    case .property(let property, _) where property.flags != nil: return try flags(property, segment)
    case .range(.id, let range, _): return RangeIterator(try documents(range, segment))
    case .or(let parts): return try disjunction(parts, segment, scores)
    case .and(let parts): return try conjunction(parts, segment, scores)
    default: return try conjunction([node], segment, scores)
    }
  }

  // Long lists of accounts or ids become one set: an iterator of them all would ask each for every document.
  private func disjunction(_ parts: [QueryNode], _ segment: Segment, _ scores: Bool) throws -> DocIterator {
    var found: [DocIterator] = []
    var plain: [DocIterator] = []
    for part in parts {
      let matches = try iterator(part, segment, scores: scores)
      if parts.count > Self.mostIterators, !part.needsLook, !(scores && part.scores) {
        plain.append(matches)
      } else {
        found.append(matches)
      }
    }
    if !plain.isEmpty { found.append(try DocumentSet.union(plain, count: segment.documentCount)) }
    return found.count == 1 ? found[0] : OrIterator(found)
  }

  private func conjunction(_ parts: [QueryNode], _ segment: Segment, _ scores: Bool) throws -> DocIterator {
    var positive: [DocIterator] = []
    var excluded: [DocIterator] = []
    var ranges: [RangeTest] = []
    var predicates: [DocumentPredicate] = []
    var spans: DocumentSpans?
    for part in parts {
      switch part {
      case .range(.id, let range, _):
        let found = DocumentSpans(try documents(range, segment))
        spans = spans?.intersection(found) ?? found
      case .not(let inner):
        if let test = try range(inner, segment, isNegated: true) {
          ranges.append(test)
        } else if inner.needsLook {
          predicates.append(NotPredicate(try predicate(inner, segment, scores: false)))
        } else {
          excluded.append(try iterator(inner, segment, scores: false))
        }
      default:
        if let test = try range(part, segment, isNegated: false) {
          ranges.append(test)
        } else if part.isLook {
          let look = try look(part, segment)
          if let candidates = look.candidates { positive.append(candidates) }
          predicates.append(TestPredicate(look.test))
        } else if part.needsLook {
          predicates.append(try predicate(part, segment, scores: scores))
        } else {
          positive.append(try iterator(part, segment, scores: scores))
        }
      }
    }
    var base: DocIterator =
      positive.isEmpty
      ? RangeIterator(0..<segment.documentCount) : positive.count == 1 ? positive[0] : AndIterator(positive)
    // Of a few documents each is asked for its time.
    if base.cost > segment.blockCount / 16 {
      for test in ranges {
        guard let times = test.times else { continue }
        let found = try self.spans(times, segment)
        spans = spans?.intersection(found) ?? found
      }
    }
    if !excluded.isEmpty || !ranges.isEmpty || spans != nil {
      base = FilterIterator(base, excluding: excluded, tests: ranges, spans: spans)
    }
    return predicates.isEmpty ? base : PredicateIterator(base, predicates)
  }

  /// What is asked of documents one by one.
  private func predicate(_ node: QueryNode, _ segment: Segment, scores: Bool) throws -> DocumentPredicate {
    if !node.needsLook { return IteratorPredicate(try iterator(node, segment, scores: scores)) }
    switch node {
    case .and(let parts):
      return AndPredicate(try parts.map { try predicate($0, segment, scores: scores) })
    case .or(let parts):
      return OrPredicate(try parts.map { try predicate($0, segment, scores: scores) })
    case .not(let inner): return NotPredicate(try predicate(inner, segment, scores: false))
    default:
      if let test = try range(node, segment, isNegated: false) { return TestPredicate(test) }
      let look = try look(node, segment)
      guard let candidates = look.candidates else { return TestPredicate(look.test) }
      return AndPredicate([IteratorPredicate(candidates), TestPredicate(look.test)])
    }
  }

  // A range of a column.
  private func range(_ node: QueryNode, _ segment: Segment, isNegated: Bool) throws -> RangeTest? {
    switch node {
    case .range(let field, let range, _) where field != .id && !field.isOfAuthor:
      return RangeTest(field, range, segment, isNegated: isNegated)
    case .within(let length, _):
      let now = try now()
      return RangeTest(.time, (now - length)...now, segment, isNegated: isNegated)
    default: return nil
    }
  }

  // A leaf that must look at each document, and which documents alone can pass.
  private func look(_ node: QueryNode, _ segment: Segment) throws -> (
    candidates: DocIterator?, test: any DocumentTest
  ) {
    switch node {
    case .area(let area, _): return (try flag(.point, segment), AreaTest(area, segment))
    case .sample(let percent, _): return (nil, SampleTest(percent, segment))
    case .property(.engagement, _): return (nil, EngagementTest(segment))
    default:
      let test = RecordTest(matcher(node), records, segment)
      return (try node.flagOfCandidates.map { try flag($0, segment) }, test)
    }
  }

  private func matcher(_ node: QueryNode) -> RecordMatcher {
    let key = node.text
    if let known = matchers[key] { return known }
    if matchers.count >= Self.mostMatchers { matchers.removeAll() }
    let matcher = RecordMatcher(QueryMatcher(node, settings: settings))
    matchers[key] = matcher
    return matcher
  }

  /// The time that was given, else that of the tweet with the greatest id of those that live.
  func now() throws -> Int64 {
    if let givenNow { return givenNow }
    var newest: (id: UInt64, time: Int64)?
    for part in live {
      var document = 0
      while document < part.segment.documentCount, !part.isLive(document) { document += 1 }
      guard document < part.segment.documentCount else { continue }
      let id = try part.segment.id(document)
      if newest.map({ id >= $0.id }) ?? true { newest = (id, try part.segment.time(document)) }
    }
    // A damaged time must not overflow what is reckoned from it.
    let now = min(max(newest?.time ?? 0, Timestamp.range.lowerBound), Timestamp.range.upperBound)
    givenNow = now
    return now
  }

  private func spans(_ times: ClosedRange<Int64>, _ segment: Segment) throws -> DocumentSpans {
    let key = ObjectIdentifier(segment)
    let known = try timeBlocks[key] ?? TimeBlocks(segment)
    timeBlocks[key] = known
    return known.spans(times)
  }

  // Ids fall along the documents, so a range of ids is a range of documents.
  private func documents(_ ids: ClosedRange<Int64>, _ segment: Segment) throws(SegmentError) -> Range<Int> {
    // No id is negative.
    let start =
      ids.upperBound < 0
      ? segment.documentCount : try segment.firstDocument(below: UInt64(ids.upperBound) + 1)
    let end = try segment.firstDocument(below: UInt64(max(ids.lowerBound, 0)))
    return start..<max(start, end)
  }
}
