internal import Bytes

/// Word boundaries of a whole text by UAX #29, signs and spaces included: ICU's root locale, with `@` and `:` always
/// breaking, and a table instead of ICU where all is ASCII.
///
/// The reference for what `Analyzer` cuts faster and without the segments that are no words. One thread at a time.
public struct WordBreaker: ~Copyable {
  private var unicode = UnicodeTable()
  private var ends: [Int32] = []

  /// A breaker; ICU's rules are read when a text first needs them (about 1 ms).
  public init() {}

  /// Replaces `boundaries` with the byte offsets after 0 at which segments end; the last is `text.count`.
  /// - Complexity: O(n).
  public mutating func boundaries(of text: Span<UInt8>, into boundaries: inout [Int]) {
    boundaries.removeAll(keepingCapacity: true)
    if text.isASCII {
      Self.asciiBoundaries(of: text, into: &boundaries)
    } else {
      icuBoundaries(of: text, into: &boundaries)
    }
  }

  /// The same always by ICU.
  mutating func icuBoundaries(of text: Span<UInt8>, into boundaries: inout [Int]) {
    var start = 0
    var at = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      at = next
      guard WordRules.isSeparator(value) else { continue }
      append(text, start..<next - (value < 0x80 ? 1 : 3), &boundaries)
      start = next - (value < 0x80 ? 1 : 3)
      // Marks stay with the sign (WB4).
      while at < text.count {
        let (mark, after) = CodePoints.next(text, at)
        if !WordRules.attaches(unicode.entry(mark).wordBreak) { break }
        at = after
      }
      boundaries.append(at)
      start = at
    }
    append(text, start..<text.count, &boundaries)
  }

  private mutating func append(_ text: Span<UInt8>, _ range: Range<Int>, _ boundaries: inout [Int]) {
    if range.isEmpty { return }
    unicode.icu.words(of: text.extracting(range), into: &ends)
    for end in ends { boundaries.append(range.lowerBound + Int(end)) }
  }

  private static func asciiBoundaries(of text: Span<UInt8>, into boundaries: inout [Int]) {
    var at = 0
    while at < text.count {
      let byte = text[at]
      if isWord(byte) {
        at = asciiWordEnd(text, at)
      } else if byte == 0x20 {
        while at < text.count && text[at] == 0x20 { at += 1 }  // WB3d
      } else if byte == 0x0D && at + 1 < text.count && text[at + 1] == 0x0A {
        at += 2  // WB3
      } else {
        at += 1
      }
      boundaries.append(at)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { CharacterClass.isLetter(UInt32(byte)) }
  private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == 0x5F }

  private static func asciiWordEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start + 1
    while at < text.count {
      if isWord(text[at]) {
        at += 1
        continue
      }
      let last = text[at - 1]
      let sign = text[at]
      let both = sign == 0x27 || sign == 0x2E
      guard at + 1 < text.count, both || sign == 0x2C || sign == 0x3B else { break }
      let next = text[at + 1]
      // WB6, WB7; WB11, WB12.
      guard (both && isLetter(last) && isLetter(next)) || (isDigit(last) && isDigit(next)) else { break }
      at += 2
    }
    return at
  }
}
