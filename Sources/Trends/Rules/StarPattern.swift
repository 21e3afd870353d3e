/// A text in which `*` stands for any bytes, none too; without one it is that text alone.
///
/// Bytes, not characters: both sides are folded UTF-8, so a part never matches from the middle of a character on.
struct StarPattern: Sendable, Equatable {
  /// What stands around the stars, at least one.
  private let parts: [[UInt8]]

  /// A pattern of the parts between its stars.
  init(parts: [[UInt8]]) {
    precondition(!parts.isEmpty)
    self.parts = parts
  }

  /// The only text that it matches; nil where it has a star.
  var whole: [UInt8]? { parts.count == 1 ? parts[0] : nil }

  /// What stands before the first star.
  var beginning: [UInt8] { parts[0] }

  /// Whether all of `text` is matched. - Complexity: O(text · pattern) at worst, without allocation.
  func matches(_ text: [UInt8]) -> Bool {
    if parts.count == 1 { return text == parts[0] }
    let last = parts[parts.count - 1]
    guard text.count >= parts[0].count + last.count, text.starts(with: parts[0]),
      text[(text.count - last.count)...].elementsEqual(last)
    else { return false }
    // The first place of each part leaves the most room for those behind it.
    var at = parts[0].count
    for part in parts.dropFirst().dropLast() {
      while !Self.stands(part, in: text, at, before: text.count - last.count) {
        if at + part.count >= text.count - last.count { return false }
        at += 1
      }
      at += part.count
    }
    return true
  }

  private static func stands(_ part: [UInt8], in text: [UInt8], _ at: Int, before end: Int) -> Bool {
    at + part.count <= end && text[at..<at + part.count].elementsEqual(part)
  }
}
