internal import Bytes

/// The JavaScript before an account archive's JSON: `window.YTD.tweets.part0 = `, `var user_details = `.
enum Assignment {
  /// Names are short; more bytes are not looked at.
  static let longest = 256

  /// Whether an assignment can begin with this byte: `var`, `window`, `Grailbird`.
  static func mayBegin(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "v") || byte == UInt8(ascii: "w") || byte == UInt8(ascii: "G")
  }

  /// Where the value begins that is assigned at `start`, or nil when there is no assignment.
  static func end(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
    guard begins(bytes, start) else { return nil }
    let limit = min(bytes.count, start + longest)
    var index = start
    while index < limit, isName(bytes[index]) || bytes[index] == 0x20 || bytes[index] == UInt8(ascii: ".") {
      index += 1
    }
    guard index < limit, bytes[index] == UInt8(ascii: "=") else { return nil }
    return index + 1
  }

  /// The name that is assigned to: `YTD.tweets.part0`, without `window.` and `var `.
  static func name(_ bytes: Span<UInt8>, _ start: Int) -> String? {
    guard let end = end(bytes, start) else { return nil }
    var text = bytes.extracting(start..<end - 1).text[...]
    while text.last == " " { text.removeLast() }
    for prefix in ["window.", "var "] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
    return String(text)
  }

  /// Whether a variable of this name holds tweets.
  static func holdsTweets(_ name: String) -> Bool {
    name.hasPrefix("Grailbird.data.tweets_") || name.hasPrefix("YTD.tweets.") || name.hasPrefix("YTD.tweet.")
      || name.hasPrefix("YTD.community_tweet.")
  }

  private static func begins(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
    let rest = bytes.extracting(start..<min(bytes.count, start + 10))
    if rest.count < 4 { return false }
    if rest.extracting(0..<4).equals("var ") { return true }
    if rest.count >= 7 && rest.extracting(0..<7).equals("window.") { return true }
    return rest.count == 10 && rest.equals("Grailbird.")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  private static func isName(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 >= 97 && byte | 0x20 <= 122 || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "$")
  }
}
