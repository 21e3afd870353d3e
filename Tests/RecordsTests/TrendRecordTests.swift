import Bytes
import JSON
import Records
import Testing

@Suite struct TrendRecordTests {
  static let fields = [
    "\"type\":\"trend\"", "\"window_start\":\"2022-05-09T10:00:00.000Z\"",
    "\"window_end\":\"2022-05-09T11:00:00.000Z\"", "\"place\":\"country:BR\"", "\"kind\":\"hashtag\"",
    "\"term\":\"#a\"", "\"rank\":2", "\"count\":7", "\"users\":6", "\"expected\":0.5", "\"p\":1e-9",
    "\"score\":20.5", "\"velocity\":-2", "\"stage\":\"new\"", "\"onset\":\"2022-05-09T10:05:00.000Z\"",
  ]

  static func read(_ fields: [String]) throws -> TrendRecord {
    var bytes = ByteBuffer()
    bytes.append(string: "{" + fields.joined(separator: ",") + "}")
    var parser = JSONParser()
    try parser.parse(bytes, 0..<bytes.count)
    return try TrendRecord(parser.root)
  }

  @Test("fields are read in any order, unknown ones passed over") func reading() throws {
    let record = try Self.read(["\"variants\":[\"#A\"]"] + Self.fields.reversed())
    #expect(
      record.windowEnd - record.windowStart == 3_600_000 && record.onset - record.windowStart == 300_000)
    #expect(record.place == Array("country:BR".utf8) && record.term == Array("#a".utf8))
    #expect(record.rank == 2 && record.count == 7 && record.users == 6)
    #expect(record.expected == 0.5 && record.p == 1e-9 && record.score == 20.5 && record.velocity == -2)
    #expect(record.kind == Array("hashtag".utf8) && record.stage == Array("new".utf8))
  }

  @Test("each missing field is named", arguments: 1..<15) func missing(field: Int) throws {
    var fields = Self.fields
    let name = fields.remove(at: field).split(separator: "\"")[0]
    #expect {
      try Self.read(fields)
    } throws: {
      ($0 as? Rejection)?.detail.contains("\"\(name)\"") == true
    }
  }

  @Test("a denied one has its reason, others have none") func denied() throws {
    #expect(try Self.read(Self.fields).denial == nil)
    #expect(try Self.read(Self.fields + ["\"denied\":\"spam\""]).denial == Array("spam".utf8))
    #expect(throws: Rejection.self) { try Self.read(Self.fields + ["\"denied\":true"]) }
  }
}
