internal import Bytes
internal import JSON
internal import Records

/// A row's numbers and times as people read them; the digits are those of the record.
extension Trend {
  /// The accounts that were expected, to four digits.
  public var expectedText: String { Self.text(Significant.round(expected)) }
  /// The probability, to three digits: `7.82e-9`; below what numbers can say, `≤1e-300`.
  public var probabilityText: String {
    (logP <= -300 ? "≤" : "") + Self.text(Significant.probability(logP))
  }
  /// The score, to four digits.
  public var scoreText: String { Self.text(Significant.round(score)) }
  /// The window: `2020-03-01 06:00–07:00 UTC`, with the day of its end where that is another.
  public var windowText: String {
    let start = TrendTime.minutes(windowStart)
    let end = TrendTime.minutes(windowEnd)
    return start.prefix(10) == end.prefix(10) ? "\(start)–\(end.suffix(5)) UTC" : "\(start) – \(end) UTC"
  }

  static func text(_ number: Double) -> String {
    var out = ByteBuffer(capacity: 32)
    out.append(number: number)
    return out.span.text
  }
}

/// Times for people.
enum TrendTime {
  /// `2020-03-01 06:00`, in UTC.
  static func minutes(_ time: Int64) -> String {
    String(Timestamp.text(time).prefix(16).map { $0 == "T" ? " " : $0 })
  }
}
