internal import Bytes
internal import JSON
internal import Records
internal import Search
internal import ToolSupport

/// The record `hit`: rank, score, the tweet, and `highlights`: `{"start","end","text"}` with places in code points, as tweets
/// count them. With `--explain` also `explain`.
enum HitRecord {
  static func write(
    _ rank: Int, _ hit: Hit, _ tweet: borrowing Tweet, _ marks: [Highlight], _ explanation: ScoreExplanation?,
    to line: inout ByteBuffer
  ) {
    line.append("{\"type\":\"hit\",\"rank\":")
    line.append(decimal: UInt64(rank))
    line.append(",\"score\":")
    line.append(number: hit.score)
    line.append(",\"tweet\":")
    TweetWriter.write(tweet, to: &line)
    // The record ends with a newline; the object goes on.
    line.truncate(to: line.count - 1)
    if !marks.isEmpty {
      let text = tweet.bytes(tweet.text)
      for (place, mark) in marks.enumerated() {
        line.append(place == 0 ? ",\"highlights\":[{\"start\":" : ",{\"start\":")
        line.append(decimal: UInt64(mark.codePoints.lowerBound))
        line.append(",\"end\":")
        line.append(decimal: UInt64(mark.codePoints.upperBound))
        line.append(",\"text\":")
        line.append(jsonString: text.extracting(mark.bytes))
        line.append("}")
      }
      line.append("]")
    }
    if let explanation { write(explanation, to: &line) }
    line.append("}\n")
  }

  private static func write(_ explanation: ScoreExplanation, to line: inout ByteBuffer) {
    line.append(",\"explain\":{\"score\":")
    line.append(number: explanation.score)
    line.append(",\"bm25\":")
    line.append(number: explanation.bm25)
    if let recency = explanation.recency {
      line.append(",\"recency\":")
      line.append(number: recency.factor)
      line.append(",\"age_seconds\":")
      line.append(number: Double(recency.age) / 1000)
    }
    if let engagement = explanation.engagement {
      line.append(",\"engagement\":")
      line.append(number: engagement.factor)
      line.append(",\"engagements\":")
      line.append(number: engagement.total)
    }
    line.append(",\"documents\":")
    line.append(decimal: UInt64(explanation.documents))
    line.append(",\"length\":")
    line.append(decimal: UInt64(explanation.length))
    line.append(",\"mean_length\":")
    line.append(number: explanation.meanLength)
    line.append(",\"clauses\":")
    write(explanation.parts, to: &line)
    line.append("}")
  }

  private static func write(_ parts: [ScorePart], to line: inout ByteBuffer) {
    line.append("[")
    for (place, part) in parts.enumerated() {
      if place > 0 { line.append(",") }
      line.append("{\"score\":")
      line.append(number: part.score)
      switch part {
      case .group(let inner, _):
        line.append(",\"clauses\":")
        write(inner, to: &line)
      case .term(let term): write(term, to: &line)
      }
      line.append("}")
    }
    line.append("]")
  }

  private static func write(_ part: TermPart, to line: inout ByteBuffer) {
    line.append(",\"term\":")
    let text = Array(part.text.utf8)
    line.append(jsonString: text.span)
    line.append(",\"tf\":")
    line.append(decimal: UInt64(part.frequency))
    if part.terms.count == 1 {
      line.append(",\"df\":")
      line.append(decimal: UInt64(part.terms[0].df))
    }
    line.append(",\"idf\":")
    line.append(number: part.idf)
    if part.terms.count < 2 { return }
    for (place, term) in part.terms.enumerated() {
      line.append(place == 0 ? ",\"terms\":[{\"term\":" : ",{\"term\":")
      let text = Array(term.term.utf8)
      line.append(jsonString: text.span)
      line.append(",\"df\":")
      line.append(decimal: UInt64(term.df))
      line.append(",\"idf\":")
      line.append(number: term.idf)
      line.append("}")
    }
    line.append("]")
  }
}

/// The same for people.
enum ExplanationText {
  static func lines(_ explanation: ScoreExplanation) -> [String] {
    var head = "score \(explanation.score) = BM25 \(explanation.bm25)"
    if let recency = explanation.recency {
      head += " × recency \(recency.factor) (\(Double(recency.age) / 3_600_000) hours old)"
    }
    if let engagement = explanation.engagement {
      head += " × engagement \(engagement.factor) (\(Int64(engagement.total)) in all)"
    }
    let length =
      "length \(explanation.length), mean \(explanation.meanLength), \(explanation.documents) tweets"
    return [head] + parts(explanation.parts, "  ") + ["  " + length]
  }

  private static func line(_ term: TermPart) -> String {
    let df = term.terms.map { "\($0.df)" }.joined(separator: " ")
    return "\(term.score) \(TerminalText.safe(term.text)): tf \(term.frequency), df \(df), idf \(term.idf)"
  }

  private static func parts(_ parts: [ScorePart], _ margin: String) -> [String] {
    parts.flatMap { part in
      switch part {
      case .group(let inner, let score): ["\(margin)\(score) of"] + Self.parts(inner, margin + "  ")
      case .term(let term):
        [margin + line(term)]
      }
    }
  }
}
