public import Bytes

/// Writing JSON: only the escapes that RFC 8259 requires, non-ASCII raw, numbers as the shortest text that reads back.
extension ByteBuffer {
  /// Appends a string with its quotes. - Complexity: O(n), eight bytes at a time where nothing needs an escape.
  public mutating func append(jsonString text: Span<UInt8>) {
    let count = text.count
    reserve(count + 2)
    append(UInt8(ascii: "\""))
    var index = 0
    // Most strings need no escape: eight bytes at a time, the rest padded with blanks.
    while index + 8 <= count, !Self.needsEscape(text.word(at: index)) { index += 8 }
    let left = count - index
    if left < 8, !Self.needsEscape(text.word(at: index) | Self.blanks << UInt64(8 * left)) {
      append(text)
    } else {
      appendEscaping(text, from: index)
    }
    append(UInt8(ascii: "\""))
  }

  private static var blanks: UInt64 { 0x2020_2020_2020_2020 }

  // `from`: the bytes before it need no escape.
  private mutating func appendEscaping(_ text: Span<UInt8>, from: Int) {
    var start = 0
    var index = from
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        if index > start { append(text.extracting(start..<index)) }
        appendEscape(byte)
        start = index + 1
      }
      index += 1
    }
    if start < text.count { append(text.extracting(start..<text.count)) }
  }

  // Bit tricks for "has a byte below 0x20, or equal to a quote or a backslash" (Hacker's Delight, 6-1).
  @inline(__always)
  private static func needsEscape(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let control = (word &- ones &* 0x20) & ~word
    return (control | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & highs != 0
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u00")
      append(Self.hexDigit(byte >> 4))
      append(Self.hexDigit(byte & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

  /// Appends decimal digits.
  public mutating func append(decimal value: UInt64) {
    if value < 10 { return append(UInt8(truncatingIfNeeded: 48 + value)) }
    // Eight digits at a time from the right, as one word each.
    if value < 100_000_000 {
      let count = Self.digits(value)
      append(littleEndian: Self.eightDigits(value) >> UInt64(8 * (8 - count)), count)
      return
    }
    let high = value / 100_000_000
    append(decimal: high)
    append(littleEndian: Self.eightDigits(value - high * 100_000_000))
  }

  private static func digits(_ value: UInt64) -> Int {
    if value < 10_000 { return value < 100 ? (value < 10 ? 1 : 2) : (value < 1000 ? 3 : 4) }
    return value < 1_000_000 ? (value < 100_000 ? 5 : 6) : (value < 10_000_000 ? 7 : 8)
  }

  // The eight digits of a number below 10⁸, the first in the lowest byte (D. Lemire, "Converting integers to fix-digit
  // representations quickly", 2021).
  @inline(__always)
  private static func eightDigits(_ value: UInt64) -> UInt64 {
    let top = value / 10_000
    let merged = top | (value - top * 10_000) << 32
    let hundreds = ((merged &* 10_486) >> 20) & 0x7F_0000_007F
    let pairs = hundreds | (merged &- 100 &* hundreds) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    return (tens | (pairs &- 10 &* tens) << 8) | 0x3030_3030_3030_3030
  }

  /// Appends decimal digits, with a minus where needed.
  public mutating func append(decimal value: Int64) {
    if value < 0 { append(UInt8(ascii: "-")) }
    append(decimal: value.magnitude)
  }

  /// Appends a finite number as the shortest text that reads back: `10`, `10.5`, `1e-7`.
  public mutating func append(number value: Double) {
    if value == value.rounded(), abs(value) < 1e15 {
      if value == 0 && value.sign == .minus { append("-0") } else { append(decimal: Int64(value)) }
      return
    }
    // Swift prints the shortest digits that read back (SwiftDtoa); only its exponents are padded: `1e-07`.
    let text = value.description
    guard let e = text.utf8.firstIndex(of: UInt8(ascii: "e")),
      let exponent = Int64(text[text.utf8.index(after: e)...])
    else { return append(string: text) }
    append(string: String(text[..<e]))
    append(UInt8(ascii: "e"))
    append(decimal: exponent)
  }
}
