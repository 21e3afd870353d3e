internal import Bytes

/// Hashtags, mentions, lists and cashtags, each found from its sign. The rules are those of twitter-text 3; where its
/// ports differ, the conformance files decide.
enum TagScanner {
  /// A handle has at most this many characters in a text (twitter-text allows more than Twitter's 15).
  static let longestHandle = 20
  /// A list's slug, without the slash.
  static let longestSlug = 25

  /// Appends the tags of each kind in its own pass over the places of its sign; the caller sorts.
  static func scan(
    _ text: Span<UInt8>, _ signs: EntitySigns, kinds: EntityKinds, unicode: inout UnicodeTable,
    into list: inout EntityList
  ) {
    if signs.hash && kinds.contains(.hashtags) {
      var from = 0
      while let sign = text.firstIndex(of: 0x23, from: from) {
        from = hashtag(text, sign, sign + 1, &unicode, &list)
      }
    }
    if signs.at && kinds.contains(.mentions) {
      var from = 0
      while let sign = text.firstIndex(of: 0x40, from: from) { from = mention(text, sign, sign + 1, &list) }
    }
    if signs.dollar && kinds.contains(.cashtags) {
      var from = 0
      while let sign = text.firstIndex(of: 0x24, from: from) {
        cashtag(text, sign, &list)
        from = sign + 1
      }
    }
    if signs.fullwidth { scanFullwidth(text, kinds, &unicode, &list) }
  }

  /// ＃ and ＠ (EF BC 83, EF BC A0).
  private static func scanFullwidth(
    _ text: Span<UInt8>, _ kinds: EntityKinds, _ unicode: inout UnicodeTable, _ list: inout EntityList
  ) {
    var from = 0
    while let sign = text.firstIndex(of: 0xEF, from: from) {
      from = sign + 1
      guard text.count - sign > 2, text[sign + 1] == 0xBC else { continue }
      if text[sign + 2] == 0x83 && kinds.contains(.hashtags) {
        from = hashtag(text, sign, sign + 3, &unicode, &list)
      } else if text[sign + 2] == 0xA0 && kinds.contains(.mentions) {
        from = mention(text, sign, sign + 3, &list)
      }
    }
  }

  /// What a hashtag's body is made of: letters and marks, digits, and a few signs.
  @inline(__always)
  private static func body(_ c: UInt32, _ unicode: inout UnicodeTable) -> (isBody: Bool, isLetter: Bool) {
    if c < 0x80 {
      if CharacterClass.isLetter(c) { return (true, true) }
      return (c &- 0x30 < 10 || c == 0x5F, false)
    }
    let entry = unicode.entry(c)
    if entry.has(Property.letter) && !(c == 0x200C || c == 0x200D) { return (true, true) }
    return (entry.has(Property.digit) || CharacterClass.isHashtagSpecial(c), false)
  }

  /// The end of the run of body characters from `start`, and whether a letter is among them.
  static func hashtagBody(_ text: Span<UInt8>, _ start: Int, _ unicode: inout UnicodeTable) -> (
    end: Int, letter: Bool
  ) {
    var end = start
    var letter = false
    while end < text.count {
      let (value, next) = CodePoints.next(text, end)
      let (isBody, isLetter) = body(value, &unicode)
      if !isBody { break }
      letter = letter || isLetter
      end = next
    }
    return (end, letter)
  }

  private static func hashtag(
    _ text: Span<UInt8>, _ sign: Int, _ start: Int, _ unicode: inout UnicodeTable, _ list: inout EntityList
  ) -> Int {
    if sign > 0 {
      let before = CodePoints.previous(text, sign).value
      // A variation selector is a mark, yet an emoji may end in one.
      let isSelector = before == 0xFE0E || before == 0xFE0F
      if before == 0x26 || (!isSelector && body(before, &unicode).isBody) { return start }
    }
    if start < text.count {
      let first = CodePoints.next(text, start).value
      if first == 0xFE0F || first == 0x20E3 { return start }  // the keycap #️⃣
    }
    let (end, letter) = hashtagBody(text, start, &unicode)
    if !letter || startsSign(text, end, hash: true) || startsScheme(text, end) { return max(end, start) }
    list.append(.hashtag, sign..<end, name: start..<end)
    return end
  }

