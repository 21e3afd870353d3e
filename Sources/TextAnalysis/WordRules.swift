internal import CICU

/// The word boundary rules of UAX #29 for letters, digits and what joins them, over the property table.
///
/// Two departures, both by contract: `@` and `:` (also in their fullwidth and small forms) always break, and letters of
/// Han, kana, Hangul and of the dictionary scripts end a word, since other rules cut those.
enum WordRules {
  static let letter = UInt32(TM_WB_LETTER.rawValue)
  static let hebrew = UInt32(TM_WB_HEBREW.rawValue)
  static let numeric = UInt32(TM_WB_NUMERIC.rawValue)
  static let underscore = UInt32(TM_WB_UNDERSCORE.rawValue)

  /// What a scan found.
  struct Word {
    var end: Int
    /// A letter or digit is in it: not underscores alone.
    var hasContent = false
    /// All bytes are ASCII.
    var isASCII = true
    /// No code point needs its neighbours to be folded.
    var isSimple = true
  }

  /// Whether a word may begin with this class.
  @inline(__always)
  static func begins(_ wordBreak: UInt32) -> Bool { wordBreak >= letter && wordBreak <= underscore }

  /// Extend, Format and ZWJ attach to what stands before them (WB4).
  @inline(__always)
  static func attaches(_ wordBreak: UInt32) -> Bool {
    wordBreak >= UInt32(TM_WB_EXTEND.rawValue) && wordBreak <= UInt32(TM_WB_JOINER.rawValue)
  }

  /// `@` and `:`, also small and fullwidth: they break words wherever they stand.
  static func isSeparator(_ c: UInt32) -> Bool { isColon(c) || c == 0x40 || c == 0xFE6B || c == 0xFF20 }

  @inline(__always)
  private static func isColon(_ c: UInt32) -> Bool { c == 0x3A || c == 0xFE13 || c == 0xFE55 || c == 0xFF1A }

  /// The class of a code point as these rules see it: 0 ends a word.
  @inline(__always)
  private static func wordBreak(_ c: UInt32, _ entry: CodePointEntry) -> UInt32 {
    if entry.has(Property.eastAsian | Property.dictionary) && !attaches(entry.wordBreak) { return 0 }
    return isColon(c) ? 0 : entry.wordBreak
  }

  /// Scans the word that begins at `start`. - Precondition: the class there `begins` one. - Complexity: O(n).
  static func scan(_ text: Span<UInt8>, _ start: Int, _ limit: Int, _ unicode: inout UnicodeTable) -> Word {
    var word = Word(end: start)
    var last: UInt32 = 0
    var closed = false
    var at = start
    while at < limit {
      let (value, next) = CodePoints.next(text, at)
      let entry = unicode.entry(value)
      let kind = wordBreak(value, entry)
      if !closed && (last == 0 || joins(last, kind)) {
        if value &- 0x30 < 10 && at > start && Emoji.keycapEnd(text, at, limit) != nil { break }
        last = kind
        word.hasContent = word.hasContent || kind != underscore
      } else if attaches(kind) {
        // Stays with what stands before; `last` keeps its class.
      } else if !closed, let joined = bridged(text, next, limit, last, kind, &unicode) {
        // The loop sees what follows the sign next; a Hebrew letter's apostrophe joins even where nothing follows.
        closed = !joined
      } else {
        break
      }
      if value >= 0x80 {
        word.isASCII = false
        if entry.fold == CodePointEntry.complexFold { word.isSimple = false }
      }
      at = next
      word.end = next
    }
    return word
  }

  /// WB5, WB8–WB10, WB13a, WB13b.
  @inline(__always)
  private static func joins(_ last: UInt32, _ next: UInt32) -> Bool { begins(last) && begins(next) }

  /// Whether a sign of class `kind` after `last` joins it with what follows from `next` (WB6, WB7, WB7a–c, WB11, WB12):
  /// nil when not, false when it only joins what stands before.
  private static func bridged(
    _ text: Span<UInt8>, _ next: Int, _ limit: Int, _ last: UInt32, _ kind: UInt32,
    _ unicode: inout UnicodeTable
  ) -> Bool? {
    let isLetter = last == letter || last == hebrew
    let quote = kind == UInt32(TM_WB_SINGLE_QUOTE.rawValue)
    let both = quote || kind == UInt32(TM_WB_MID_BOTH.rawValue)
    let forLetters = isLetter && (both || kind == UInt32(TM_WB_MID_LETTER.rawValue))
    let forNumbers = last == numeric && (both || kind == UInt32(TM_WB_MID_NUMBER.rawValue))
    let forHebrew = last == hebrew && kind == UInt32(TM_WB_DOUBLE_QUOTE.rawValue)
    if !(forLetters || forNumbers || forHebrew) { return nil }
    var at = next
    while at < limit {
      let (value, after) = CodePoints.next(text, at)
      let following = wordBreak(value, unicode.entry(value))
      if attaches(following) {
        at = after
        continue
      }
      let matches =
        forNumbers
        ? following == numeric
        : forHebrew ? following == hebrew : following == letter || following == hebrew
      if matches { return true }
      break
    }
    return last == hebrew && quote ? false : nil
  }
}
