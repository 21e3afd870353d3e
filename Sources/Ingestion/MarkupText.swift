internal import Bytes
internal import JSON
internal import Records

/// Text that Twitter escaped for HTML: `&lt;`, `&gt;` and `&amp;` are decoded, exactly once, and nothing else.
enum MarkupText {
  /// A string field, decoded, in the tweet's arena.
  static func read(_ fields: borrowing JSONFields, _ key: Int, _ tweet: inout Tweet) -> TextRange {
    guard let value = fields[key], value.isString else { return .absent }
    let start = tweet.arena.count
    decode(value.string, into: &tweet.arena)
    return TextRange(start: start, count: tweet.arena.count - start)
  }

  /// The app's name out of `<a href="…">Name</a>`; a source without a link is its own name.
  static func appName(_ fields: borrowing JSONFields, _ key: Int, _ tweet: inout Tweet) -> TextRange {
    guard let value = fields[key], value.isString else { return .absent }
    return appName(value.string, &tweet)
  }

  /// The same for a text.
  static func appName(_ whole: Span<UInt8>, _ tweet: inout Tweet) -> TextRange {
    var name = whole
    if whole.count > 0, whole[0] == UInt8(ascii: "<"), let open = whole.firstIndex(of: UInt8(ascii: ">")),
      let close = whole.lastIndex(of: UInt8(ascii: "<"), before: whole.count), close > open
    {
      name = whole.extracting(open + 1..<close)
    }
    let start = tweet.arena.count
    decode(name, into: &tweet.arena)
    return TextRange(start: start, count: tweet.arena.count - start)
  }

  /// Appends `text` with the three references decoded. - Complexity: O(n).
  static func decode(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    var start = 0
    var from = 0
    while let place = text.firstIndex(of: UInt8(ascii: "&"), from: from) {
      let word = text.word(at: place)
      let width: Int
      let byte: UInt8
      // Compared as little-endian words: "&lt;", "&gt;", "&amp;".
      if word & 0xFFFF_FFFF == 0x3B74_6C26 {
        (width, byte) = (4, UInt8(ascii: "<"))
      } else if word & 0xFFFF_FFFF == 0x3B74_6726 {
        (width, byte) = (4, UInt8(ascii: ">"))
      } else if word & 0xFF_FFFF_FFFF == 0x3B_706D_6126 {
        (width, byte) = (5, UInt8(ascii: "&"))
      } else {
        from = place + 1
        continue
      }
      out.append(text.extracting(start..<place))
      out.append(byte)
      start = place + width
      from = start
    }
    out.append(text.extracting(start..<text.count))
  }
}
