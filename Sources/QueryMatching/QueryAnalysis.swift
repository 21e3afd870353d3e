internal import Bytes
internal import Records
public import TextAnalysis

/// What stands at one place of a phrase.
public enum PhraseTerm: Equatable, Sendable {
  /// The term.
  case exact([UInt8])
  /// Any term that begins so.
  case prefix([UInt8])
  /// A character of Han, kana or Hangul: itself, or a pair that holds it.
  case half([UInt8])

  /// The least first byte of a pair.
  public static let leastLead: UInt8 = 0xE1

  /// Whether a term of a text is meant.
  public func matches(_ term: Span<UInt8>) -> Bool {
    switch self {
    case .exact(let wanted): return term.equals(wanted.span)
    case .prefix(let start):
      return term.count >= start.count && term.extracting(0..<start.count).equals(start.span)
    case .half(let character):
      if term.count < character.count || term.count > character.count + 4 { return false }
      if term.equals(character.span) { return true }
      return Self.isPair(term) && (begins(term, character) || ends(term, character))
    }
  }

  private func begins(_ term: Span<UInt8>, _ part: [UInt8]) -> Bool {
    term.extracting(0..<part.count).equals(part.span)
  }

  private func ends(_ term: Span<UInt8>, _ part: [UInt8]) -> Bool {
    term.extracting(term.count - part.count..<term.count).equals(part.span)
  }

  // Two code points, the first as high as these scripts lie (from U+1000 on).
  private static func isPair(_ term: Span<UInt8>) -> Bool {
    if term[0] < Self.leastLead { return false }
    var starts = 0
    for place in term.indices where term[place] & 0xC0 != 0x80 { starts += 1 }
    return starts == 2
  }
}

/// A word or phrase of a query as terms at places.
public struct PhrasePlan: Equatable, Sendable {
  /// Terms with their places, from 0, rising.
  public var parts: [(term: PhraseTerm, offset: Int)] = []
  /// How many moves the words may be from their places, in all.
  public var slop = 0

  /// Same terms, places and slop.
  public static func == (a: PhrasePlan, b: PhrasePlan) -> Bool {
    a.slop == b.slop && a.parts.map(\.offset) == b.parts.map(\.offset)
      && a.parts.map(\.term) == b.parts.map(\.term)
  }
}

/// Analyses the words of a query as texts are analysed: the one place that says which terms a query means.
public struct QueryAnalysis: ~Copyable {
  /// The analyzer, for the texts that are to be compared.
  public var analyzer: Analyzer
  private var tokens = TokenList()

  /// By an index's settings.
  public init(_ settings: AnalyzerSettings) { analyzer = Analyzer(settings) }

  /// NFKC, case and diacritics folded.
  public mutating func folded(_ text: String) -> [UInt8] {
    var out = ByteBuffer()
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &out)
    return out.span.array
  }

  /// The words themselves, without the bare forms and stems that texts have at the same position.
  public mutating func terms(of text: String) -> [[UInt8]] { analyse(text).map(\.term) }

  /// The words of a query for links.
  public mutating func linkTerms(of text: String) -> [LinkTerm] { terms(of: text).map { LinkTerm($0) } }

  /// The plan of what stood in quotes, or of a word.
  ///
  /// `*` between spaces is any one word, `pre*` a word that begins so; at the ends of a phrase `*` asks nothing. What holds
  /// no word gives no part.
  public mutating func plan(_ text: String, slop: Int) -> PhrasePlan {
    var plan = PhrasePlan(slop: slop)
    guard text.utf8.contains(UInt8(ascii: "*")) else {
      _ = add(text, at: 0, to: &plan)
      return plan
    }
    var offset = 0
    var run = ""
    for piece in text.split(whereSeparator: \.isWhitespace) {
      let stem = piece.prefix { $0 != "*" }
      guard piece.last == "*", stem.count < piece.count, piece[stem.endIndex...].allSatisfy({ $0 == "*" })
      else {
        run += (run.isEmpty ? "" : " ") + piece
        continue
      }
      offset += add(run, at: offset, to: &plan)
      run = ""
      if stem.isEmpty {
        offset += piece.count
      } else {
        let first = plan.parts.count
        offset += max(1, add(String(stem), at: offset, to: &plan))
        if plan.parts.count > first { plan.parts[plan.parts.count - 1].term.widen() }
      }
    }
    _ = add(run, at: offset, to: &plan)
    return plan
  }

  // The terms of `text` from a place on. - Returns: how many places it takes.
  private mutating func add(_ text: String, at offset: Int, to plan: inout PhrasePlan) -> Int {
    if text.isEmpty { return 0 }
    for (term, position) in analyse(text) {
      let isHalf = analyzer.isHalfOfPair(term.span)
      plan.parts.append((isHalf ? .half(term) : .exact(term), offset + position))
    }
    return tokens.length
  }

  private mutating func analyse(_ text: String) -> [(term: [UInt8], position: Int)] {
    let bytes = Array(text.utf8)
    analyzer.words(of: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var terms: [(term: [UInt8], position: Int)] = []
    var last: Int32 = -1
    for index in 0..<tokens.count where tokens.tokens[index].position != last {
      last = tokens.tokens[index].position
      terms.append((tokens.term(index).array, Int(last)))
    }
    return terms
  }
}

extension PhraseTerm {
  /// `pre` as `pre*`.
  fileprivate mutating func widen() {
    switch self {
    case .exact(let term), .prefix(let term), .half(let term): self = .prefix(term)
    }
  }
}
