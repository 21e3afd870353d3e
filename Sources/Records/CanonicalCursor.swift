internal import Bytes

/// A forward cursor over one line of canonical JSON: no white space, members in a known order.
///
/// What is not of the form expected breaks it: it then stands at the end, reads nothing more, and `isWhole` is false. So
/// a reader asks once, at the end, and not at every value. Every read is bounds-checked.
struct CanonicalCursor: ~Escapable {
  /// The line.
  let bytes: Span<UInt8>
  private let marks: Span<UInt64>
  /// The next byte to be read.
  var place = 0
  private var isBroken = false
  // What stands before the next member: the brace before the first one of an object, a comma before others.
  private var lead = UInt8(ascii: ",")

  /// A cursor at the start of `bytes`, which are UTF-8. - Parameter marks: the `JSONMarks` of them.
  @_lifetime(copy bytes, copy marks)
  init(_ bytes: Span<UInt8>, marks: Span<UInt64>) {
    self.bytes = bytes
    self.marks = marks
  }

  /// Whether all was read, and was of the form expected.
  var isWhole: Bool { !isBroken && place == bytes.count }

  /// Breaks it.
  @_lifetime(self: copy self)
  mutating func fail() {
    isBroken = true
    place = bytes.count
  }

  // MARK: Structure

  /// Passes over `literal` where it comes next. - Returns: whether it did.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func take(_ literal: StaticString) -> Bool {
    guard bytes.has(literal, at: place) else { return false }
    place &+= literal.utf8CodeUnitCount
    return true
  }

  /// Passes over `literal`, which must come next.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func need(_ literal: StaticString) {
    if !take(literal) { fail() }
  }

  /// Begins an object, whose brace comes next.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func open() { lead = UInt8(ascii: "{") }

  /// Passes over a brace or comma and `key` (quotes, colon, and a string's opening quote) where they come next.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func member(_ key: StaticString) -> Bool {
    guard bytes.has(key, at: place &+ 1), bytes[place] == lead else { return false }
    place &+= 1 &+ key.utf8CodeUnitCount
    lead = UInt8(ascii: ",")
    return true
  }

  /// Ends an object.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func close() {
    if lead == UInt8(ascii: "{") { need("{}") } else { need("}") }
    lead = UInt8(ascii: ",")
  }

  // MARK: Values

  /// A string without escapes, behind its opening quote.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func plain() -> Range<Int> {
    let start = place
    let end = nextMark(start)
    guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else {
      fail()
      return 0..<0
    }
    place = end &+ 1
    return start..<end
  }

  /// The place of the first mark at or behind `start`; the line's end where there is none.
  @inline(__always)
  func nextMark(_ start: Int) -> Int {
    var index = start >> 6
    // Bits before `start` do not count. The shift takes it modulo 64.
    var word = marks[index] & (.max &<< UInt64(truncatingIfNeeded: start))
    while word == 0 {
      index &+= 1
      if index << 6 >= bytes.count { return bytes.count }
      word = marks[index]
    }
    return index << 6 | word.trailingZeroBitCount
  }
}
