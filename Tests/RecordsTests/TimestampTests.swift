import Bytes
import Foundation
import Records
import TestSupport
import Testing

@Suite struct TimestampTests {
  @Test(
    "a time and its text",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (1_535_574_062_000, "2018-08-29T20:21:02.000Z"),
      (951_782_400_123, "2000-02-29T00:00:00.123Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
      (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    ] as [(Int64, String)]) func text(milliseconds: Int64, text: String)
  {
    #expect(Timestamp.text(milliseconds) == text)
    let bytes = Array(text.utf8)
    #expect(Timestamp.parse(bytes.span) == milliseconds)
  }

  @Test("random times agree with Foundation and come back", arguments: 0..<20) func random(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    for _ in 0..<50 {
      let time = Int64.random(in: -5_000_000_000_000..<200_000_000_000_000, using: &random)
      let text = Timestamp.text(time)
      let bytes = Array(text.utf8)
      #expect(Timestamp.parse(bytes.span) == time)
      let parsed = try #require(formatter.date(from: text))
      #expect(Int64((parsed.timeIntervalSince1970 * 1000).rounded()) == time)
    }
  }

  @Test("what only damaged data holds is written as the nearest time that has a text") func damaged() {
    #expect(
      Timestamp.text(.min) == "0000-01-01T00:00:00.000Z" && Timestamp.text(.max) == "9999-12-31T23:59:59.999Z"
    )
    #expect(Timestamp.dayNumber(.min) == -106_751_991_168 && Timestamp.dayNumber(.max) == 106_751_991_167)
  }

  @Test("days and dates are one another's inverse over four centuries") func civil() {
    for day in stride(from: Int64(-150_000), through: 150_000, by: 1) {
      let date = Timestamp.civil(day)
      if Timestamp.days(year: date.year, month: date.month, day: date.day) != day {
        Issue.record("day \(day)")
      }
    }
    #expect(
      Timestamp.dayNumber(-1) == -1 && Timestamp.dayNumber(-Timestamp.day) == -1
        && Timestamp.dayNumber(0) == 0)
  }
}
