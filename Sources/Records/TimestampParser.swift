internal import Bytes

/// Reading times in every form that tweets carry, by a byte grammar: no locale, no library.
extension Timestamp {
  /// Reads one of
  /// - `Wed Aug 29 20:21:02 +0000 2018` (v1.1),
  /// - `2018-08-29T20:21:02.000Z`, with or without fraction, `Z` or a zone (v2, GNIP),
  /// - `2018-08-29 20:21:02 +0000`, with or without zone, seconds or time (account archives, CSV; UTC without a zone).
  ///
  /// - Returns: ms since 1970, or nil for anything else: 30 February, hour 24, second 60, a year beyond 9999.
  public static func parse(_ text: Span<UInt8>) -> Int64? {
    if text.count == 30, let time = classicUTC(text) { return time }
    if text.count == 24, let time = canonical(text) { return time }
    var scan = TimeScanner(text)
    guard let first = scan.peek else { return nil }
    return isDigit(first) ? scan.iso() : scan.classic()
  }

  /// Seconds (10 digits) or milliseconds (13 digits) since 1970, as tables have them; in ms. Nil for anything else.
  public static func parseEpoch(_ text: Span<UInt8>) -> Int64? {
    guard text.count == 10 || text.count == 13, let number = RecordID.parse(text) else { return nil }
    return Int64(number) * (text.count == 10 ? 1000 : 1)
  }

  // `Wed Aug 29 20:21:02 +0000 2018` by its fixed places: what nearly every tweet has. Anything odd goes the slow way.
  private static func classicUTC(_ text: Span<UInt8>) -> Int64? {
    let head = text.word(at: 0)  // "Wed Aug "
    let clock = text.word(at: 11)  // "20:21:02"
    let zone = text.word(at: 19)  // " +0000 2"
    guard head & 0xFF00_0000_FF00_0000 == 0x2000_0000_2000_0000, text[10] == 32,
      clock & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000,
      zone & 0x00FF_FFFF_FFFF_FFFF == 0x0020_3030_3030_2B20,
      weekday(head & 0xFF_FFFF), let month = month(head >> 32 & 0xFF_FFFF),
      let day = pair(text, 8), let hour = pair(text, 11), let minute = pair(text, 14),
      let second = pair(text, 17),
      let century = pair(text, 26), let year = pair(text, 28)
    else { return nil }
    return milliseconds(
      year: century * 100 + year, month: month, day: day, hour: hour, minute: minute, second: second,
      fraction: 0,
      zoneMinutes: 0)
  }

  // `2018-08-29T20:21:02.000Z` by its fixed places: what canonical records have.
  private static func canonical(_ text: Span<UInt8>) -> Int64? {
    let date = text.word(at: 0)  // "2018-08-"
    let clock = text.word(at: 8)  // "29T20:21"
    let rest = text.word(at: 16)  // ":02.000Z"
    guard date & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000,
      clock & 0x0000_FF00_00FF_0000 == 0x0000_3A00_0054_0000,
      rest & 0xFF00_0000_FF00_00FF == 0x5A00_0000_2E00_003A,
      let century = pair(text, 0), let year = pair(text, 2), let month = pair(text, 5),
      let day = pair(text, 8),
      let hour = pair(text, 11), let minute = pair(text, 14), let second = pair(text, 17),
      isDigit(text[20]), let fraction = pair(text, 21)
    else { return nil }
    return milliseconds(
      year: century * 100 + year, month: month, day: day, hour: hour, minute: minute, second: second,
      fraction: Int64(text[20] - 48) * 100 + fraction, zoneMinutes: 0)
  }

  @inline(__always)
  private static func pair(_ text: Span<UInt8>, _ at: Int) -> Int64? {
    let tens = text[at] &- 48
    let ones = text[at + 1] &- 48
    return tens <= 9 && ones <= 9 ? Int64(tens) * 10 + Int64(ones) : nil
  }

  // Names as little-endian words of three letters.
  private static func weekday(_ word: UInt64) -> Bool {
    switch word {
    case 0x6E7553, 0x6E6F4D, 0x657554, 0x646557, 0x756854, 0x697246, 0x746153: true
    default: false
    }
  }

