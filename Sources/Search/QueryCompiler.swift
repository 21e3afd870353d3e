internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex
internal import TextAnalysis

/// Statistics that every score needs, summed over all that is searched.
struct Statistics {
  var documents = 0
  var totalLength: UInt64 = 0
  var meanLength: Double { documents == 0 ? 1 : max(Double(totalLength) / Double(documents), 1e-9) }
}

/// The terms that one word or phrase of a query became, with their weight.
struct AnalysedWords {
  /// Terms (with their field byte) and their offsets from the first.
  var terms: [(key: [UInt8], offset: Int)]
  /// Of the terms, summed.
  var idf = 0.0
}

/// Turns a query tree into iterators over one segment after another. Words are analysed and weighed once.
final class QueryCompiler {
  private var analyzer: Analyzer
  private let segments: [Segment]
  private let statistics: Statistics
  private let norms: LengthNorms
  private var analysed: [String: AnalysedWords] = [:]

  init(segments: [Segment], analyzer: AnalyzerSettings) {
    self.analyzer = Analyzer(analyzer)
    self.segments = segments
    var statistics = Statistics()
    for segment in segments {
      statistics.documents += segment.header.documents
      statistics.totalLength &+= segment.header.totalLength
    }
    self.statistics = statistics
    norms = LengthNorms(mean: statistics.meanLength)
  }

  /// The matches of `node` in `segment`; `scores` asks for BM25.
  func iterator(_ node: QueryNode, _ segment: Segment, scores: Bool) throws -> DocIterator {
    switch node {
    case .all: return RangeIterator(0..<segment.documentCount)
    case .word(let text, _), .phrase(let text, _): return try words(text, segment, scores)
    case .prefix(let text, _): return try prefix(text, segment)
    case .field(let field, let value, _): return try term(fieldKey(field, value), segment, scorer: nil)
    case .fieldID(let field, let id, _): return try term(idKey(field, id), segment, scorer: nil)
    case .fieldWords(let fields, let value, _): return try fieldWords(fields, value, segment)
    case .flag(let flag, _):
      return try term([TermField.flag.rawValue] + Array(flag.name.description.utf8), segment, scorer: nil)
    case .range(let field, let range, _): return try rangeIterator(field, range, segment)
    case .or(let parts): return OrIterator(try parts.map { try iterator($0, segment, scores: scores) })
    case .not: return try conjunction([node], segment, scores)
    case .and(let parts): return try conjunction(parts, segment, scores)
    }
  }

  private func conjunction(_ parts: [QueryNode], _ segment: Segment, _ scores: Bool) throws -> DocIterator {
    var positive: [DocIterator] = []
    var excluded: [DocIterator] = []
    var tests: [RangeTest] = []
    for part in parts {
      switch part {
      case .not(.range(let field, let range, _)) where field != .id:
        tests.append(RangeTest(field, range, segment, isNegated: true))
      case .not(let inner): excluded.append(try iterator(inner, segment, scores: false))
      case .range(let field, let range, _) where field != .id:
        tests.append(RangeTest(field, range, segment, isNegated: false))
      default: positive.append(try iterator(part, segment, scores: scores))
      }
    }
    let base: DocIterator =
      positive.isEmpty
      ? RangeIterator(0..<segment.documentCount) : positive.count == 1 ? positive[0] : AndIterator(positive)
    return excluded.isEmpty && tests.isEmpty ? base : FilterIterator(base, excluding: excluded, tests: tests)
  }

  // MARK: Terms

  private func term(_ key: [UInt8], _ segment: Segment, scorer: TermScorer?) throws -> DocIterator {
    guard let info = try segment.terms.find(key.span) else { return RangeIterator(0..<0) }
    let isText = key.first == TermField.text.rawValue
    return TermIterator(try PostingsCursor(segment, info, hasCounts: isText), scorer: scorer)
  }

  private func fieldKey(_ field: TermField, _ value: String) -> [UInt8] {
    var folded = ByteBuffer()
    if field == .language {
      folded.append(string: value.lowercased())
    } else {
      let bytes = Array(value.utf8)
      analyzer.fold(bytes.span, into: &folded)
    }
    return [field.rawValue] + folded.span.array
  }

