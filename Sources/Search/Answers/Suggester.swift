internal import Bytes
internal import Commits
internal import SearchIndex
internal import TextAnalysis

extension Searcher {
  /// The `limit` best completions of the last word of `typed`: words, hashtags and accounts, or only one kind of them after
  /// `#`, `$` or `@`. What begins as typed comes first; where that leaves room, what does with one typo.
  ///
  /// - Complexity: O(terms that begin so), 60 ns each; a typo costs some hundred look-ups in each segment.
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
    for kind in kinds { try add(kind.kind, kind.field, start, isCorrected: false, but: nil) }
    if !top.isFull {
      for kind in kinds {
        for variant in try TypoVariants.beginnings(of: start, field: kind.field.rawValue, in: segments) {
          try add(kind.kind, kind.field, variant, isCorrected: true, but: start)
        }
      }
    }
    return top.kept
  }

  private mutating func fold(_ text: String) -> [UInt8] {
    var folded = ByteBuffer()
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &folded)
    return folded.span.array
  }

  private mutating func add(
    _ kind: Suggestion.Kind, _ field: TermField, _ start: [UInt8], isCorrected: Bool, but exact: [UInt8]?
  ) throws {
    guard let least = top.least(isCorrected: isCorrected) else { return }
    try MergedTerms.each(segments, prefix: [field.rawValue] + start, least: least) { visit in
      let term = visit.term
      // Tags and names stand in texts with their sign too; they come from their own fields.
      let isSigned = kind == .term && [0x23, 0x24, 0x40].contains(term.first)
      if !isSigned, !(exact.map { term.starts(with: $0) } ?? false),
        let newest = try searcher.newestLive(visit.lists, field)
      {
        let text = try text(kind, term, newest.hit)
        let age = max(Double(newestTime) - Double(newest.time), 0)
        let score = Double(visit.documents) * PowersOfTwo.power(-age / Double(Suggestion.halfLife))
        top.offer(
          Suggestion(
            kind: kind, text: text, count: visit.documents, newest: newest.time, score: score,
            isCorrected: isCorrected))
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

extension Searcher {
  // The live document with the greatest id in a term's lists. Documents come newest first.
  func newestLive(_ lists: [(segment: Int, info: TermInfo)], _ field: TermField) throws(SegmentError)
    -> (hit: Hit, time: Int64)?
  {
    var best: (hit: Hit, time: Int64)?
    for (number, info) in lists {
      let place = segments[number]
      let segment = place.reader.segment
      var list = try PostingsCursor(segment, info, hasCounts: field.hasPositions)
      try list.next()
      while list.document != PostingsCursor.end, !place.reader.isLive(list.document) { try list.next() }
      if list.document == PostingsCursor.end { continue }
      let hit = try hit(list.document, place, key: 0, score: 0)
      if hit.id >= best?.hit.id ?? 0 { best = (hit, try segment.time(list.document)) }
    }
    return best
  }

  // The author's handle as its newest tweet of the segment writes it; empty where there is none.
  func handle(of hit: Hit) throws(SegmentError) -> String {
    let segment = readers[hit.folder].segments[hit.segment].segment
    let number = Int(try segment.column(.users).value(hit.document))
    if number <= 0 { return "" }
    let table = segment.userTable
    let bytes = try table.string(number - 1)
    return bytes.extracting(min(8, bytes.count)..<bytes.count).text
  }
}
