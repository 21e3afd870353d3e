internal import Bytes

/// A line of an edge list: `follower followee`, and perhaps when it began.
///
/// Fields are parted by tab, comma, semicolon or blanks and may stand in quotes; `#` and `%` begin comments. What follows
/// the second field is a time as `Timestamp` reads it, or seconds (10 digits) or milliseconds (13 digits) since 1970:
/// a weight such as `1` is none, and is refused rather than passed over.
public struct FollowEdge: Equatable, Sendable {
  /// Who follows.
  public var follower: UInt64
  /// Whom.
  public var followee: UInt64
  /// Since when, in ms since 1970; nil without a third field.
  public var at: Int64?

  /// An edge.
  public init(_ follower: UInt64, _ followee: UInt64, at: Int64? = nil) {
    self.follower = follower
    self.followee = followee
    self.at = at
  }

  /// Reads one line without blanks around it; nil for an empty one, a comment, and a header: the first line of a file
  /// (`isFirst`) whose first field does not begin with a digit.
  ///
  /// - Throws: missing-id, bad-id, bad-time. - Complexity: O(bytes).
  @inlinable public static func read(_ line: Span<UInt8>, isFirst: Bool) throws(Rejection) -> FollowEdge? {
    // Two numbers and one break between them: all but a few lines of any graph.
    var index = 0
    let follower = number(line, &index)
    if follower > 0, index + 1 < line.count, isBreak(line[index]) {
      index += 1
      let followee = number(line, &index)
      if followee > 0, index == line.count { return FollowEdge(follower, followee) }
    }
    return try readSlowly(line, isFirst: isFirst)
  }

  /// Whether a line without blanks around it is empty or a comment.
  @inlinable public static func isNothing(_ line: Span<UInt8>) -> Bool {
    line.isEmpty || line[0] == UInt8(ascii: "#") || line[0] == UInt8(ascii: "%")
  }

  // A number at `index`, which it passes; 0 for what only the slow way can tell.
  @inlinable @inline(__always)
  static func number(_ line: Span<UInt8>, _ index: inout Int) -> UInt64 {
    var value: UInt64 = 0
    let start = index
    // 18 digits fit 63 bits; longer ids go the slow way.
    let end = min(line.count, start + 18)
    while index < end {
      let digit = line[index] &- 48
      if digit > 9 { break }
      value = value &* 10 &+ UInt64(digit)
      index += 1
    }
    return index > start && line[start] != 48 ? value : 0
  }

  @inlinable @inline(__always)
  static func isBreak(_ byte: UInt8) -> Bool {
    byte == 0x09 || byte == 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
  }

  @usableFromInline
  static func readSlowly(_ line: Span<UInt8>, isFirst: Bool) throws(Rejection) -> FollowEdge? {
    if isNothing(line) { return nil }
    var edge = FollowEdge(0, 0)
    var index = 0
    for place in 0..<2 {
      let field = field(line, &index)
      guard let id = RecordID.parse(line.extracting(field)) else {
        if isFirst && place == 0 && !field.isEmpty && !isDigit(line[field.lowerBound]) { return nil }
        if field.isEmpty { throw Rejection(.missingID, "expected two ids, \"follower followee\"") }
        throw Rejection(
          .badID,
          "expected an id, a whole number from 1 to 2^63-1, found \"\(shown(line.extracting(field)))\"")
      }
      if place == 0 { edge.follower = id } else { edge.followee = id }
    }
    edge.at = try time(line, index)
    return edge
  }

  private static func field(_ line: Span<UInt8>, _ index: inout Int) -> Range<Int> {
    while index < line.count, isBreak(line[index]) || line[index] == 0x22 { index += 1 }
    let start = index
    while index < line.count, !isBreak(line[index]), line[index] != 0x22 { index += 1 }
    return start..<index
  }

  // The rest of a line: times may hold blanks.
  private static func time(_ line: Span<UInt8>, _ index: Int) throws(Rejection) -> Int64? {
    var start = index
    var end = line.count
    while start < end, isBreak(line[start]) || line[start] == 0x22 { start += 1 }
    while end > start, isBreak(line[end - 1]) || line[end - 1] == 0x22 { end -= 1 }
    if start == end { return nil }
    let text = line.extracting(start..<end)
    guard let time = Timestamp.parse(text) ?? Timestamp.parseEpoch(text) else {
      throw Rejection(
        .badTime,
        "expected a time in the third column (2021-06-20T21:00:00Z, or 10 or 13 digits since 1970), found \"\(shown(text))\""
      )
    }
    return time
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  // What was found, short and on one line.
  private static func shown(_ text: Span<UInt8>) -> String {
    let bytes = (0..<min(text.count, 40)).map { text[$0] >= 32 && text[$0] < 127 ? text[$0] : 63 }
    return String(decoding: bytes, as: UTF8.self) + (text.count > 40 ? "…" : "")
  }
}
