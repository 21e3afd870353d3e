internal import Bytes

extension SightingCollector {
  /// A link without scheme, `www.`, query and fragment: what links to one page have in common.
  @_lifetime(copy link)
  static func address(_ link: Span<UInt8>) -> Span<UInt8> {
    var start = 0
    var end = link.count
    for index in 0..<link.count where link[index] == UInt8(ascii: "?") || link[index] == UInt8(ascii: "#") {
      end = index
      break
    }
    for index in 0..<max(end - 2, 0)
    where link[index] == UInt8(ascii: ":") && link[index + 1] == UInt8(ascii: "/")
      && link[index + 2] == UInt8(ascii: "/")
    {
      start = index + 3
      break
    }
    if end - start > 4, link.extracting(start..<start + 4).equals("www.") { start += 4 }
    while end > start, link[end - 1] == UInt8(ascii: "/") { end -= 1 }
    return link.extracting(start..<end)
  }
}
