internal import Bytes
public import JSON

/// Ids as the sources write them.
public enum RecordID {
  /// Decimal digits from 1 to 2⁶³−1 without a leading zero; nil for anything else.
  public static func parse(_ text: Span<UInt8>) -> UInt64? {
    guard text.count >= 1, text.count <= 19, text[0] != 48 else { return nil }
    var value: UInt64 = 0
    for index in 0..<text.count {
      let digit = text[index] &- 48
      guard digit <= 9 else { return nil }
      // 19 digits are below 10¹⁹, which fits 64 bits.
      value = value &* 10 &+ UInt64(digit)
    }
    return value <= UInt64(Int64.max) ? value : nil
  }

  /// A string of digits, or a whole number.
  public static func parse(_ value: borrowing JSONValue) -> UInt64? {
    if value.isString { return parse(value.string) }
    guard let number = value.unsigned, number >= 1, number <= UInt64(Int64.max) else { return nil }
    return number
  }
}
