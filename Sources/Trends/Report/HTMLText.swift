internal import Bytes

/// Text of others in HTML: it can neither be taken for markup nor turn the order of what stands beside it.
extension ByteBuffer {
  /// Appends text, safe in an element and in a quoted attribute: & < > " ' are escaped, control characters are spaces, bytes
  /// that are no UTF-8 become U+FFFD.
  mutating func append(html text: Span<UInt8>) {
    for scalar in text.text.unicodeScalars {
      switch scalar {
      case "&": append("&amp;")
      case "<": append("&lt;")
      case ">": append("&gt;")
      case "\"": append("&quot;")
      case "'": append("&#39;")
      default:
        let isControl = scalar.value < 32 || scalar.value >= 127 && scalar.value < 160
        if isControl { append(UInt8(ascii: " ")) } else { append(string: String(scalar)) }
      }
    }
  }

  /// The same in an element of its own whose direction is its own matter.
  mutating func append(isolated text: Span<UInt8>) {
    append("<bdi>")
    append(html: text)
    append("</bdi>")
  }
}
