internal import Bytes
internal import Commits
internal import SearchIndex
internal import TextAnalysis

extension Searcher {
  /// The `limit` best completions of the last word of `typed`: words, hashtags and accounts, or only one kind of them after
  /// `#`, `$` or `@`. What begins as typed comes first; where that leaves room, what does with one typo.
  ///
  /// - Complexity: 10 ns a block of 32 terms that begin so, and the frequent ones' newest tweets; a typo costs some hundred
  ///   look-ups in each segment.
  public func suggest(_ typed: String, limit: Int) throws -> [Suggestion] {
    var suggester = Suggester(self, limit: limit)
    return try suggester.suggest(typed)
  }
}

/// Walks the beginnings of three fields of the dictionary.
struct Suggester: ~Copyable {
  private let searcher: Searcher
  private let segments: [Segment]
  private let newestTime: Int64
  private var analyzer: Analyzer
  private var top: TopSuggestions

  init(_ searcher: Searcher, limit: Int) {
    self.searcher = searcher
    segments = searcher.segments.map(\.reader.segment)
    newestTime = searcher.newestTime
    analyzer = Analyzer(searcher.settings)
    top = TopSuggestions(limit: limit)
  }

  private static let fields: [(kind: Suggestion.Kind, field: TermField, sign: String)] = [
    (.term, .text, ""), (.hashtag, .hashtag, "#"), (.cashtag, .cashtag, "$"), (.user, .author, "@"),
  ]

  mutating func suggest(_ typed: String) throws -> [Suggestion] {
    let word = typed.split { $0.isWhitespace }.last.map(String.init) ?? ""
    let sign = Self.fields.first { !$0.sign.isEmpty && word.hasPrefix($0.sign) }?.sign ?? ""
    let start = fold(String(word.dropFirst(sign.count)))
    // Cashtags are words in capitals; only who types the sign means them.
    let kinds = Self.fields.filter { sign.isEmpty ? $0.kind != .cashtag : $0.sign == sign }
    try add(kinds.map { ($0.kind, $0.field, start) }, isCorrected: false, but: nil)
    if !top.isFull {
      var corrected: [Beginning] = []
      for kind in kinds {
        let variants = try TypoVariants.beginnings(of: start, field: kind.field.rawValue, in: segments)
        corrected += variants.map { (kind.kind, kind.field, $0) }
      }
      try add(corrected, isCorrected: true, but: start)
    }
    return top.kept
  }

  private typealias Beginning = (kind: Suggestion.Kind, field: TermField, start: [UInt8])

  private mutating func fold(_ text: String) -> [UInt8] {
    var folded = ByteBuffer()
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &folded)
    return folded.span.array
  }

  // A weight's factor is at most 1: a term of fewer tweets than the last one's score needs no look at its list.
  private mutating func add(_ beginnings: [Beginning], isCorrected: Bool, but exact: [UInt8]?) throws {
    guard let least = top.least(isCorrected: isCorrected) else { return }
    let terms = FrequentTerms(
      segments, beginnings.map { [$0.field.rawValue] + $0.start }, size: FrequentTerms.pool(top.limit)
    ) { number, term in
      // Tags and names stand in texts with their sign too; they come from their own fields.
      let isSigned = beginnings[number].kind == .term && [0x23, 0x24, 0x40].contains(term.first)
      return !isSigned && !(exact.map { term.starts(with: $0) } ?? false)
    }
    try terms.each(least: least) { number, visit in
      let (kind, field, _) = beginnings[number]
      let least = top.leastScore(isCorrected: isCorrected)
      let bound = least > 0 ? try searcher.newestBound(visit.lists, field) : .max
      if Suggestion.mayReach(least, visit.documents, newest: bound, now: newestTime),
        let newest = try searcher.newestLive(visit.lists, field)
      {
        let score = Suggestion.score(visit.documents, newest: newest.time, now: newestTime)
        if score >= least {
          top.offer(
            Suggestion(
              kind: kind, text: try text(kind, visit.term, newest.hit), count: visit.documents,
              newest: newest.time, score: score, isCorrected: isCorrected))
        }
      }
      return top.least(isCorrected: isCorrected)
    }
  }

  private mutating func text(_ kind: Suggestion.Kind, _ term: [UInt8], _ hit: Hit) throws -> String {
    let folded = term.span.text
    switch kind {
    case .term: return folded
    case .hashtag: return "#" + folded
    case .cashtag: return "$" + folded
    // As the account writes itself, unless it bears another name today.
    case .user:
      let handle = try searcher.handle(of: hit)
      return "@" + (fold(handle) == term ? handle : folded)
    }
  }
}
