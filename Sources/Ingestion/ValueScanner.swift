internal import Bytes

/// JSON's grammar as a resumable machine: finds where a value ends without building anything.
///
/// Used where a value lies over many lines, and to say where a bad one breaks. Slower than the parser (about 0.5 GB/s),
/// so never in the path of good one-line records. Memory: one bit per level, at most `maximumDepth`.
struct ValueScanner {
  /// What was found so far.
  enum Progress: Equatable {
    /// The value ends before this place.
    case complete(end: Int)
    /// The bytes ended first; go on with `scan` when there are more.
    case incomplete
    /// The byte at `place` breaks the grammar.
    case invalid(place: Int, expected: String)
    /// Nested too deep at this place.
    case tooDeep(place: Int)
  }

  /// Deeper values are refused by the parser too.
  static let maximumDepth = 1024

  private static let deep = "fewer levels"
  private enum State { case value, firstElement, firstKey, key, colon, afterValue, string, escape, scalar }
  private var state = State.value
  private var stringIsKey = false
  private var stack: [Bool] = []  // true: an object
  /// Where to go on.
  private(set) var index = 0

  init() {}

  /// The bytes moved: what was at `count` is now at 0.
  mutating func rebase(by count: Int) { index -= count }

  /// Scans `bytes` from `start` (of the first call; later calls go on where the last one stopped) up to `limit`.
  mutating func scan(_ bytes: Span<UInt8>, from start: Int, limit: Int) -> Progress {
    if index < start { index = start }
    while index < limit {
      let byte = bytes[index]
      switch state {
      case .string:
        if index + 8 <= limit, !Self.needsCare(bytes.word(at: index)) {
          index += 8
          continue
        }
        if byte == UInt8(ascii: "\"") {
          state = stringIsKey ? .colon : .afterValue
          if let end = finished(index + 1) { return end }
        } else if byte == UInt8(ascii: "\\") {
          state = .escape
        } else if byte < 0x20 {
          return .invalid(place: index, expected: "no raw control character in a string")
        }
        index += 1
      case .escape:
        guard "\"\\/bfnrtu".utf8.contains(byte) else {
          return .invalid(place: index, expected: "an escape such as \\n")
        }
        state = .string
        index += 1
      case .scalar:
        if Self.isScalar(byte) {
          index += 1
        } else {
          state = .afterValue
          if let end = finished(index) { return end }
        }
      case .value, .firstElement, .firstKey, .key, .colon, .afterValue:
        if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
          index += 1
          continue
        }
        if let wrong = structural(byte) {
          return wrong == Self.deep ? .tooDeep(place: index) : .invalid(place: index, expected: wrong)
        }
        index += 1
        if let end = finished(index) { return end }
      }
    }
    if state == .scalar && stack.isEmpty { return .complete(end: index) }
    return .incomplete
  }

  private func finished(_ end: Int) -> Progress? {
    state == .afterValue && stack.isEmpty ? .complete(end: end) : nil
  }

  // A byte below 0x20, a quote or a backslash among eight (Hacker's Delight, 6-1).
  @inline(__always)
  private static func needsCare(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    let found = control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
    return found & 0x8080_8080_8080_8080 != 0
  }

  private static func isScalar(_ byte: UInt8) -> Bool {
    byte >= 48 && byte <= 57 || byte | 0x20 >= 97 && byte | 0x20 <= 122 || byte == 43 || byte == 45
      || byte == 46
  }

  // One byte outside strings and scalars; returns what was expected when it does not fit.
  private mutating func structural(_ byte: UInt8) -> String? {
    switch state {
    case .firstElement where byte == UInt8(ascii: "]"): return close(isObject: false)
    case .firstKey where byte == UInt8(ascii: "}"): return close(isObject: true)
    case .value, .firstElement:
      switch byte {
      case UInt8(ascii: "{"): return open(isObject: true)
      case UInt8(ascii: "["): return open(isObject: false)
      case UInt8(ascii: "\""):
        stringIsKey = false
        state = .string
      default:
        guard Self.isScalar(byte) else { return "a value" }
        state = .scalar
      }
      return nil
    case .firstKey, .key:
      guard byte == UInt8(ascii: "\"") else { return "a key in quotes" }
      stringIsKey = true
      state = .string
      return nil
    case .colon:
      guard byte == UInt8(ascii: ":") else { return "\":\"" }
      state = .value
      return nil
    default:
      guard let isObject = stack.last else { return "the end" }
      if byte == UInt8(ascii: ",") {
        state = isObject ? .key : .value
        return nil
      }
      guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
        return isObject ? "\",\" or \"}\"" : "\",\" or \"]\""
      }
      return close(isObject: isObject)
    }
  }

  private mutating func open(isObject: Bool) -> String? {
    if stack.count >= Self.maximumDepth { return Self.deep }
    stack.append(isObject)
    state = isObject ? .firstKey : .firstElement
    return nil
  }

  private mutating func close(isObject: Bool) -> String? {
    stack.removeLast()
    state = .afterValue
    return nil
  }
}
