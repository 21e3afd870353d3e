internal import Bytes
internal import JSON
internal import Records

/// Words for a value that is not JSON: where, what was expected, what was found.
enum JSONDiagnosis {
  /// The reason and place for what the parser refused.
  static func rejection(_ text: Span<UInt8>, _ error: JSONError) -> Rejection {
    if let place = UTF8Check.firstError(in: text) {
      return Rejection(.badUTF8, "byte \(place): expected UTF-8, found 0x\(String(text[place], radix: 16))")
    }
    switch error {
    case .tooDeep: return Rejection(.tooDeep, "nested deeper than \(JSONParser.maximumDepth)")
    case .tooLarge: return Rejection(.tooLong, "no memory for a value of \(text.count) bytes")
    default: break
    }
    var scanner = ValueScanner()
    switch scanner.scan(text, from: 0, limit: text.count) {
    case .complete(let end):
      return Rejection(.badJSON, end < text.count ? "byte \(end): expected the end, found more" : "not JSON")
    case .incomplete: return Rejection(.badJSON, "byte \(text.count): the value ends before it is complete")
    case .tooDeep: return Rejection(.tooDeep, "nested deeper than \(JSONParser.maximumDepth)")
    case .invalid(let place, let expected):
      return Rejection(.badJSON, "byte \(place): expected \(expected), found \(shown(text, place))")
    }
  }

  private static func shown(_ text: Span<UInt8>, _ place: Int) -> String {
    guard place < text.count else { return "the end" }
    let byte = text[place]
    if byte >= 0x21 && byte < 0x7F { return "\"\(Character(UnicodeScalar(byte)))\"" }
    return "0x" + String(byte, radix: 16)
  }
}
