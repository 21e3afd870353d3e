public import QueryGrammar
internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex
internal import TextAnalysis

/// Takes the score of a hit apart, by asking each clause of the query for what it gives.
struct ScoreExplainer: ~Copyable {
  private let searcher: Searcher
  private let ranking: Ranking
  private let documents: Int
  private let meanLength: Double
  private var analyzer: Analyzer

  init(_ searcher: Searcher, _ ranking: Ranking) {
    self.searcher = searcher
    self.ranking = ranking
    documents = searcher.segments.reduce(0) { $0 + $1.reader.segment.header.documents }
    let positions = searcher.segments.reduce(UInt64(0)) { $0 &+ $1.reader.segment.header.totalLength }
    meanLength = documents == 0 ? 1 : max(Double(positions) / Double(documents), 1e-9)
    analyzer = Analyzer(searcher.settings)
  }

  /// The sums of a hit. - Complexity: a search of each clause's list for the document.
  mutating func explain(_ hit: Hit, _ query: QueryNode) throws -> ScoreExplanation {
    let segment = searcher.readers[hit.folder].segments[hit.segment].segment
    let length = try segment.lengths.value(hit.document)
    let part = try part(query, hit.document, segment, length)
    let bm25 = part?.score ?? 0
    var parts: [ScorePart] = []
    switch part {
    case .group(let inner, _): parts = inner
    case .some(let one): parts = [one]
    case nil: break
    }
    var explanation = ScoreExplanation(
      score: bm25, bm25: bm25, documents: documents, meanLength: meanLength, length: length, parts: parts)
    guard let boost = try searcher.boost(ranking, segment) else { return explanation }
    if ranking.weights.halfLife > 0 {
      let now = ranking.now ?? searcher.newestTime
      let (since, overflow) = now.subtractingReportingOverflow(try segment.time(hit.document))
      let age = overflow ? .max : max(since, 0)
      explanation.recency = (try boost.recency(hit.document), age)
    }
    if ranking.weights.engagement > 0 {
      explanation.engagement = (try boost.engagement(hit.document), try boost.total(hit.document))
    }
    explanation.score *= try boost.factor(hit.document)
    return explanation
  }

  // In the order in which the iterators sum: parts of an AND and of an OR as the query has them. Nil: scores nothing.
  private mutating func part(_ node: QueryNode, _ document: Int, _ segment: Segment, _ length: Int) throws
    -> ScorePart?
  {
    if case .not = node { return nil }
    let matches = try searcher.compiler.iterator(node, segment, scores: true)
    try matches.advance(to: document)
    guard matches.document == document else { return nil }
    switch node {
    case .and(let nodes), .or(let nodes):
      var parts: [ScorePart] = []
      for node in nodes { if let part = try part(node, document, segment, length) { parts.append(part) } }
      return parts.isEmpty ? nil : .group(parts, score: parts.reduce(0) { $0 + $1.score })
    default:
      let score = try matches.score()
      return score == 0 ? nil : .term(try term(node, score, length))
    }
  }

  // The frequency follows from the score: score = weight × tf / (tf + norm).
  private mutating func term(_ node: QueryNode, _ score: Double, _ length: Int) throws -> TermPart {
    let text = node.words.joined(separator: " ")
    var part = TermPart(text: text, terms: [], frequency: 1, idf: 0, score: score)
    var tokens = TokenList()
    let bytes = Array(text.utf8)
    analyzer.words(of: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var last: Int32 = -1
    for index in 0..<tokens.count where tokens.tokens[index].position != last {
      last = tokens.tokens[index].position
      let key = [TermField.text.rawValue] + tokens.term(index).array
      var df = 0
      for place in searcher.segments {
        df += try place.reader.segment.terms.find(key.span)?.documents ?? 0
      }
      let idf = BM25.idf(df: df, n: documents)
      part.terms.append((tokens.term(index).text, df, idf))
      part.idf += idf
    }
    let weight = part.idf * (BM25.k1 + 1)
    let norm = BM25.k1 * (1 - BM25.b + BM25.b * Double(length) / meanLength)
    if weight > score {
      part.frequency = max(Int(clamping: Int64((score * norm / (weight - score)).rounded())), 1)
    }
    return part
  }
}

extension Searcher {
  /// How the score of each hit comes about, for hits by relevance. - Complexity: a list of each clause a hit.
  public func explain(_ hits: [Hit], _ query: QueryNode, _ ranking: Ranking) throws -> [ScoreExplanation] {
    var explainer = ScoreExplainer(self, ranking)
    var explanations: [ScoreExplanation] = []
    for hit in hits { explanations.append(try explainer.explain(hit, query)) }
    return explanations
  }
}
