internal import Bytes

/// The world's three days, and times as the service writes them.
enum WorldTime {
  /// Friday, 18 June 2021, 00:00 UTC, in ms since 1970.
  static let start: Int64 = 1_623_974_400_000
  /// Minutes of the world.
  static let minutes = 3 * 24 * 60
  /// When snowflake ids begin (Twitter's `twepoch`).
  static let snowflakeEpoch: Int64 = 1_288_834_974_657

  /// The ms of a minute of the world.
  static func milliseconds(minute: Int) -> Int64 { start + Int64(minute) * 60_000 }

  /// A date of the proleptic Gregorian calendar. `weekday`: 0 is Sunday.
  struct Civil {
    var year: Int
    var month: Int
    var day: Int
    var weekday: Int
    var hour: Int
    var minute: Int
    var second: Int
    var millisecond: Int
  }

  /// Howard Hinnant's `civil_from_days`, for times after 1970.
  static func civil(_ milliseconds: Int64) -> Civil {
    let days = Int(milliseconds / 86_400_000)
    let rest = Int(milliseconds % 86_400_000)
    let z = days + 719_468
    let era = z / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return Civil(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * mp + 2) / 5 + 1,
      weekday: (days + 4) % 7, hour: rest / 3_600_000, minute: rest / 60_000 % 60, second: rest / 1000 % 60,
      millisecond: rest % 1000)
  }

  private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months: [StaticString] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Fri Jun 18 08:00:00 +0000 2021`.
  static func appendClassic(_ time: Int64, to out: inout ByteBuffer) {
    let c = civil(time)
    out.append(weekdays[c.weekday])
    out.append(" ")
    out.append(months[c.month - 1])
    out.append(" ")
    out.append(twoDigits: c.day)
    out.append(" ")
    appendClock(c, to: &out)
    out.append(" +0000 ")
    out.append(decimal: UInt64(c.year))
  }

  /// `2021-06-18T08:00:00.000Z`.
  static func appendISO(_ time: Int64, to out: inout ByteBuffer) {
    let c = civil(time)
    out.append(decimal: UInt64(c.year))
    out.append("-")
    out.append(twoDigits: c.month)
    out.append("-")
    out.append(twoDigits: c.day)
    out.append("T")
    appendClock(c, to: &out)
    out.append(".")
    out.append(UInt8(48 + c.millisecond / 100))
    out.append(twoDigits: c.millisecond % 100)
    out.append("Z")
  }

  private static func appendClock(_ c: Civil, to out: inout ByteBuffer) {
    out.append(twoDigits: c.hour)
    out.append(":")
    out.append(twoDigits: c.minute)
    out.append(":")
    out.append(twoDigits: c.second)
  }
}

extension ByteBuffer {
  /// A run of bytes.
  mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  /// Two decimal digits of a number under 100.
  mutating func append(twoDigits value: Int) {
    append(UInt8(48 + value / 10))
    append(UInt8(48 + value % 10))
  }

  /// A number in decimal.
  mutating func append(decimal value: UInt64) {
    var digits: [20 of UInt8] = .init(repeating: 0)
    var count = 0
    var rest = value
    repeat {
      digits[count] = UInt8(48 + rest % 10)
      rest /= 10
      count += 1
    } while rest > 0
    while count > 0 {
      count -= 1
      append(digits[count])
    }
  }

  /// Millionths as a decimal fraction without trailing zeros: -73971000 is `-73.971`.
  mutating func append(millionths value: Int) {
    if value < 0 { append("-") }
    append(decimal: UInt64(abs(value) / 1_000_000))
    var fraction = abs(value) % 1_000_000
    append(".")
    var place = 100_000
    repeat {
      append(UInt8(48 + fraction / place))
      fraction %= place
      place /= 10
    } while fraction > 0
  }

  /// The bytes inside a JSON string. `ascii` escapes all else as `\u` and four digits and slashes too, as the service itself does.
  mutating func append(escaped bytes: Span<UInt8>, ascii: Bool = false) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "/") where ascii: append("\\/")
      case 0x80... where ascii:
        let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        var scalar = UInt32(byte) & (0xFF >> UInt32(length + 1))
        for offset in 1..<length { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
        append(utf16Escapes: scalar)
        index += length
        continue
      default: append(byte)
      }
      index += 1
    }
  }

  private mutating func append(utf16Escapes scalar: UInt32) {
    if scalar >= 0x10000 {
      append(utf16Escapes: 0xD800 + (scalar - 0x10000) >> 10)
      append(utf16Escapes: 0xDC00 + (scalar - 0x10000) & 0x3FF)
      return
    }
    append("\\u")
    for shift: UInt32 in [12, 8, 4, 0] {
      let digit = UInt8(scalar >> shift & 15)
      append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }
}
