internal import Bytes

/// Ids, times, numbers and terms: what is not of the writer's form breaks the cursor, be it valid JSON or not.
extension CanonicalCursor {
  /// An id, behind its opening quote.
  @_lifetime(self: copy self)
  mutating func id() -> UInt64 {
    if let id = RecordID.parse(bytes.extracting(plain())) { return id }
    fail()
    return 0
  }

  /// A time, behind its opening quote, in ms since 1970.
  @_lifetime(self: copy self)
  mutating func time() -> Int64 {
    if let time = Timestamp.parse(bytes.extracting(plain())) { return time }
    fail()
    return 0
  }

  /// A whole number from 0 of at most 18 digits.
  @_lifetime(self: copy self)
  mutating func count() -> Int64 {
    let (value, digits) = digits()
    guard digits >= 1, digits <= 18 else {
      fail()
      return 0
    }
    return value
  }

  /// `true` or `false`.
  @_lifetime(self: copy self)
  mutating func bool() -> Bool {
    if take("true") { return true }
    need("false")
    return false
  }

  /// A number of at most 15 digits, with or without a fraction.
  ///
  /// Digits below 2⁵³ divided by a power of ten below 10²² are exact but for one rounding, which is that of any correct
  /// reader (W. D. Clinger, "How to read floating point numbers accurately", 1990).
  @_lifetime(self: copy self)
  mutating func number() -> Double {
    let isNegative = take("-")
    let whole = digits()
    guard whole.count >= 1 else {
      fail()
      return 0
    }
    // Whole numbers know no negative zero.
    guard take(".") else {
      if whole.count > 15 { fail() }
      return Double(isNegative ? -whole.value : whole.value)
    }
    var value = whole.value
    var scale = 1.0
    var count = whole.count
    while place < bytes.count, bytes[place] &- 48 <= 9 {
      guard count < 15 else {
        fail()
        return 0
      }
      value = value * 10 + Int64(bytes[place] &- 48)
      scale *= 10
      count += 1
      place &+= 1
    }
    if scale == 1 { fail() }
    let size = Double(value) / scale
    return isNegative ? -size : size
  }

  // At most 18 digits, without a zero before others; none where there are more.
  @_lifetime(self: copy self)
  private mutating func digits() -> (value: Int64, count: Int) {
    let start = place
    var value: Int64 = 0
    while place < bytes.count, bytes[place] &- 48 <= 9 {
      if place &- start == 18 { return (0, 0) }
      value = value &* 10 &+ Int64(bytes[place] &- 48)
      place &+= 1
    }
    let count = place - start
    return count > 1 && bytes[start] == 48 ? (0, 0) : (value, count)
  }

  /// Terms, behind the bracket that begins their list.
  @_lifetime(self: copy self)
  mutating func terms(into list: inout TokenList) {
    if take("]") { return }
    // All at once, with what stands between and behind them: one by one they took as long as finding them.
    let rest = bytes.extracting(place...)
    var cursor = self
    // A term takes four bytes at least.
    list.fill(from: rest, most: rest.count / 4 + 1) { offset, tokens in
      var position: Int32 = 0
      let offset = offset - cursor.place
      repeat {
        if cursor.take("[") {
          cursor.term(offset, &tokens, position)
          while cursor.take(",") { cursor.term(offset, &tokens, position) }
          cursor.need("]")
        } else {
          cursor.term(offset, &tokens, position)
        }
        position &+= 1
      } while cursor.take(",")
      cursor.need("]")
      return Int(position)
    }
    self = cursor
  }

  @_lifetime(self: copy self)
  @inline(__always)
  private mutating func term(_ offset: Int, _ tokens: inout OutputSpan<TokenList.Token>, _ position: Int32) {
    guard take("\"") else { return fail() }
    let range = plain()
    if range.isEmpty { return fail() }
    tokens.append(
      TokenList.Token(
        start: Int32(truncatingIfNeeded: offset &+ range.lowerBound),
        count: Int32(truncatingIfNeeded: range.upperBound &- range.lowerBound), position: position))
  }
}
