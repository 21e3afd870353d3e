internal import CICU

/// What one code point is and folds to.
struct CodePointEntry {
  /// Fold in the upper half, properties in the lower.
  let bits: UInt64

  @inline(__always) var properties: UInt32 { UInt32(truncatingIfNeeded: bits) }
  /// The code point it folds to, or `complexFold`.
  @inline(__always) var fold: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
  @inline(__always) var wordBreak: UInt32 { properties & UInt32(TM_WB_MASK.rawValue) }
  @inline(__always) func has(_ property: UInt32) -> Bool { properties & property != 0 }

  static let complexFold: UInt32 = 0xFFFF_FFFF
}

/// The Word_Break classes of UAX #29 and the other properties, as the shim numbers them.
enum Property {
  static let letter = UInt32(TM_CP_LETTER.rawValue)
  static let digit = UInt32(TM_CP_DIGIT.rawValue)
  static let picture = UInt32(TM_CP_PICTURE.rawValue)
  static let emoji = UInt32(TM_CP_EMOJI.rawValue)
  static let modifier = UInt32(TM_CP_MODIFIER.rawValue)
  static let eastAsian = UInt32(TM_CP_EAST_ASIAN.rawValue)
  static let dictionary = UInt32(TM_CP_DICTIONARY.rawValue)
  static let wordlike = UInt32(TM_CP_WORDLIKE.rawValue)
}

/// Properties of all code points in a two-stage table that is filled page by page when a text first needs it: start-up
/// costs nothing, and a stream in one language fills a handful of pages. Memory: 2 KiB a page, 17 KiB for the index.
struct UnicodeTable: ~Copyable {
  let icu = ICU()
  private var pages: [Int32] = Array(repeating: -1, count: 0x1100)
  private var entries: [UInt64] = []

  private static let han = CodePointEntry(
    bits: UInt64(Property.letter | Property.eastAsian | Property.wordlike | UInt32(TM_WB_OTHER.rawValue)))
  private static let hangul = CodePointEntry(
    bits: UInt64(Property.letter | Property.eastAsian | Property.wordlike | UInt32(TM_WB_LETTER.rawValue)))

  init() {
    entries.reserveCapacity(256 * 8)
  }

  /// What is known of `codePoint`. - Complexity: O(1); the first use of a page asks ICU about its 256 code points.
  @inline(__always)
  mutating func entry(_ codePoint: UInt32) -> CodePointEntry {
    // Ideographs and syllables are alike over thousands of code points and need no page.
    if codePoint &- 0x4E00 < 0x5200 { return Self.folding(Self.han, to: codePoint) }
    if codePoint &- 0xAC00 < 11172 { return Self.folding(Self.hangul, to: codePoint) }
    let page = Int(min(codePoint, 0x10FFFF) >> 8)
    var start = pages[page]
    if start < 0 { start = load(page) }
    return CodePointEntry(bits: entries[Int(start) + Int(codePoint & 0xFF)])
  }

  @inline(__always)
  private static func folding(_ entry: CodePointEntry, to codePoint: UInt32) -> CodePointEntry {
    CodePointEntry(bits: entry.bits | UInt64(codePoint) << 32)
  }

  @inline(never)
  private mutating func load(_ page: Int) -> Int32 {
    let start = Int32(entries.count)
    icu.appendPage(from: UInt32(page) << 8, to: &entries)
    pages[page] = start
    return start
  }
}

/// Character classes of twitter-text that are short lists of code points.
enum CharacterClass {
  /// White space as twitter-text lists it.
  static func isSpace(_ c: UInt32) -> Bool {
    if c < 0x80 { return c == 0x20 || (c >= 0x09 && c <= 0x0D) }
    return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200A)
      || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000
  }

  /// Marks that steer the direction of text.
  static func isDirectional(_ c: UInt32) -> Bool {
    c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)
  }

  /// Code points that no tweet may hold.
  static func isInvalid(_ c: UInt32) -> Bool { c == 0xFFFE || c == 0xFEFF || c == 0xFFFF }

  /// Letters with accents, and the marks that make them, as twitter-text lists them.
  static func isAccentedLatin(_ c: UInt32) -> Bool {
    if c < 0xC0 { return false }
    if c <= 0x24F { return c != 0xD7 && c != 0xF7 }
    switch c {
    case 0x253, 0x254, 0x256, 0x257, 0x259, 0x25B, 0x263, 0x268, 0x26F, 0x272, 0x289, 0x28B, 0x2BB:
      return true
    default: return (c >= 0x300 && c <= 0x36F) || (c >= 0x1E00 && c <= 0x1EFF)
    }
  }

  /// Marks that may stand inside a hashtag though they are no letters.
  static func isHashtagSpecial(_ c: UInt32) -> Bool {
    switch c {
    case 0x5F, 0xB7, 0x5BE, 0x5F3, 0x5F4, 0xF0B, 0xF0C, 0x200C, 0x200D, 0x3003, 0x301C, 0x309B, 0x309C,
      0x30A0,
      0x30FB, 0xA67E, 0xFF5E:
      return true
    default: return false
    }
  }

  /// Punctuation of ASCII.
  static func isPunctuation(_ c: UInt32) -> Bool {
    c < 0x7F && c > 0x20 && !isAlphanumeric(c)
  }

  /// Letters and digits of ASCII.
  @inline(__always)
  static func isAlphanumeric(_ c: UInt32) -> Bool {
    c &- 0x30 < 10 || (c | 0x20) &- 0x61 < 26
  }

  /// Letters of ASCII.
  @inline(__always)
  static func isLetter(_ c: UInt32) -> Bool { (c | 0x20) &- 0x61 < 26 }

  /// What may stand in a label of a host name, apart from `-` and `_`: anything but ASCII punctuation, spaces and
  /// controls. Fullwidth `@` and `#` are left out, so that a tag before a dot begins no link.
  static func isHost(_ c: UInt32) -> Bool {
    if c < 0x80 { return isAlphanumeric(c) }
    return !(isSpace(c) || isDirectional(c) || isInvalid(c) || c == 0xFF20 || c == 0xFF03)
  }
}
