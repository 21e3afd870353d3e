public import Bytes
internal import JSON

/// Times as milliseconds since 1970-01-01 UTC, and as text. Leap seconds do not exist in them; years 0–9999.
public enum Timestamp {
  /// From 0000-01-01 to the last millisecond of 9999, in ms since 1970: what the text has room for.
  public static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999
  /// Milliseconds of a day.
  public static let day: Int64 = 86_400_000

  /// Days since 1970 of a date of the proleptic Gregorian calendar (H. Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms", days_from_civil).
  public static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Year, month and day of days since 1970 (civil_from_days).
  public static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  /// Days in a month.
  static func daysInMonth(_ year: Int64, _ month: Int64) -> Int64 {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// The day, whole days below the time rounded down.
  public static func dayNumber(_ milliseconds: Int64) -> Int64 {
    milliseconds / day - (milliseconds % day < 0 ? 1 : 0)
  }

  /// Appends `YYYY-MM-DDTHH:MM:SS.mmmZ`, 24 bytes. A time outside `range`, which only damaged data has, is moved to its end.
  public static func append(_ time: Int64, to out: inout ByteBuffer) {
    let milliseconds = min(max(time, range.lowerBound), range.upperBound)
    let days = dayNumber(milliseconds)
    let rest = UInt64(milliseconds % day + (milliseconds % day < 0 ? day : 0))
    let date = civil(days)
    let year = UInt64(date.year)
    let seconds = rest / 1000
    let fraction = rest % 1000
    // Twenty-four bytes as three little-endian words: YYYY-MM- DDTHH:MM :SS.mmmZ.
    out.append(
      littleEndian: pair(year / 100) | pair(year % 100) << 16 | 0x2D << 32 | pair(UInt64(date.month)) << 40
        | 0x2D << 56)
    out.append(
      littleEndian: pair(UInt64(date.day)) | 0x54 << 16 | pair(seconds / 3600) << 24 | 0x3A << 40
        | pair(seconds / 60 % 60) << 48)
    out.append(
      littleEndian: 0x3A | pair(seconds % 60) << 8 | 0x2E << 24 | (48 + fraction / 100) << 32
        | pair(fraction % 100) << 40 | 0x5A << 56)
  }

  /// The same as a string, for messages.
  public static func text(_ milliseconds: Int64) -> String {
    var out = ByteBuffer(capacity: 32)
    append(milliseconds, to: &out)
    return out.span.text
  }

  // Two digits as bytes, the tens first.
  @inline(__always)
  private static func pair(_ value: UInt64) -> UInt64 { (48 + value / 10) | (48 + value % 10) << 8 }
}
