/// What follows the host of a link: port, path, query.
struct LinkTail: ~Escapable {
  private let text: Span<UInt8>
  private let pathStart: Int
  /// Whether there is a path (at least `/`).
  let hasPath: Bool
  /// One past the link's last byte.
  let end: Int

  @_lifetime(copy text)
  init(_ text: Span<UInt8>, from host: Int) {
    self.text = text
    var at = host
    if at + 1 < text.count && text[at] == 0x3A && Self.isDigit(text[at + 1]) {
      at += 1
      while at < text.count && Self.isDigit(text[at]) { at += 1 }
    }
    pathStart = at
    hasPath = at < text.count && text[at] == 0x2F
    if hasPath { at = Self.pathEnd(text, at + 1) }
    end = Self.queryEnd(text, at)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// Of `t.co/name` the name, letters and digits only; nil for other hosts.
  func shortName(host: Range<Int>) -> Range<Int>? {
    guard hasPath, pathStart == host.upperBound, text.extracting(host).equalsIgnoringCase(.shortener) else {
      return nil
    }
    let start = pathStart + 1
    var end = start
    while end < text.count && CharacterClass.isAlphanumeric(UInt32(text[end])) { end += 1 }
    return end > start ? start..<end : nil
  }

  /// Where a query that begins at `at` ends; `at` when none does.
  func queryEnd(from at: Int) -> Int { Self.queryEnd(text, at) }

  /// What a path may hold anywhere.
  private static func isGeneral(_ c: UInt32) -> Bool {
    if CharacterClass.isAlphanumeric(c) { return true }
    switch c {
    case 0x21, 0x2A, 0x27, 0x3B, 0x3A, 0x3D, 0x2B, 0x2C, 0x2E, 0x24, 0x2F, 0x25, 0x23, 0x5B, 0x5D, 0x2D, 0x5F,
      0x7E, 0x7C, 0x26, 0x40, 0x2013:
      return true
    default: return CharacterClass.isAccentedLatin(c) || (c >= 0x400 && c <= 0x4FF)
    }
  }

  /// What a path may end in.
  private static func isEnding(_ c: UInt32) -> Bool {
    if CharacterClass.isAlphanumeric(c) { return true }
    switch c {
    case 0x3D, 0x5F, 0x23, 0x2F, 0x2D, 0x2B: return true
    default: return CharacterClass.isAccentedLatin(c) || (c >= 0x400 && c <= 0x4FF)
    }
  }

  /// The longest stretch of path characters and balanced parentheses that ends well.
  private static func pathEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var at = start
    var end = start
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      if value == 0x28 {
        guard let closed = balancedEnd(text, at) else { break }
        at = closed
        end = closed
      } else if isGeneral(value) {
        at = next
        if isEnding(value) { end = next }
      } else {
        break
      }
    }
    return end
  }

  /// The end of `(…)` with at most one pair inside, neither empty.
  private static func balancedEnd(_ text: Span<UInt8>, _ open: Int) -> Int? {
    var at = open + 1
    var depth = 1
    var nested = false
    var content = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      if value == 0x28 {
        if nested { return nil }
        nested = true
        depth = 2
        content = 0
      } else if value == 0x29 {
        if content == 0 && !(depth == 1 && nested) { return nil }
        depth -= 1
        if depth == 0 { return next }
      } else if isGeneral(value) {
        content += 1
      } else {
        return nil
      }
      at = next
    }
    return nil
  }

  private static func queryEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    if start >= text.count || text[start] != 0x3F { return start }
    var at = start + 1
    var end = start
    while at < text.count {
      switch text[at] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x26, 0x3D, 0x23, 0x2F, 0x2D: end = at + 1
      case 0x21, 0x3F, 0x2A, 0x27, 0x28, 0x29, 0x3B, 0x3A, 0x2B, 0x24, 0x25, 0x5B, 0x5D, 0x2E, 0x2C, 0x7E,
        0x7C,
        0x40:
        break
      default: return end
      }
      at += 1
    }
    return end
  }
}
