public import Records

/// Every step for one text, for people: `tokenize --explain`.
extension Analyzer {
  /// Lines that say which entities were found, how the rest was cut and folded, and which terms stand where.
  /// - Parameters:
  ///   - language: the tweet's `lang`; may be empty.
  ///   - links: which written link leads where; ranges of `arena`.
  public mutating func explain(
    text: Span<UInt8>, language: Span<UInt8>, links: [Link], arena: Span<UInt8>
  ) -> [String] {
    var lines = ["analyzer \(identifier)"]
    lines.append("text: \(text.count) bytes, \(TextIndex.codePointCount(text)) code points")
    var tokens = TokenList()
    let steps = traced(text: text, language: language, links: links, arena: arena, into: &tokens)
    lines += steps
    for index in 0..<tokens.count {
      let position = tokens.tokens[index].position
      let isSame = index > 0 && tokens.tokens[index - 1].position == position
      let term = String(tokens.term(index))
      if isSame {
        lines[lines.count - 1] += " | " + term
      } else {
        lines.append("position \(position): \(term)")
      }
    }
    return lines
  }

  /// The same for a text whose links are not expanded.
  public mutating func explain(text: Span<UInt8>, language: Span<UInt8>) -> [String] {
    explain(text: text, language: language, links: [], arena: text)
  }
}

/// What is written down of one analysis.
struct Observation {
  /// A line for each segment.
  private(set) var steps: [String] = []
  /// For each term the bytes that it comes from.
  private(set) var ranges: [Range<Int>] = []

  /// The terms up to `count` that have no place yet come from `range`.
  mutating func locate(_ range: Range<Int>, count: Int) {
    while ranges.count < count { ranges.append(range) }
  }

  /// The bigrams of a run of three-byte letters.
  mutating func locateBigrams(_ start: Int, _ end: Int) {
    var at = start
    while at + 6 <= end {
      ranges.append(at..<at + 6)
      at += 3
    }
  }

  mutating func add(_ step: String) { steps.append(step) }
}

extension WordAnalysis {
  /// Writes down what became of a segment.
  @inline(never)
  mutating func observe(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ step: String, _ count: Int) {
    observation?.add("segment \(start)..<\(end) “\(String(text.extracting(start..<end)))”: \(step)")
    observation?.locate(start..<end, count: count)
  }
}