  private func idKey(_ field: TermField, _ id: UInt64) -> [UInt8] {
    [field.rawValue] + (0..<8).map { UInt8(truncatingIfNeeded: id >> UInt64(56 - 8 * $0)) }
  }

  // The terms of a word or phrase, by the index's own analyzer.
  private func analyse(_ text: String) throws -> AnalysedWords {
    if let known = analysed[text] { return known }
    var tokens = TokenList()
    let bytes = Array(text.utf8)
    analyzer.words(of: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var words = AnalysedWords(terms: [])
    var last: Int32 = -1
    for index in 0..<tokens.count {
      let token = tokens.tokens[index]
      if token.position == last { continue }
      last = token.position
      words.terms.append(([TermField.text.rawValue] + tokens.term(index).array, Int(token.position)))
    }
    for term in words.terms {
      var df = 0
      for segment in segments { df += try segment.terms.find(term.key.span)?.documents ?? 0 }
      words.idf += BM25.idf(df: df, n: statistics.documents)
    }
    analysed[text] = words
    return words
  }

  private func words(_ text: String, _ segment: Segment, _ scores: Bool) throws -> DocIterator {
    let words = try analyse(text)
    // What holds no word (punctuation, say) restricts nothing.
    if words.terms.isEmpty { return RangeIterator(0..<segment.documentCount) }
    let scorer =
      scores ? TermScorer(idf: words.idf, norms: norms, segment: segment) : nil
    if words.terms.count == 1 { return try term(words.terms[0].key, segment, scorer: scorer) }
    var parts: [PhraseIterator.Part] = []
    for term in words.terms {
      guard let info = try segment.terms.find(term.key.span) else { return RangeIterator(0..<0) }
      parts.append(try PhraseIterator.Part(segment, info, offset: term.offset))
    }
    return PhraseIterator(parts, scorer: scorer)
  }

  private func prefix(_ text: String, _ segment: Segment) throws -> DocIterator {
    var folded = ByteBuffer()
    folded.append(TermField.text.rawValue)
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &folded)
    let start = folded.span.array
    var cursor = try TermCursor.seek(segment.terms, to: start.span)
    var parts: [DocIterator] = []
    while try cursor.next(), cursor.term.commonPrefix(with: start.span) == start.count {
      parts.append(TermIterator(try PostingsCursor(segment, cursor.info, hasCounts: true), scorer: nil))
    }
    return parts.isEmpty ? RangeIterator(0..<0) : try DocumentSet.union(parts, count: segment.documentCount)
  }

  private func fieldWords(_ fields: [TermField], _ value: String, _ segment: Segment) throws -> DocIterator {
    var tokens = TokenList()
    let bytes = Array(value.utf8)
    analyzer.words(of: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var parts: [DocIterator] = []
    var last: Int32 = -1
    for index in 0..<tokens.count where tokens.tokens[index].position != last {
      last = tokens.tokens[index].position
      let word = tokens.term(index).array
      parts.append(OrIterator(try fields.map { try term([$0.rawValue] + word, segment, scorer: nil) }))
    }
    return parts.isEmpty ? RangeIterator(0..<0) : AndIterator(parts)
  }

  // MARK: Ranges

  private func rangeIterator(_ field: NumberField, _ range: ClosedRange<Int64>, _ segment: Segment) throws
    -> DocIterator
  {
    if field == .id { return RangeIterator(try documents(range, segment)) }
    return FilterIterator(
      RangeIterator(0..<segment.documentCount), excluding: [],
      tests: [RangeTest(field, range, segment, isNegated: false)])
  }

  // Ids fall along the documents, so a range of ids is a range of documents.
  private func documents(_ ids: ClosedRange<Int64>, _ segment: Segment) throws(SegmentError) -> Range<Int> {
    func first(below bound: Int64, including: Bool) throws(SegmentError) -> Int {
      var low = 0
      var high = segment.documentCount
      while low < high {
        let middle = (low + high) / 2
        let id = Int64(clamping: try segment.id(middle))
        if including ? id > bound : id >= bound { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = try first(below: ids.upperBound, including: true)
    let end = try first(below: ids.lowerBound, including: false)
    return start..<max(start, end)
  }
}
