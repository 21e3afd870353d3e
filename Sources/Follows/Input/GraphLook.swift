internal import Bytes

/// What the first bytes of a member say about the rest.
enum GraphLook: Equatable {
  case edges
  case records
  /// Nothing that a graph is made of.
  case other(String)

  /// How many bytes are looked at.
  static let bytes = 4096

  init(_ head: Span<UInt8>) {
    // Behind blank lines and a byte-order mark.
    var start = head.trimmed(0..<head.count).lowerBound
    while start < head.count, head[start] <= 32 { start += 1 }
    let end = head.firstIndex(of: 0x0A, from: start) ?? head.count
    let range = head.trimmed(start..<end)
    let line = head.extracting(range)
    switch line.count > 0 ? line[0] : 0 {
    case UInt8(ascii: "{"):
      // A record is one line; an opening brace alone is JSON for people, or a page of an API.
      self = line.count == 1 ? .other("JSON over many lines") : .records
    case UInt8(ascii: "["): self = .other("a JSON array")
    case UInt8(ascii: "w") where Self.begins(line, "window."): self = .other("an account archive")
    case UInt8(ascii: "G") where Self.begins(line, "Grailbird"): self = .other("an account archive")
    default: self = Self.isTweetTable(line) ? .other("a table of tweets") : .edges
    }
  }

  private static func begins(_ line: Span<UInt8>, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    return line.count >= count && line.extracting(0..<count).equals(word)
  }

  // A header that names a text.
  private static func isTweetTable(_ line: Span<UInt8>) -> Bool {
    var start = 0
    for index in 0...line.count {
      if index < line.count {
        switch line[index] {
        case 0x09, 0x22, UInt8(ascii: ","), UInt8(ascii: ";"): break
        default: continue
        }
      }
      let field = line.extracting(line.trimmed(start..<index))
      if field.equals("text") || field.equals("full_text") || field.equals("tweet_id") { return true }
      start = index + 1
    }
    return false
  }
}
