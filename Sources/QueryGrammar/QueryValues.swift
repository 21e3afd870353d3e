internal import Bytes
internal import Records

/// The value of an operator as it was written.
struct OperatorValue {
  var text: String
  /// Of its first character.
  var column: Int
  var style: QueryToken.Style
}

/// Reads numbers, ranges, ids and times of operators.
enum QueryValues {
  /// An id, or nil.
  static func digits(_ text: String) -> UInt64? {
    let bytes = Array(text.utf8)
    return RecordID.parse(bytes.span)
  }

  static func id(_ value: OperatorValue) throws(QueryError) -> UInt64 {
    guard let id = digits(value.text) else {
      throw QueryError(
        value.column, "expected an id from 1 to 2^63-1, found \"\(value.text)\"", hint: "digits alone")
    }
    return id
  }

  static func number(_ text: String, _ column: Int) throws(QueryError) -> Int64 {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let number = Int64(text) else {
      throw QueryError(
        column, "expected a whole number, found \"\(text)\"", hint: "digits alone, at most 2^63-1")
    }
    return number
  }

  /// `10`, `10..100`, `10..`, `..100`, and in brackets `[10 TO 100]`, `[10 TO *]`.
  static func bounds(_ value: OperatorValue) throws(QueryError) -> ClosedRange<Int64> {
    let text = value.text
    guard let parts = ends(value) else {
      let exact = try number(text, value.column)
      return exact...exact
    }
    let low = parts.low.isEmpty ? 0 : try number(parts.low, value.column)
    let high =
      parts.high.isEmpty ? Int64.max : try number(parts.high, value.column + text.count - parts.high.count)
    guard low <= high, !(parts.low.isEmpty && parts.high.isEmpty) else {
      throw QueryError(value.column, "a range that holds nothing: \(text)", hint: "write 10..100")
    }
    return low...high
  }

  // The texts of both ends; empty where open.
  private static func ends(_ value: OperatorValue) -> (low: String, high: String)? {
    if value.style == .bracketed {
      let words = value.text.split(separator: " ").map { $0 == "*" ? "" : String($0) }
      return words.count == 3 && words[1] == "TO" ? (words[0], words[2]) : nil
    }
    let text = Array(value.text.unicodeScalars)
    for place in text.indices.dropLast() where text[place] == "." && text[place + 1] == "." {
      func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: part)
        return String(view)
      }
      return (string(text[..<place]), string(text[(place + 2)...]))
    }
    return nil
  }

  /// `2018-01-01` with `_HH:MM:SS` and `_UTC`; the forms that records write; `YYYYMMDDHHMM`. In ms since 1970.
  static func time(_ value: OperatorValue) throws(QueryError) -> Int64 {
    var plain = value.text
    if plain.hasSuffix("_UTC") { plain = String(plain.dropLast(4)) }
    var bytes = plain.utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
    if bytes.count == 12, bytes.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
      // The premium API's fromDate and toDate.
      let text = String(decoding: bytes, as: UTF8.self)
      func part(_ from: Int, _ count: Int) -> Substring { text.dropFirst(from).prefix(count) }
      bytes = Array("\(part(0, 4))-\(part(4, 2))-\(part(6, 2)) \(part(8, 2)):\(part(10, 2))".utf8)
    }
    guard let first = bytes.first, first >= 48, first <= 57, let time = Timestamp.parse(bytes.span) else {
      throw QueryError(
        value.column, "expected a date that exists, found \"\(value.text)\"",
        hint: "2018-01-31, 2018-01-31_23:59:59_UTC or 201801312359")
    }
    return time
  }

  /// Seconds since 1970, before the year 10,000; in ms.
  static func seconds(_ value: OperatorValue) throws(QueryError) -> Int64 {
    let seconds = try number(value.text, value.column)
    guard seconds < 253_402_300_800 else {
      throw QueryError(
        value.column, "expected seconds since 1970, found \"\(value.text)\"",
        hint: "milliseconds have three digits more")
    }
    return seconds * 1000
  }

  /// `2d`, `3h`, `5m`, `30s`; in ms.
  static func duration(_ value: OperatorValue) throws(QueryError) -> Int64 {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    guard let unit = value.text.last.flatMap({ units[$0] }),
      let number = Int64(value.text.dropLast()), value.text.first != "+", number > 0,
      number <= 36_500 * 86_400_000 / unit
    else {
      throw QueryError(
        value.column, "expected a length of time, found \"\(value.text)\"", hint: "2d, 3h, 5m or 30s")
    }
    return number * unit
  }
}
