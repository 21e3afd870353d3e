internal import Bytes

/// The host and the path of a link, for its terms.
struct LinkParts {
  /// Without scheme, user, `www.` and port.
  let host: Range<Int>
  /// From the slash to the query or fragment.
  let path: Range<Int>

  init(_ link: Span<UInt8>) {
    var start = 0
    if let colon = link.firstIndex(of: 0x3A), link.count - colon > 2, link[colon + 1] == 0x2F,
      link[colon + 2] == 0x2F
    {
      start = colon + 3
    }
    var end = start
    while end < link.count && link[end] != 0x2F && link[end] != 0x3F && link[end] != 0x23 { end += 1 }
    if let at = link.lastIndex(of: 0x40, before: end), at >= start { start = at + 1 }
    var hostEnd = start
    while hostEnd < end && link[hostEnd] != 0x3A { hostEnd += 1 }
    if hostEnd - start > 4 && link.extracting(start..<start + 4).equalsIgnoringCase(.www),
      let dot = link.firstIndex(of: 0x2E, from: start + 4), dot < hostEnd
    {
      start += 4
    }
    host = start..<hostEnd
    var pathEnd = end
    while pathEnd < link.count && link[pathEnd] != 0x3F && link[pathEnd] != 0x23 { pathEnd += 1 }
    path = end..<pathEnd
  }

  /// Appends a path as text: `%XX` decoded, all ASCII signs as spaces.
  static func decode(_ path: Span<UInt8>, into out: inout ByteBuffer) {
    var at = 0
    while at < path.count {
      var byte = path[at]
      at += 1
      if byte == 0x25, path.count - at > 1, let high = digit(path[at]), let low = digit(path[at + 1]) {
        byte = high << 4 | low
        at += 2
      }
      out.append(byte >= 0x80 || CharacterClass.isAlphanumeric(UInt32(byte)) ? byte : 0x20)
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch lowered(byte) {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: lowered(byte) - 0x57
    default: nil
    }
  }
}
