public import Bytes
public import Records

internal import CCLD2

/// Names the language of a text with CLD2, in Twitter's codes, or abstains. Holds no state.
public struct LanguageDetector: Sendable {
  /// A detector.
  public init() {}

  /// Appends the language's code to `code`; appends nothing when CLD2 is not sure or the text is not UTF-8.
  /// - Complexity: O(n), about 20 µs a tweet.
  public func detect(_ text: Span<UInt8>, into code: inout ByteBuffer) {
    // SAFETY: CLD2 reads the text during the call; the code that it returns is static.
    guard let name = unsafe text.withUnsafeBufferPointer({ unsafe tm_cld2_detect($0.baseAddress, $0.count) })
    else { return }
    let found = unsafe String(cString: name)
    code.append(string: Self.twitterCode(found))
  }

  /// Fills a tweet's `lang` when it is missing, empty or `und`. Returns whether it did.
  @discardableResult
  public func fill(_ tweet: inout Tweet) -> Bool {
    if Self.isKnown(tweet.bytes(tweet.lang)) { return false }
    var code = ByteBuffer(capacity: 16)
    detect(tweet.bytes(tweet.text), into: &code)
    if code.isEmpty { return false }
    let language = tweet.add(code.span)
    tweet.lang = language
    return true
  }

  private static func isKnown(_ code: Span<UInt8>) -> Bool { !code.isEmpty && !isUndetermined(code) }

  /// Whether it says `und`, in any case.
  private static func isUndetermined(_ code: Span<UInt8>) -> Bool {
    code.count == 3 && code[0] | 0x20 == UInt8(ascii: "u") && code[1] | 0x20 == UInt8(ascii: "n")
      && code[2] | 0x20 == UInt8(ascii: "d")
  }

  /// CLD2 and Twitter differ in a few codes; scripts are dropped.
  static func twitterCode(_ code: String) -> String {
    switch code {
    case "id", "ms": "in"
    case "he": "iw"
    case "jw": "jv"
    case "nb", "nn": "no"
    case "fil": "tl"
    default: String(code.prefix { $0 != "-" })
    }
  }
}
