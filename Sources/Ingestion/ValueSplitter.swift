internal import Bytes

/// Cuts text into JSON values that may lie over many lines, stand several on a line, or be the elements of an array.
///
/// A value that breaks the grammar is cut off too, and reading goes on behind it: where its brackets close, or at the
/// next line that can begin a value. Looking ahead for that place is bounded to four times the bytes read, then lines
/// are taken one by one, so the work is linear whatever the input. Memory: one bit a level.
struct ValueSplitter {
  /// What comes next.
  enum Piece: Equatable {
    /// A value, good or bad: the parser tells.
    case value(Range<Int>)
    /// A value that the end of the bytes cut.
    case cut(Range<Int>)
    /// More bytes are needed; nothing before this place is.
    case incomplete(Int)
    /// Nothing but blanks is left.
    case end
  }

  /// What lies behind the bytes that `next` is given.
  enum Rest { case more, none, beyondLimit }

  /// Where to go on.
  private(set) var index: Int
  /// Inside a top-level array, whose elements are the values.
  private(set) var isInArray = false
  private enum Separator { case none, comma, any, afterComma }
  private var separator = Separator.none
  private var hasBadElement = false
  /// A semicolon may follow: JavaScript's end of an assignment.
  private var mayEndStatement = false
  private var start: Int?
  private var scanner = ValueScanner()
  private var lookedAhead = 0
  private var passed = 0

  /// A splitter that begins at `index`.
  init(at index: Int = 0) { self.index = index }

  /// The bytes moved: what was at `count` is now at 0.
  mutating func rebase(by count: Int) {
    index -= count
    start? -= count
    scanner.rebase(by: count)
  }

  /// Whether no value or array is begun.
  var isIdle: Bool { !isInArray && start == nil }

  /// Goes on with a scan beyond the limit. - Returns: where the value ends, or nil when more bytes are needed.
  mutating func end(ofLong bytes: Span<UInt8>) -> Int? {
    switch scanner.scan(bytes, from: 0, limit: bytes.count) {
    case .complete(let end): return end < bytes.count ? end : nil
    case .incomplete: return nil
    case .invalid(let place, _), .tooDeep(let place):
      return bytes.firstIndex(of: 0x0A, from: place)
    }
  }

  /// Forgets a long value, which ended at `end`.
  mutating func finishLong(at end: Int) {
    start = nil
    index = end
    separator = .comma
  }

  /// The next piece of `bytes`.
  mutating func next(_ bytes: Span<UInt8>, rest: Rest) -> Piece {
    while true {
      if let begin = start {
        switch scanner.scan(bytes, from: begin, limit: bytes.count) {
        case .complete(let end):
          if end == bytes.count && rest != .none { return .incomplete(begin) }
          if !isInArray, let junk = Self.junkEnd(bytes, end) {
            return finish(begin..<junk)
          }
          return finish(begin..<end)
        case .incomplete:
          if rest != .none { return .incomplete(begin) }
          guard let resume = resume(bytes, begin), resume < bytes.count else {
            start = nil
            index = bytes.count
            isInArray = false
            return .cut(Self.trimmed(bytes, begin..<bytes.count))
          }
          return finish(begin..<resume, bytes)
        case .invalid, .tooDeep:
          if let resume = resume(bytes, begin) { return finish(begin..<resume, bytes) }
          if rest != .none { return .incomplete(begin) }
          return finish(begin..<bytes.count, bytes)
        }
      }
      skipBlanks(bytes)
      if index == bytes.count {
        if rest != .none { return .incomplete(index) }
        if isInArray {
          isInArray = false
          // An element that broke may have held the closing bracket.
          return hasBadElement ? .end : .cut(index..<index)
        }
        return .end
      }
      // What tells an assignment or a byte-order mark from a value may still be to come.
      if rest == .more && !isInArray && bytes.count - index < Assignment.longest
        && (Assignment.mayBegin(bytes[index]) || bytes[index] == 0xEF)
      {
        return .incomplete(index)
      }
      if let piece = begin(bytes) { return piece }
    }
  }

  // At the first byte of something.
  private mutating func begin(_ bytes: Span<UInt8>) -> Piece? {
    let byte = bytes[index]
    if isInArray {
      if byte == UInt8(ascii: "]") {
        isInArray = false
        index += 1
        if separator == .afterComma { return .value(index - 1..<index) }
        mayEndStatement = true
        return nil
      }
      if byte == UInt8(ascii: ","), separator == .comma || separator == .any {
        separator = .afterComma
        index += 1
        return nil
      }
    } else if byte == UInt8(ascii: ";") && mayEndStatement {
      mayEndStatement = false
      index += 1
      return nil
    } else if byte == UInt8(ascii: "[") {
      isInArray = true
      hasBadElement = false
      separator = .none
      index += 1
      return nil
    } else if let equals = Assignment.end(bytes, index) {
      index = equals
      return nil
    }
    mayEndStatement = false
    start = index
    scanner = ValueScanner()
    return nil
  }

  private mutating func finish(_ range: Range<Int>) -> Piece {
    passed += range.count
    start = nil
    index = range.upperBound
    separator = .comma
    return .value(range)
  }

  private mutating func finish(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Piece {
    _ = finish(range)
    // Behind a bad element a comma, another element or the end may stand.
    separator = .any
    hasBadElement = true
    return .value(Self.trimmed(bytes, range))
  }

  // Where to go on behind a bad value that begins at `begin`; nil when the bytes do not tell.
  private mutating func resume(_ bytes: Span<UInt8>, _ begin: Int) -> Int? {
    // How far in it stands; beyond 256 bytes no layout is to be seen.
    let nearby = max(begin - 256, 0)
    let newline = bytes.extracting(nearby..<begin).lastIndex(of: 0x0A, before: begin - nearby)
    let column = newline.map { begin - nearby - $0 - 1 } ?? (begin - nearby)
    let canLookAhead = lookedAhead <= 4 * (passed + 65_536)
    if canLookAhead {
      switch BracketScanner.scan(bytes, from: begin, column: column) {
      case .closed(let end) where end > begin:
        lookedAhead += end - begin
        return isInArray ? end : Self.junkEnd(bytes, end) ?? end
      case .otherValue(let place):
        lookedAhead += place - begin
        return place
      case .ended: lookedAhead += bytes.count - begin
      default: break
      }
    }
    let limit = canLookAhead ? column : 256
    let resume = BracketScanner.nextLine(bytes, from: begin, column: limit)
    lookedAhead += (resume ?? bytes.count) - begin
    return resume
  }

  // The end of the line when something stands behind `end` that begins no value.
  private static func junkEnd(_ bytes: Span<UInt8>, _ end: Int) -> Int? {
    var index = end
    while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case 0x0A, 0x0D, UInt8(ascii: "{"), UInt8(ascii: "["): return nil
    default: return bytes.firstIndex(of: 0x0A, from: index) ?? bytes.count
    }
  }

  private mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case 0xEF where index + 3 <= bytes.count && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF:
        index += 3
      default: return
      }
    }
  }

  private static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound + 1, bytes[end - 1] <= 0x20 { end -= 1 }
    return range.lowerBound..<end
  }
}