  private static func startsSign(_ text: Span<UInt8>, _ at: Int, hash: Bool) -> Bool {
    if at >= text.count { return false }
    let value = CodePoints.next(text, at).value
    return hash ? value == 0x23 || value == 0xFF03 : value == 0x40 || value == 0xFF20
  }

  private static func startsScheme(_ text: Span<UInt8>, _ at: Int) -> Bool {
    text.count - at > 2 && text[at] == 0x3A && text[at + 1] == 0x2F && text[at + 2] == 0x2F
  }

  @inline(__always)
  static func isHandle(_ byte: UInt8) -> Bool { CharacterClass.isAlphanumeric(UInt32(byte)) || byte == 0x5F }

  /// The end of the handle at `start`; `start` when there is none.
  static func handleEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < text.count && end - start < longestHandle && isHandle(text[end]) { end += 1 }
    return end
  }

  /// The end of `/slug` at `start`; `start` when there is none.
  static func slugEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    guard text.count - start > 1, text[start] == 0x2F, CharacterClass.isLetter(UInt32(text[start + 1])) else {
      return start
    }
    var end = start + 2
    while end < text.count && end - start <= longestSlug && (isHandle(text[end]) || text[end] == 0x2D) {
      end += 1
    }
    return end
  }

  private static func isMentionEnd(_ text: Span<UInt8>, _ end: Int) -> Bool {
    if end >= text.count { return true }
    let value = CodePoints.next(text, end).value
    if value == 0x40 || value == 0xFF20 || CharacterClass.isAccentedLatin(value) { return false }
    return !startsScheme(text, end)
  }

  private static func mention(_ text: Span<UInt8>, _ sign: Int, _ start: Int, _ list: inout EntityList) -> Int
  {
    let nameEnd = handleEnd(text, start)
    if nameEnd == start || !mayPrecedeMention(text, sign) { return start }
    let end = slugEnd(text, nameEnd)
    if isMentionEnd(text, end) {
      list.append(end > nameEnd ? .list : .mention, sign..<end, name: start..<nameEnd)
    }
    return end
  }

  private static func mayPrecedeMention(_ text: Span<UInt8>, _ sign: Int) -> Bool {
    if sign == 0 { return true }
    let before = CodePoints.previous(text, sign).value
    switch before {
    case 0x21, 0x23, 0x24, 0x25, 0x26, 0x2A, 0x40, 0x5F, 0xFF20: return false
    default:
      if !CharacterClass.isAlphanumeric(before) { return true }
    }
    // `RT@user`, in any case.
    if sign < 2 || lowered(text[sign - 1]) != 0x74 || lowered(text[sign - 2]) != 0x72 { return false }
    if sign == 2 { return true }
    let first = text[sign - 3]
    return !(isHandle(first) || first == 0x2B || first == 0x7E || first == 0x2E || first == 0x2D)
  }

  /// The name of the handle that the text begins with, behind spaces.
  static func reply(_ text: Span<UInt8>) -> Range<Int>? {
    var at = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      if value == 0x40 || value == 0xFF20 {
        let end = handleEnd(text, next)
        return end > next && isMentionEnd(text, end) ? next..<end : nil
      }
      if !(CharacterClass.isSpace(value) || CharacterClass.isDirectional(value)) { return nil }
      at = next
    }
    return nil
  }

  private static func cashtag(_ text: Span<UInt8>, _ sign: Int, _ list: inout EntityList) {
    if sign > 0 {
      let before = CodePoints.previous(text, sign).value
      if !(CharacterClass.isSpace(before) || CharacterClass.isDirectional(before)) { return }
    }
    let start = sign + 1
    var end = start
    while end < text.count && CharacterClass.isLetter(UInt32(text[end])) { end += 1 }
    if end == start || end - start > 6 { return }
    if end < text.count && (text[end] == 0x2E || text[end] == 0x5F) {
      var tail = end + 1
      while tail < text.count && CharacterClass.isLetter(UInt32(text[tail])) { tail += 1 }
      if tail > end + 1 && tail - end <= 3 && mayFollowCashtag(text, tail) { end = tail }
    }
    if mayFollowCashtag(text, end) { list.append(.cashtag, sign..<end, name: start..<end) }
  }

  private static func mayFollowCashtag(_ text: Span<UInt8>, _ at: Int) -> Bool {
    if at >= text.count { return true }
    let value = CodePoints.next(text, at).value
    return CharacterClass.isSpace(value) || CharacterClass.isPunctuation(value)
  }
}
