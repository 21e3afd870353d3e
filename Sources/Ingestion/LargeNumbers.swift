internal import Bytes

/// Numbers that JSON allows and 64 bits do not hold.
enum LargeNumbers {
  /// A copy of `text` in which every number of 19 or more characters or with an exponent is a string, or nil when there
  /// is none. What breaks JSON's grammar for numbers stays as it is, so that the parser still refuses it.
  static func quoted(_ text: Span<UInt8>) -> ByteBuffer? {
    var out = ByteBuffer(capacity: text.count + 64)
    var found = false
    var index = 0
    var copied = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        index = stringEnd(text, index)
        continue
      }
      guard byte == UInt8(ascii: "-") || byte >= 48 && byte <= 57 else {
        index += 1
        continue
      }
      let start = index
      let end = numberEnd(text, start)
      if let end, end - start >= 19 || hasExponent(text, start, end) {
        out.append(text.extracting(copied..<start))
        out.append(UInt8(ascii: "\""))
        out.append(text.extracting(start..<end))
        out.append(UInt8(ascii: "\""))
        copied = end
        found = true
      }
      index = max(end ?? start, start + 1)
    }
    if !found { return nil }
    out.append(text.extracting(copied..<text.count))
    return out
  }

  private static func stringEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var index = start + 1
    while index < text.count {
      if text[index] == UInt8(ascii: "\\") {
        index += 2
      } else if text[index] == UInt8(ascii: "\"") {
        return index + 1
      } else {
        index += 1
      }
    }
    return text.count
  }

  private static func hasExponent(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end where text[index] | 0x20 == UInt8(ascii: "e") { return true }
    return false
  }

  // RFC 8259: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
  static func numberEnd(_ text: Span<UInt8>, _ start: Int) -> Int? {
    var index = start
    func digits() -> Int {
      var seen = 0
      while index < text.count, text[index] >= 48, text[index] <= 57 {
        index += 1
        seen += 1
      }
      return seen
    }
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    guard index < text.count else { return nil }
    if text[index] == 48 { index += 1 } else if digits() == 0 { return nil }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      if digits() == 0 { return nil }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
        index += 1
      }
      if digits() == 0 { return nil }
    }
    return index
  }
}
