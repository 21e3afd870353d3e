/// Text that cannot move the cursor or change colours of a terminal.
public enum TerminalText {
  /// Control characters, line separators and marks that turn the direction of writing become spaces.
  public static func safe(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<32, 127..<160, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: " "
          default: scalar
          }
        }))
  }

  /// 1234 as `1.2K`, 1200000 as `1.2M`; rounded down.
  public static func rounded(_ count: Int64) -> String {
    let units: [(Int64, String)] = [(1_000_000_000, "B"), (1_000_000, "M"), (1000, "K")]
    for (size, name) in units where count >= size {
      let tenths = count / (size / 10)
      return tenths % 10 == 0 || tenths >= 1000
        ? "\(tenths / 10)\(name)" : "\(tenths / 10).\(tenths % 10)\(name)"
    }
    return "\(count)"
  }

  /// Columns that a terminal gives to `text`: two for wide characters (UAX #11) and emoji, none for marks.
  public static func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

  /// `text` filled with blanks up to `width` columns, or cut with an ellipsis; numbers go to the right.
  public static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let used = columns(text)
    if used > width { return cut(text, to: width) }
    let blanks = String(repeating: " ", count: width - used)
    return right ? blanks + text : text + blanks
  }

  private static func cut(_ text: String, to width: Int) -> String {
    var kept = ""
    var used = 0
    for character in text {
      let next = columns(character)
      if used + next > width - 1 { break }
      kept.append(character)
      used += next
    }
    return kept + "…" + String(repeating: " ", count: max(width - 1 - used, 0))
  }

  // A cluster is as wide as its widest part: a family of emoji is one.
  private static func columns(_ character: Character) -> Int {
    character.unicodeScalars.reduce(0) { widest, scalar in
      // The selector of emoji presentation.
      max(widest, scalar.value == 0xFE0F && widest > 0 ? 2 : columns(scalar))
    }
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x1B2FF, 0x20000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
