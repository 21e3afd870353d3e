internal import Bytes

/// Links, found from a dot that stands between two characters of a host.
///
/// twitter-text searches with one large regular expression; this is the same search, run by run. A run is a stretch of
/// host characters, dots, `-` and `_`. In it, labels are followed from the earliest allowed start to the last
/// top-level domain that they reach. Each run is walked a bounded number of times: linear.
enum LinkScanner {
  /// The longest link that Twitter takes, in characters, `https://` included.
  static let longestURL = 4096
  /// The longest name behind `t.co/`.
  static let longestShortName = 40

  static func scan(
    _ text: Span<UInt8>, unicode: inout UnicodeTable, domains: borrowing DomainNames,
    into list: inout EntityList
  ) {
    var at = 0  // where the search goes on: all before is spent
    var from = 0
    while let dot = text.firstIndex(of: 0x2E, from: from) {
      from = dot + 1
      if dot == at || from >= text.count || !isHostByte(text[dot - 1]) || !isHostByte(text[from]) { continue }
      let run = runAround(dot, in: text, notBefore: at)
      at = RunSearch(text: text, run: run, spent: at).links(unicode: &unicode, domains: domains, into: &list)
      from = max(at, from)
    }
  }

  @inline(__always)
  private static func isHostByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || CharacterClass.isAlphanumeric(UInt32(byte))
  }

  @inline(__always)
  static func isRun(_ c: UInt32) -> Bool { c == 0x2E || c == 0x2D || c == 0x5F || CharacterClass.isHost(c) }

  private static func runAround(_ dot: Int, in text: Span<UInt8>, notBefore limit: Int) -> Range<Int> {
    var start = dot
    while start > limit {
      let (value, before) = CodePoints.previous(text, start)
      if !isRun(value) || before < limit { break }
      start = before
    }
    var end = dot + 1
    while end < text.count {
      let (value, next) = CodePoints.next(text, end)
      if !isRun(value) { break }
      end = next
    }
    return start..<end
  }

  /// Whether a link may follow `c`. A letter or digit of ASCII, a sign of a tag or an invalid character forbids it.
  static func mayPrecede(_ c: UInt32) -> Bool {
    !(CharacterClass.isAlphanumeric(c) || c == 0x40 || c == 0x23 || c == 0x24 || c == 0xFF20 || c == 0xFF03
      || CharacterClass.isInvalid(c))
  }

  /// Whether a link without a scheme behind `c` is passed over: it is the rest of something else.
  static func spoils(_ c: UInt32) -> Bool { c == 0x2D || c == 0x5F || c == 0x2E || c == 0x2F }
}

/// The search for links in one run.
private struct RunSearch: ~Escapable {
  let text: Span<UInt8>
  let run: Range<Int>
  let spent: Int

  @_lifetime(copy text)
  init(text: Span<UInt8>, run: Range<Int>, spent: Int) {
    self.text = text
    self.run = run
    self.spent = spent
  }

  /// Adds the links that begin in the run; returns where the search goes on.
  func links(unicode: inout UnicodeTable, domains: borrowing DomainNames, into list: inout EntityList) -> Int
  {
    let scheme = schemeStart()
    if let scheme {
      let host = hostEnd(from: run.lowerBound, domains)
      if let end = host.end, !host.spoiled {
        return emitWithScheme(scheme, host: run.lowerBound..<end, unicode: unicode, into: &list)
      }
    }
    var (start, spoiled) = firstStart()
    while start < run.upperBound {
      let host = hostEnd(from: start, domains)
      if let end = host.end {
        let tail = LinkTail(text, from: end)
        if !spoiled && !host.spoiled {
          emitWithoutScheme(start..<end, tail: tail, unicode: unicode, domains, into: &list)
        }
        return tail.end
      }
      // Any later start stands behind a dot, which spoils it; it still spends what it matches. Labels up to the one
      // that ended the walk lead nowhere either.
      guard let dot = text.firstIndex(of: 0x2E, from: host.stop) else { return run.upperBound }
      start = dot + 1
      spoiled = true
    }
    return run.upperBound
  }

  /// Where `http://` or `https://` before the run begins, if it may begin there.
  private func schemeStart() -> Int? {
    let end = run.lowerBound
    guard end - spent >= 7, text[end - 1] == 0x2F, text[end - 2] == 0x2F, text[end - 3] == 0x3A else {
      return nil
    }
    for length in [4, 5] where end - 3 - length >= spent {
      let start = end - 3 - length
      let word = text.extracting(start..<end - 3)
      guard length == 4 ? word.equalsIgnoringCase(.http) : word.equalsIgnoringCase(.https) else { continue }
      if start == 0 { return start }
      if start == spent { return nil }
      return LinkScanner.mayPrecede(CodePoints.previous(text, start).value) ? start : nil
    }
    return nil
  }

