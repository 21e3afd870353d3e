internal import Bytes

/// Where an element of a page stands in its text: looked for only when one is refused.
enum ElementLocator {
  /// The bytes of element `index` of the list (or of the object) behind the top-level key `list`.
  static func find(_ list: StaticString, _ index: Int, in text: Span<UInt8>) -> Range<Int>? {
    var at = blanks(text, 0)
    guard at < text.count, text[at] == UInt8(ascii: "{") else { return nil }
    at += 1
    var found: Range<Int>?
    while true {
      at = blanks(text, at)
      guard let key = value(text, at) else { return found }
      at = blanks(text, key.upperBound)
      guard at < text.count, text[at] == UInt8(ascii: ":"), let member = value(text, blanks(text, at + 1))
      else {
        return found
      }
      // Of duplicate keys the last counts, as in reading.
      if key.count > 2, text.extracting(key.lowerBound + 1..<key.upperBound - 1).equals(list) {
        found = member
      }
      at = blanks(text, member.upperBound)
      guard at < text.count, text[at] == UInt8(ascii: ",") else { break }
      at += 1
    }
    guard let found, text[found.lowerBound] == UInt8(ascii: "[") else { return found }
    return element(index, found.lowerBound + 1, text)
  }

  private static func element(_ index: Int, _ start: Int, _ text: Span<UInt8>) -> Range<Int>? {
    var at = start
    var number = 0
    while let value = value(text, blanks(text, at)) {
      if number == index { return value }
      number += 1
      at = blanks(text, value.upperBound)
      guard at < text.count, text[at] == UInt8(ascii: ",") else { return nil }
      at += 1
    }
    return nil
  }

  private static func value(_ text: Span<UInt8>, _ start: Int) -> Range<Int>? {
    var scanner = ValueScanner()
    guard case .complete(let end) = scanner.scan(text, from: start, limit: text.count) else { return nil }
    return start..<end
  }

  private static func blanks(_ text: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < text.count, text[index] <= 0x20 { index += 1 }
    return index
  }
}
