internal import Bytes

/// The grammar of a whole link (RFC 3986, narrowed by twitter-text's validation).
enum URLGrammar {
  static func isValid(_ text: Span<UInt8>, requiresScheme: Bool) -> Bool {
    var at = 0
    var end = 0
    while end < text.count && !isAny(text[end], 0x3A, 0x2F, 0x3F, 0x23) { end += 1 }
    let hasScheme =
      end > 0 && text.count - end > 2 && text[end] == 0x3A && text[end + 1] == 0x2F && text[end + 2] == 0x2F
    if hasScheme {
      let scheme = text.extracting(0..<end)
      if requiresScheme && !(scheme.equalsIgnoringCase(.http) || scheme.equalsIgnoringCase(.https)) {
        return false
      }
      at = end + 3
    } else if requiresScheme {
      return false
    }
    let authority = at
    while at < text.count && !isAny(text[at], 0x2F, 0x3F, 0x23, 0x23) { at += 1 }
    guard isAuthority(text.extracting(authority..<at)) else { return false }
    let path = at
    while at < text.count && text[at] != 0x3F && text[at] != 0x23 { at += 1 }
    guard isMade(text.extracting(path..<at), slash: true, question: false) else { return false }
    if at < text.count && text[at] == 0x3F {
      let query = at + 1
      at = query
      while at < text.count && text[at] != 0x23 { at += 1 }
      guard isMade(text.extracting(query..<at), slash: true, question: true) else { return false }
    }
    if at == text.count { return true }
    return isMade(text.extracting(at + 1..<text.count), slash: true, question: true)
  }

  private static func isAny(_ byte: UInt8, _ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> Bool {
    byte == a || byte == b || byte == c || byte == d
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || lowered(byte) &- 0x61 < 6
  }

  private static func isUnreserved(_ c: UInt32) -> Bool {
    if CharacterClass.isAlphanumeric(c) || c == 0x2D || c == 0x2E || c == 0x5F || c == 0x7E { return true }
    return (c >= 0x400 && c <= 0x4FF) || (c >= 0x2010 && c <= 0x2015)  // Cyrillic, dashes
  }

  private static func isSubDelimiter(_ c: UInt32) -> Bool {
    switch c {
    case 0x21, 0x24, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x3B, 0x3D: true
    default: false
    }
  }

  /// Whether all of `part` is path characters, with slashes and question marks where allowed.
  private static func isMade(_ part: Span<UInt8>, slash: Bool, question: Bool) -> Bool {
    var at = 0
    while at < part.count {
      let (value, next) = CodePoints.next(part, at)
      at = next
      if value == 0x25 {
        guard part.count - at > 1, isHex(part[at]), isHex(part[at + 1]) else { return false }
        at += 2
      } else if !(isUnreserved(value) || isSubDelimiter(value) || value == 0x3A || value == 0x7C
        || value == 0x40
        || (slash && value == 0x2F) || (question && value == 0x3F))
      {
        return false
      }
    }
    return true
  }

  private static func isAuthority(_ part: Span<UInt8>) -> Bool {
    var start = 0
    if let at = part.lastIndex(of: 0x40, before: part.count) {
      let user = part.extracting(0..<at)
      for i in user.indices where user[i] == 0x40 || user[i] == 0x7C { return false }
      guard isMade(user, slash: false, question: false) else { return false }
      start = at + 1
    }
    var end = part.count
    if let colon = part.lastIndex(of: 0x3A, before: end), colon >= start, end - colon <= 6 {
      var digits = colon + 1
      while digits < end && part[digits] &- 0x30 < 10 { digits += 1 }
      if digits == end && digits > colon + 1 { end = colon }
    }
    let host = part.extracting(start..<end)
    return isAddress(host) || isName(host)
  }

  private static func isAddress(_ host: Span<UInt8>) -> Bool {
    if host.count > 2 && host[0] == 0x5B && host[host.count - 1] == 0x5D {
      for i in 1..<host.count - 1 where !(isHex(host[i]) || host[i] == 0x3A || host[i] == 0x2E) {
        return false
      }
      return true
    }
    var numbers = 0
    var at = 0
    while at < host.count {
      var value = 0
      let start = at
      while at < host.count && at - start < 3 && host[at] &- 0x30 < 10 {
        value = value * 10 + Int(host[at] - 0x30)
        at += 1
      }
      if at == start || value > 255 || (host[start] == 0x30 && at - start > 1) { return false }
      numbers += 1
      if at == host.count { break }
      if host[at] != 0x2E { return false }
      at += 1
      if at == host.count { return false }
    }
    return numbers == 4
  }

  /// Labels of letters, digits and anything beyond ASCII; `-` inside, `_` inside all but the last two; the last begins
  /// with no digit.
  private static func isName(_ host: Span<UInt8>) -> Bool {
    var labels = 0
    var end = host.count
    while true {
      var start = end
      while start > 0 && host[start - 1] != 0x2E { start -= 1 }
      guard isLabel(host.extracting(start..<end), underscores: labels >= 2) else { return false }
      if labels == 0 && host[start] &- 0x30 < 10 { return false }
      labels += 1
      if start == 0 { return labels >= 2 }
      end = start - 1
    }
  }

  private static func isLabel(_ label: Span<UInt8>, underscores: Bool) -> Bool {
    if label.isEmpty { return false }
    for i in label.indices {
      let byte = label[i]
      if byte >= 0x80 || CharacterClass.isAlphanumeric(UInt32(byte)) { continue }
      let inside = i > 0 && i < label.count - 1
      if !(inside && (byte == 0x2D || (underscores && byte == 0x5F))) { return false }
    }
    return true
  }
}
