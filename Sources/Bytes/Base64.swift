/// Base64 with padding (RFC 4648, section 4).
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends the encoding of `bytes`. - Complexity: O(n).
  public static func append(_ bytes: Span<UInt8>, to out: inout ByteBuffer) {
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      var group = UInt32(bytes[index]) << 16
      if left > 1 { group |= UInt32(bytes[index + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[index + 2]) }
      out.append(alphabet[Int(group >> 18)])
      out.append(alphabet[Int(group >> 12 & 63)])
      out.append(left > 1 ? alphabet[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      out.append(left > 2 ? alphabet[Int(group & 63)] : UInt8(ascii: "="))
      index += 3
    }
  }

  /// Appends the bytes that `text` encodes. - Returns: false when it is no Base64.
  public static func decode(_ text: Span<UInt8>, into out: inout ByteBuffer) -> Bool {
    if text.count % 4 != 0 { return false }
    var index = 0
    while index < text.count {
      var group: UInt32 = 0
      var padding = 0
      for place in index..<index + 4 {
        let byte = text[place]
        if byte == UInt8(ascii: "=") {
          guard place - index >= 2, index + 4 == text.count else { return false }
          padding += 1
          group <<= 6
        } else {
          guard padding == 0, let value = alphabet.firstIndex(of: byte) else { return false }
          group = group << 6 | UInt32(value)
        }
      }
      out.append(UInt8(truncatingIfNeeded: group >> 16))
      if padding < 2 { out.append(UInt8(truncatingIfNeeded: group >> 8)) }
      if padding < 1 { out.append(UInt8(truncatingIfNeeded: group)) }
      index += 4
    }
    return true
  }
}