  /// The earliest start without a scheme, and whether what stands before it spoils the link.
  private func firstStart() -> (Int, Bool) {
    var start = run.lowerBound
    if start == 0 { return (0, false) }
    var before: UInt32
    if start == spent {
      (before, start) = CodePoints.next(text, start)
    } else {
      before = CodePoints.previous(text, start).value
    }
    while !LinkScanner.mayPrecede(before) && start < run.upperBound {
      (before, start) = CodePoints.next(text, start)
    }
    return (start, LinkScanner.spoils(before))
  }

  private func isLabelByte(_ at: Int) -> Bool { text[at] != 0x2D && text[at] != 0x5F && text[at] != 0x2E }

  /// The end of the longest host that begins at `start`: labels begin and end in a letter or digit, the last one before
  /// the top-level domain holds no `_`. Such a one is matched from behind the `_`, which spoils it.
  /// `stop` is the label that ended the walk.
  private func hostEnd(
    from start: Int, _ domains: borrowing DomainNames
  ) -> (end: Int?, spoiled: Bool, stop: Int) {
    var best: Int?
    var spoiledBest: Int?
    var label = start
    var first = true
    var hasUnderscore = false
    while label < run.upperBound {
      if !first, let end = domains.match(text, at: label, limit: run.upperBound) {
        if hasUnderscore { spoiledBest = end } else { best = end }
      }
      first = false
      hasUnderscore = false
      var end = label
      while end < run.upperBound && text[end] != 0x2E {
        if text[end] == 0x5F { hasUnderscore = true }
        end += 1
      }
      if end == run.upperBound || end == label || !isLabelByte(label) || !isLabelByte(end - 1) { break }
      label = end + 1
    }
    if let best { return (best, false, label) }
    return (spoiledBest, true, min(label, run.upperBound))
  }

  private func emitWithScheme(
    _ start: Int, host: Range<Int>, unicode: borrowing UnicodeTable, into list: inout EntityList
  ) -> Int {
    let tail = LinkTail(text, from: host.upperBound)
    var end = tail.end
    if let name = tail.shortName(host: host) {
      if name.count > LinkScanner.longestShortName { return tail.end }
      end = tail.queryEnd(from: name.upperBound)
    }
    if isValid(host, url: end - start, unicode) { list.append(.url, start..<end, name: host) }
    return tail.end
  }

  /// Of a host without scheme only the parts that look like an ASCII or accented name count, each on its own.
  private func emitWithoutScheme(
    _ host: Range<Int>, tail: LinkTail, unicode: borrowing UnicodeTable, _ domains: borrowing DomainNames,
    into list: inout EntityList
  ) {
    var at = host.lowerBound
    var found = false
    while at < host.upperBound {
      let (end, stop) = plainHostEnd(from: at, limit: host.upperBound, domains)
      guard let end else {
        at = stop
        continue
      }
      if isValid(at..<end, url: tail.end - host.lowerBound + 8, unicode) {
        list.append(.url, at..<end, name: at..<end)
        found = true
      }
      at = end
    }
    if found && tail.hasPath { list.extendLast(to: tail.end) }
  }

  private func isPlain(_ at: Int) -> (Bool, Int) {
    let (value, next) = CodePoints.next(text, at)
    let plain =
      CharacterClass.isAlphanumeric(value) || value == 0x2D || value == 0x5F
      || CharacterClass.isAccentedLatin(value)
    return (plain, next)
  }

  /// The end of the longest plain host at `start`; without one, where to look next: no label before leads to one.
  private func plainHostEnd(
    from start: Int, limit: Int, _ domains: borrowing DomainNames
  ) -> (end: Int?, stop: Int) {
    var best: Int?
    var label = start
    while label < limit {
      if label > start, let end = domains.match(text, at: label, limit: limit) { best = end }
      var end = label
      while end < limit {
        let (plain, next) = isPlain(end)
        if !plain { break }
        end = next
      }
      if end >= limit { return (best, limit) }
      if end == label || text[end] != 0x2E { return (best, CodePoints.next(text, end).end) }
      label = end + 1
    }
    return (best, limit)
  }

  /// Whether the host has an ASCII form with labels of 1 to 63 bytes (RFC 1035, UTS #46), and the link is not too long.
  private func isValid(_ host: Range<Int>, url length: Int, _ unicode: borrowing UnicodeTable) -> Bool {
    if length > LinkScanner.longestURL { return false }
    let name = text.extracting(host)
    if !name.isASCII { return unicode.icu.asciiLength(ofHost: name) != nil }
    var label = 0
    for i in name.indices {
      label = name[i] == 0x2E ? 0 : label + 1
      if label > 63 { return false }
    }
    return true
  }
}
