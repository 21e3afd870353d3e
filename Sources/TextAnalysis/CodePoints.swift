/// Reading UTF-8 one code point at a time. Malformed bytes count as U+FFFD each, so nothing here ever traps.
enum CodePoints {
  /// The code point at `index` and where the next one begins.
  @inline(__always)
  static func next(_ text: Span<UInt8>, _ index: Int) -> (value: UInt32, end: Int) {
    let first = text[index]
    if first < 0x80 { return (UInt32(first), index + 1) }
    return multibyte(text, index, first)
  }

  @inline(__always)
  private static func multibyte(_ text: Span<UInt8>, _ index: Int, _ first: UInt8) -> (
    value: UInt32, end: Int
  ) {
    let left = text.count - index
    if first >= 0xC2 && first < 0xE0 && left > 1 {
      let b = text[index + 1]
      if b & 0xC0 == 0x80 { return (UInt32(first & 0x1F) << 6 | UInt32(b & 0x3F), index + 2) }
    } else if first >= 0xE0 && first < 0xF0 && left > 2 {
      let b = text[index + 1]
      let c = text[index + 2]
      if b & 0xC0 == 0x80 && c & 0xC0 == 0x80 {
        let value = UInt32(first & 0x0F) << 12 | UInt32(b & 0x3F) << 6 | UInt32(c & 0x3F)
        if value >= 0x800 && (value < 0xD800 || value > 0xDFFF) { return (value, index + 3) }
      }
    } else if first >= 0xF0 && first < 0xF5 && left > 3 {
      let b = text[index + 1]
      let c = text[index + 2]
      let d = text[index + 3]
      if b & 0xC0 == 0x80 && c & 0xC0 == 0x80 && d & 0xC0 == 0x80 {
        let value =
          UInt32(first & 0x07) << 18 | UInt32(b & 0x3F) << 12 | UInt32(c & 0x3F) << 6 | UInt32(d & 0x3F)
        if value >= 0x10000 && value < 0x110000 { return (value, index + 4) }
      }
    }
    return (0xFFFD, index + 1)
  }

  /// The code point that ends at `index`, and where it begins.
  static func previous(_ text: Span<UInt8>, _ index: Int) -> (value: UInt32, start: Int) {
    var start = index - 1
    if text[start] < 0x80 { return (UInt32(text[start]), start) }
    let limit = max(0, index - 4)
    while start > limit && text[start] & 0xC0 == 0x80 { start -= 1 }
    let (value, end) = next(text, start)
    return end == index ? (value, start) : (0xFFFD, index - 1)
  }

  /// The greatest offset at most `limit` that does not cut a code point.
  static func floor(_ text: Span<UInt8>, _ limit: Int) -> Int {
    if limit >= text.count { return text.count }
    var at = limit
    while at > 0 && limit - at < 3 && text[at] & 0xC0 == 0x80 { at -= 1 }
    return text[at] & 0xC0 == 0x80 ? limit : at
  }
}

extension Span where Element == UInt8 {
  /// Whether every byte is below 0x80.
  var isASCII: Bool {
    var all: UInt8 = 0
    for i in indices { all |= self[i] }
    return all < 0x80
  }

  /// Whether both hold the same bytes.
  func equals(_ other: Span<UInt8>) -> Bool {
    if count != other.count { return false }
    for i in indices where self[i] != other[i] { return false }
    return true
  }

  /// Whether it is this short word, ASCII letters compared without case.
  func equalsIgnoringCase(_ word: ShortWord) -> Bool {
    if count != (71 - word.rawValue.leadingZeroBitCount) / 8 { return false }
    var packed: UInt64 = 0
    for i in indices { packed = packed << 8 | UInt64(lowered(self[i])) }
    return packed == word.rawValue
  }
}

/// Short words that texts are compared with: their small letters as one number, the first in the highest byte.
enum ShortWord: UInt64 {
  case http = 0x6874_7470
  case https = 0x68_7474_7073
  /// `t.co`
  case shortener = 0x742E_636F
  /// `www.`
  case www = 0x7777_772E
}

/// An ASCII capital as its small letter; other bytes as they are.
@inline(__always)
func lowered(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
