internal import Bytes
internal import Records

/// Follow edges: `follower followee` a line, parted by tab, comma, semicolon or blanks; `#` begins a comment.
enum EdgeDecoder {
  /// Reads one trimmed line; nil for a comment and for a header (first line, without digits in front).
  static func read(_ line: Span<UInt8>, isFirst: Bool) throws(Rejection) -> Event? {
    if line[0] == UInt8(ascii: "#") || line[0] == UInt8(ascii: "%") { return nil }
    var event = Event(.follow)
    var index = 0
    for place in 0..<2 {
      while index < line.count, isBreak(line[index]) || line[index] == 0x22 { index += 1 }
      let start = index
      while index < line.count, !isBreak(line[index]), line[index] != 0x22 { index += 1 }
      let field = line.extracting(start..<index)
      guard let id = RecordID.parse(field) else {
        if isFirst && field.count > 0 && !(field[0] >= 48 && field[0] <= 57) { return nil }
        if field.count == 0 { throw Rejection(.missingID, "expected two ids, \"follower followee\"") }
        throw Rejection(.badID, "an id is no whole number from 1 to 2^63-1")
      }
      if place == 0 { event.user = id } else { event.target = id }
    }
    return event
  }

  private static func isBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }
}
