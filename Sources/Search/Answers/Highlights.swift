public import QueryGrammar
internal import Bytes
public import Records
internal import SearchIndex
internal import TextAnalysis

/// A part of a text that a query asked for.
public struct Highlight: Equatable, Sendable {
  /// Bytes of the text; whole characters as readers see them.
  public var bytes: Range<Int>
  /// The same in code points, which is how tweets count.
  public var codePoints: Range<Int>
}

/// Finds in texts what a query asked for, by the analysis that found the tweets. One a thread.
///
/// Words, phrases, beginnings and entities that are not negated are marked; whole characters always, so that no accent or
/// emoji is cut. Other clauses (time, place, numbers) mark nothing.
public struct Highlighter: ~Copyable {
  private var analyzer: Analyzer
  private var phrases: [[[UInt8]]] = []
  private var words: Set<[UInt8]> = []
  private var prefixes: [[UInt8]] = []
  private var tokens = TokenList()
  private var ranges: [Range<Int>] = []

  /// For the hits of `query`.
  public init(_ query: QueryNode, in searcher: Searcher) {
    analyzer = Analyzer(searcher.settings)
    add(query)
  }

  private mutating func add(_ node: QueryNode) {
    switch node {
    case .and(let parts), .or(let parts): for part in parts { add(part) }
    case .word(let text, _): add(phrase: text)
    case .phrase(let text, let slop, _):
      if slop == 0 && !text.utf8.contains(UInt8(ascii: "*")) { return add(phrase: text) }
      // Where words may stand apart each is marked by itself.
      for word in text.split(whereSeparator: \.isWhitespace) where word != "*" {
        if word.last == "*" {
          prefixes.append(fold(String(word.dropLast())))
        } else {
          add(phrase: String(word))
        }
      }
    case .prefix(let text, _): prefixes.append(fold(text))
    case .field(.hashtag, let value, _): words.insert([0x23] + fold(value))
    case .field(.cashtag, let value, _): words.insert([0x24] + fold(value))
    case .field(.mention, let value, _): words.insert([0x40] + fold(value))
    default: break
    }
  }

  private mutating func fold(_ text: String) -> [UInt8] {
    var folded = ByteBuffer()
    let bytes = Array(text.utf8)
    analyzer.fold(bytes.span, into: &folded)
    return folded.span.array
  }

  private mutating func add(phrase text: String) {
    let bytes = Array(text.utf8)
    analyzer.words(of: bytes.span, language: bytes.span.extracting(0..<0), into: &tokens)
    var phrase: [[UInt8]] = []
    var last: Int32 = -1
    for index in 0..<tokens.count where tokens.tokens[index].position != last {
      last = tokens.tokens[index].position
      phrase.append(tokens.term(index).array)
    }
    if phrase.count == 1 { words.insert(phrase[0]) } else if phrase.count > 1 { phrases.append(phrase) }
  }

  /// The parts of a tweet's text to mark, in order, none touching another. - Complexity: O(text), with allocations.
  public mutating func highlights(_ tweet: borrowing Tweet) -> [Highlight] {
    if words.isEmpty && phrases.isEmpty && prefixes.isEmpty { return [] }
    let text = tweet.bytes(tweet.text)
    analyzer.analyze(
      text: text, language: tweet.bytes(tweet.lang), links: tweet.urls, arena: tweet.arena.span,
      into: &tokens,
      ranges: &ranges)
    var marked = marks()
    if marked.isEmpty { return [] }
    marked.sort {
      $0.lowerBound != $1.lowerBound ? $0.lowerBound < $1.lowerBound : $0.upperBound < $1.upperBound
    }
    return Self.whole(marked, text.text)
  }

  private func marks() -> [Range<Int>] {
    // The terms of each position, with the bytes they come from.
    var positions: [[(term: [UInt8], range: Range<Int>)]] = []
    for index in 0..<min(tokens.count, ranges.count) {
      let position = Int(tokens.tokens[index].position)
      while positions.count <= position { positions.append([]) }
      positions[position].append((tokens.term(index).array, ranges[index]))
    }
    var marked: [Range<Int>] = []
    for (place, terms) in positions.enumerated() {
      for (term, range) in terms
      where words.contains(term) || prefixes.contains(where: { term.starts(with: $0) }) {
        marked.append(range)
      }
      for phrase in phrases where place + phrase.count <= positions.count {
        let found = phrase.indices.compactMap { step in
          positions[place + step].first { $0.term == phrase[step] }?.range
        }
        if found.count == phrase.count { marked += found }
      }
    }
    return marked
  }

  // Widened to whole characters, and those that touch made one.
  private static func whole(_ marked: [Range<Int>], _ text: String) -> [Highlight] {
    var highlights: [Highlight] = []
    var byte = 0
    var point = 0
    var next = 0
    for character in text {
      let end = byte + character.utf8.count
      let endPoint = point + character.unicodeScalars.count
      while next < marked.count, marked[next].upperBound <= byte { next += 1 }
      // Ranges may lie in one another: any that reaches into the character marks it.
      var isMarked = false
      var place = next
      while place < marked.count, marked[place].lowerBound < end {
        if marked[place].upperBound > byte { isMarked = true }
        place += 1
      }
      if isMarked {
        if let last = highlights.indices.last, highlights[last].bytes.upperBound == byte {
          highlights[last].bytes = highlights[last].bytes.lowerBound..<end
          highlights[last].codePoints = highlights[last].codePoints.lowerBound..<endPoint
        } else {
          highlights.append(Highlight(bytes: byte..<end, codePoints: point..<endPoint))
        }
      }
      byte = end
      point = endPoint
    }
    return highlights
  }
}