  private static func month(_ word: UInt64) -> Int64? {
    switch word {
    case 0x6E614A: 1
    case 0x626546: 2
    case 0x72614D: 3
    case 0x727041: 4
    case 0x79614D: 5
    case 0x6E754A: 6
    case 0x6C754A: 7
    case 0x677541: 8
    case 0x706553: 9
    case 0x74634F: 10
    case 0x766F4E: 11
    case 0x636544: 12
    default: nil
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  static func milliseconds(
    year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64, fraction: Int64,
    zoneMinutes: Int64
  ) -> Int64? {
    guard month >= 1, month <= 12, day >= 1, day <= daysInMonth(year, month), hour <= 23, minute <= 59,
      second <= 59
    else { return nil }
    let seconds = ((days(year: year, month: month, day: day) * 24 + hour) * 60 + minute) * 60 + second
    let time = (seconds - zoneMinutes * 60) * 1000 + fraction
    // A zone may lead out of the years that the text has room for.
    return range.contains(time) ? time : nil
  }
}

/// A cursor over the bytes of one time.
private struct TimeScanner: ~Escapable {
  private let text: Span<UInt8>
  private var index = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) { self.text = text }

  var peek: UInt8? { index < text.count ? text[index] : nil }
  var isAtEnd: Bool { index == text.count }

  @_lifetime(self: copy self)
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    index += 1
    return true
  }

  @_lifetime(self: copy self)
  mutating func digits(_ count: Int) -> Int64? {
    guard index + count <= text.count else { return nil }
    var value: Int64 = 0
    for _ in 0..<count {
      guard Timestamp.isDigit(text[index]) else { return nil }
      value = value * 10 + Int64(text[index] - 48)
      index += 1
    }
    return value
  }

  // `Wed Aug 29 20:21:02 +0000 2018`; the weekday must be one, but need not match.
  @_lifetime(self: copy self)
  mutating func classic() -> Int64? {
    guard name(of: "SunMonTueWedThuFriSat") != nil, take(32),
      let month = name(of: "JanFebMarAprMayJunJulAugSepOctNovDec"),
      take(32), let day = digits(2), take(32), let clock = clock(), take(32), let zone = zone(), take(32),
      let year = digits(4), isAtEnd
    else { return nil }
    return Timestamp.milliseconds(
      year: year, month: month + 1, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
      fraction: 0, zoneMinutes: zone)
  }

  @_lifetime(self: copy self)
  mutating func iso() -> Int64? {
    guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2), take(UInt8(ascii: "-")),
      let day = digits(2)
    else { return nil }
    var clock: (hour: Int64, minute: Int64, second: Int64) = (0, 0, 0)
    var fraction: Int64 = 0
    var zoneMinutes: Int64 = 0
    if !isAtEnd {
      guard take(UInt8(ascii: "T")) || take(32), let time = self.clock() else { return nil }
      clock = time
      if take(UInt8(ascii: ".")) {
        guard let part = self.fraction() else { return nil }
        fraction = part
      }
      if !isAtEnd && !take(UInt8(ascii: "Z")) {
        _ = take(32)
        if take(UInt8(ascii: "U")) {
          guard take(UInt8(ascii: "T")), take(UInt8(ascii: "C")) else { return nil }
        } else {
          guard let zone = zone() else { return nil }
          zoneMinutes = zone
        }
      }
    }
    guard isAtEnd else { return nil }
    return Timestamp.milliseconds(
      year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
      fraction: fraction, zoneMinutes: zoneMinutes)
  }

  // HH:MM or HH:MM:SS.
  @_lifetime(self: copy self)
  private mutating func clock() -> (hour: Int64, minute: Int64, second: Int64)? {
    guard let hour = digits(2), take(UInt8(ascii: ":")), let minute = digits(2) else { return nil }
    guard take(UInt8(ascii: ":")) else { return (hour, minute, 0) }
    guard let second = digits(2) else { return nil }
    return (hour, minute, second)
  }

  // One to nine digits; what is finer than a millisecond is cut.
  @_lifetime(self: copy self)
  private mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var scale: Int64 = 100
    var seen = 0
    while let byte = peek, Timestamp.isDigit(byte), seen < 9 {
      value += Int64(byte - 48) * scale
      scale /= 10
      seen += 1
      index += 1
    }
    return seen > 0 ? value : nil
  }

  // +HHMM, +HH:MM, −HHMM; minutes east of Greenwich.
  @_lifetime(self: copy self)
  private mutating func zone() -> Int64? {
    let sign: Int64
    if take(UInt8(ascii: "+")) { sign = 1 } else if take(UInt8(ascii: "-")) { sign = -1 } else { return nil }
    guard let hours = digits(2) else { return nil }
    _ = take(UInt8(ascii: ":"))
    guard let minutes = digits(2), hours <= 14, minutes <= 59 else { return nil }
    return sign * (hours * 60 + minutes)
  }

  // The place of the next three letters in a list of names of three letters.
  @_lifetime(self: copy self)
  private mutating func name(of names: StaticString) -> Int64? {
    guard index + 3 <= text.count else { return nil }
    let word = text.word(at: index) & 0xFF_FFFF
    let list = names.description.utf8
    var place: Int64 = 0
    var letters = list.makeIterator()
    while let a = letters.next(), let b = letters.next(), let c = letters.next() {
      if word == UInt64(a) | UInt64(b) << 8 | UInt64(c) << 16 {
        index += 3
        return place
      }
      place += 1
    }
    return nil
  }
}
