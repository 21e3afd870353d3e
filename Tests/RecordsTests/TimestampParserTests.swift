import Bytes
import Records
import Testing

@Suite struct TimestampParserTests {
  static func parse(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    return Timestamp.parse(bytes.span)
  }

  @Test(
    "every form that tweets carry is read",
    arguments: [
      ("Wed Aug 29 20:21:02 +0000 2018", "2018-08-29T20:21:02.000Z"),
      ("Wed Aug 29 20:21:02 -0530 2018", "2018-08-30T01:51:02.000Z"),
      ("2018-08-29T20:21:02Z", "2018-08-29T20:21:02.000Z"),
      ("2018-08-29T20:21:02.5Z", "2018-08-29T20:21:02.500Z"),
      ("2018-08-29T20:21:02.123456789Z", "2018-08-29T20:21:02.123Z"),
      ("2018-08-29T20:21:02+02:00", "2018-08-29T18:21:02.000Z"),
      ("2018-08-29 20:21:02 +0000", "2018-08-29T20:21:02.000Z"),
      ("2018-08-29 20:21:02", "2018-08-29T20:21:02.000Z"),
      ("2018-08-29 20:21", "2018-08-29T20:21:00.000Z"), ("2018-08-29", "2018-08-29T00:00:00.000Z"),
      ("2018-08-29 20:21:02 UTC", "2018-08-29T20:21:02.000Z"), ("2016-02-29", "2016-02-29T00:00:00.000Z"),
      ("2000-02-29", "2000-02-29T00:00:00.000Z"), ("0000-02-29", "0000-02-29T00:00:00.000Z"),
      ("2018-01-01T00:00:00+14:00", "2017-12-31T10:00:00.000Z"),
    ]) func reads(text: String, expected: String)
  {
    #expect(Self.parse(text).map { Timestamp.text($0) } == expected)
  }

  @Test(
    "dates, clocks and zones that do not exist are refused",
    arguments: [
      "", " ", "0000-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2018", "2018-8-29", "2018-08-29T",
      "2018-02-29", "1900-02-29", "2018-02-30", "2018-04-31",
      "2018-00-10",
      "2018-13-01", "2018-01-00", "2018-01-32", "2018-01-01T24:00:00Z", "2018-01-01T23:60:00Z",
      "2016-12-31T23:59:60Z",
      "2018-01-01T00:00:00.Z", "2018-01-01T00:00:00.1234567890Z", "2018-01-01T00:00:00+15:00",
      "2018-01-01T00:00:00+01:60",
      "2018-01-01T00:00:00z", "2018-01-01T00:00:00ZZ", "2018-01-01t00:00:00Z", "12018-01-01", "-018-01-01",
      "2018/01/01",
      "Wed Aug 29 20:21:02 2018", "Foo Aug 29 20:21:02 +0000 2018", "Wed Foo 29 20:21:02 +0000 2018",
      "Wed Feb 30 20:21:02 +0000 2018", "Wed Aug 29 25:21:02 +0000 2018", "Wed Aug 29 20:21:02 +0000 18",
      "Wed Aug 29 20:21:02 +0000 2018 ", "WedAug 29 20:21:02 +0000 2018", "now", "1535574062", "２018-01-01",
      "2018-01-01 00:00:00 PST",
    ]) func refuses(text: String)
  {
    #expect(Self.parse(text) == nil)
  }

  @Test("no truncation of a time traps, and only shorter forms are times") func truncations() {
    for text in ["Wed Aug 29 20:21:02 +0000 2018", "2018-08-29T20:21:02.123+02:00"] {
      let bytes = Array(text.utf8)
      for length in 0..<bytes.count {
        let part = String(decoding: bytes[..<length], as: UTF8.self)
        let isShorterForm =
          [10, 16, 19].contains(length) && text.hasPrefix("2018")
          || text.hasPrefix("2018") && (21...23).contains(length)
        #expect((Self.parse(part) != nil) == isShorterForm, "\(part)")
      }
    }
  }
}
