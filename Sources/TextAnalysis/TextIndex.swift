/// Byte offsets of UTF-8 as the indices that others count: code points (Twitter's `indices`) and UTF-16 units.
public enum TextIndex {
  /// Code points of `text`. - Complexity: O(n).
  public static func codePointCount(_ text: Span<UInt8>) -> Int {
    var count = 0
    for i in text.indices where text[i] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// UTF-16 units of `text`. - Complexity: O(n).
  public static func utf16Count(_ text: Span<UInt8>) -> Int {
    var count = 0
    for i in text.indices {
      let byte = text[i]
      if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
    }
    return count
  }

  /// The code point index of a byte offset. - Complexity: O(offset).
  public static func codePoint(ofByte offset: Int, in text: Span<UInt8>) -> Int {
    codePointCount(text.extracting(0..<min(max(offset, 0), text.count)))
  }

  /// The UTF-16 index of a byte offset. - Complexity: O(offset).
  public static func utf16(ofByte offset: Int, in text: Span<UInt8>) -> Int {
    utf16Count(text.extracting(0..<min(max(offset, 0), text.count)))
  }

  /// The byte offset of a code point index; the text's end when it is beyond. - Complexity: O(index).
  public static func byte(ofCodePoint index: Int, in text: Span<UInt8>) -> Int {
    if index <= 0 { return 0 }
    var left = index
    for i in text.indices where text[i] & 0xC0 != 0x80 {
      if left == 0 { return i }
      left -= 1
    }
    return text.count
  }

  /// The byte offset of a UTF-16 index; inside a surrogate pair, of its code point's end. - Complexity: O(index).
  public static func byte(ofUTF16 index: Int, in text: Span<UInt8>) -> Int {
    if index <= 0 { return 0 }
    var left = index
    for i in text.indices where text[i] & 0xC0 != 0x80 {
      if left <= 0 { return i }
      left -= text[i] >= 0xF0 ? 2 : 1
    }
    return text.count
  }
}
