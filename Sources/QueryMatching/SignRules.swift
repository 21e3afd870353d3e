/// The signs of v1.1, by literal rules: what a text shows, not what a model takes its mood to be.
enum SignRules {
  private static let positive: [StaticString] = [":)", ":-)", "=)", ";)", ";-)", ":D", ":-D", "=D"]
  private static let negative: [StaticString] = [":(", ":-(", "=(", ":'("]

  /// Whether an emoticon that smiles is in the text.
  static func isPositive(_ text: Span<UInt8>) -> Bool { holds(positive, text) }

  /// Whether one that frowns is.
  static func isNegative(_ text: Span<UInt8>) -> Bool { holds(negative, text) }

  /// Whether a question mark (also `？` and `؟`) ends a word: one that a letter or digit follows belongs to a link.
  static func isQuestion(_ text: Span<UInt8>) -> Bool {
    for place in text.indices {
      switch text[place] {
      case 0x3F: if !isWord(text, place + 1) { return true }
      case 0xEF where place + 2 < text.count && text[place + 1] == 0xBC && text[place + 2] == 0x9F:
        return true
      case 0xD8 where place + 1 < text.count && text[place + 1] == 0x9F: return true
      default: break
      }
    }
    return false
  }

  private static func holds(_ signs: [StaticString], _ text: Span<UInt8>) -> Bool {
    for place in text.indices where text[place] == 0x3A || text[place] == 0x3D || text[place] == 0x3B {
      for sign in signs where stands(sign, text, place) { return true }
    }
    return false
  }

  // One that ends in a letter must stand by itself.
  private static func stands(_ sign: StaticString, _ text: Span<UInt8>, _ place: Int) -> Bool {
    let bytes = sign.description.utf8
    if place + bytes.count > text.count { return false }
    for (step, byte) in bytes.enumerated() where text[place + step] != byte { return false }
    if bytes.last != 0x44 { return true }
    return !isWord(text, place - 1) && !isWord(text, place + bytes.count)
  }

  private static func isWord(_ text: Span<UInt8>, _ place: Int) -> Bool {
    if place < 0 || place >= text.count { return false }
    let byte = text[place]
    return byte >= 0x80 || byte &- 48 < 10 || (byte | 0x20) &- 97 < 26
  }
}
