internal import CICU

/// One emoji, sequences whole: flags, keycaps, skin tones, families joined by ZWJ, flags of tags (UTS #51, ED-17).
enum Emoji {
  private static let joiner: UInt32 = 0x200D
  private static let keycap: UInt32 = 0x20E3

  /// A variation selector that asks for text (15) or a picture (16).
  static func isSelector(_ c: UInt32) -> Bool { c == 0xFE0E || c == 0xFE0F }

  /// Whether the code point can stand for an emoji by itself.
  static func isBase(_ c: UInt32, _ entry: CodePointEntry) -> Bool {
    if entry.wordBreak == UInt32(TM_WB_REGIONAL.rawValue) || entry.has(Property.modifier) { return true }
    if !entry.has(Property.picture) { return false }
    // Reserved code points of the emoji blocks become emoji in later versions of Unicode.
    return entry.has(Property.emoji) || c >= 0x1F000
  }

  /// Signs that are emoji only when a selector asks for it: © ® ‼ ⁉ ™.
  private static func needsSelector(_ c: UInt32) -> Bool {
    c == 0xA9 || c == 0xAE || c == 0x203C || c == 0x2049 || c == 0x2122
  }

  /// Whether `#`, `*` or a digit at `start` begins a keycap; then where it ends.
  static func keycapEnd(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    var at = start + 1
    if at >= limit || text[at] < 0xE2 { return nil }
    var (value, next) = CodePoints.next(text, at)
    if isSelector(value) && next < limit {
      at = next
      (value, next) = CodePoints.next(text, at)
    }
    return value == keycap && next <= limit ? next : nil
  }

  /// The end of the emoji at `start`, nil when none begins there.
  static func end(_ text: Span<UInt8>, _ start: Int, _ limit: Int, _ unicode: inout UnicodeTable) -> Int? {
    let (first, afterFirst) = CodePoints.next(text, start)
    let entry = unicode.entry(first)
    if !isBase(first, entry) { return nil }
    var at = afterFirst
    if entry.wordBreak == UInt32(TM_WB_REGIONAL.rawValue) {
      if at < limit {
        let (second, next) = CodePoints.next(text, at)
        if unicode.entry(second).wordBreak == UInt32(TM_WB_REGIONAL.rawValue) { return next }
      }
      return at
    }
    if needsSelector(first) && (at >= limit || CodePoints.next(text, at).value != 0xFE0F) { return nil }
    while at < limit {
      let (value, next) = CodePoints.next(text, at)
      if isSelector(value) || value == keycap || (value >= 0xE0020 && value <= 0xE007F) {
        at = next
      } else if value >= 0x1F3FB && value <= 0x1F3FF && !entry.has(Property.modifier) {
        at = next
      } else if value == joiner && next < limit {
        let (joined, afterJoined) = CodePoints.next(text, next)
        if !isBase(joined, unicode.entry(joined)) { break }
        at = afterJoined
      } else {
        break
      }
    }
    return at
  }
}
