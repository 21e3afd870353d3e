import Bytes
import Foundation
import Records
import Testing

@Suite struct RejectTests {
  static func line(_ raw: [UInt8], member: String = "") -> String {
    let reject = Reject(
      program: "ingest", source: "a\"b.json", member: member, line: 3, offset: 77,
      rejection: Rejection(.badJSON, "no \"é\""),
      raw: raw)
    var out = ByteBuffer()
    reject.write(to: &out)
    return out.span.text
  }

  @Test("a reject tells where it stood and holds its exact bytes") func text() {
    #expect(
      Self.line(Array("{\"a\":\n\u{0}é".utf8), member: "m.json")
        == #"{"type":"reject","program":"ingest","source":"a\"b.json","member":"m.json","line":3,"offset":77,"reason":"bad-json","detail":"no \"é\"","raw":"{\"a\":\n\u0000é"}"#
        + "\n")
  }

  @Test("bytes that are no UTF-8 are kept as Base64") func binary() {
    let raw: [UInt8] = [0x7B, 0xFF, 0x00, 0xC3]
    let line = Self.line(raw)
    #expect(
      line.contains(#""raw_base64":"\#(Data(raw).base64EncodedString())"}"#) && !line.contains("\"raw\""))
    #expect(!line.contains("member"))
  }

  @Test("the reasons are the contract's words") func reasons() {
    #expect(
      Rejection.Reason.allCases.map(\.rawValue) == [
        "bad-json", "bad-utf8", "truncated", "too-long", "too-deep", "unknown-shape", "missing-id", "bad-id",
        "missing-text",
        "missing-time", "bad-time", "future-time", "time-mismatch", "over-length",
      ])
  }
}
