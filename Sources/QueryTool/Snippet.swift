internal import Search

/// A text, or of a long one the part around what was asked for, cut into marked and other parts.
struct Snippet {
  private(set) var parts: [(text: String, isMarked: Bool)] = []

  /// Longer texts are cut, to so many characters: what a tweet had room for when most were written.
  static let longest = 280
  /// Characters kept before the first mark.
  private static let before = 80

  init(_ text: String, _ marks: [Highlight]) {
    let first = marks.first?.bytes.lowerBound ?? 0
    var start = text.startIndex
    if text.count > Self.longest {
      let mark = text.utf8.index(text.startIndex, offsetBy: first)
      start = text.index(mark, offsetBy: -Self.before, limitedBy: text.startIndex) ?? text.startIndex
    }
    let end = text.index(start, offsetBy: Self.longest, limitedBy: text.endIndex) ?? text.endIndex
    if start > text.startIndex { parts.append(("…", false)) }
    var at = start
    for mark in marks {
      let from = max(text.utf8.index(text.startIndex, offsetBy: mark.bytes.lowerBound), start)
      let to = min(text.utf8.index(text.startIndex, offsetBy: mark.bytes.upperBound), end)
      if from >= to { continue }
      if from > at { parts.append((String(text[at..<from]), false)) }
      parts.append((String(text[from..<to]), true))
      at = to
    }
    if at < end { parts.append((String(text[at..<end]), false)) }
    if end < text.endIndex { parts.append(("…", false)) }
  }
}
