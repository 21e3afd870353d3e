import Records
import TestSupport
import Testing

@Suite struct FollowEdgeTests {
  func read(_ line: String, isFirst: Bool = false) throws -> FollowEdge? {
    let bytes = Array(line.utf8)
    return try FollowEdge.read(bytes.span, isFirst: isFirst)
  }

  func reason(_ line: String, isFirst: Bool = false) -> Rejection.Reason? {
    do throws(Rejection) {
      let bytes = Array(line.utf8)
      _ = try FollowEdge.read(bytes.span, isFirst: isFirst)
      return nil
    } catch { return error.reason }
  }

  @Test(
    "two ids are an edge however they are parted",
    arguments: [
      "12\t34", "12,34", "12;34", "12 34", "12   34", "12\t\t34", "12, 34", "\"12\",\"34\"", "12,34,",
      "12\t34\t",
    ]) func edges(line: String) throws
  {
    #expect(try read(line) == FollowEdge(12, 34))
  }

  @Test("ids have up to 63 bits") func large() throws {
    let most = UInt64(Int64.max)
    #expect(try read("\(most) 1") == FollowEdge(most, 1))
    #expect(try read("1 \(most)") == FollowEdge(1, most))
    #expect(try read("999999999999999999 999999999999999999")?.followee == 999_999_999_999_999_999)
    #expect(reason("1 \(most + 1)") == .badID)
  }

  @Test(
    "what is no id is refused",
    arguments: [
      ("0 1", Rejection.Reason.badID), ("1 0", .badID), ("01 2", .badID), ("-1 2", .badID), ("1 x", .badID),
      ("1.5 2", .badID), ("1", .missingID), ("1,", .missingID), ("\"", .missingID), ("a b", .badID),
      ("18446744073709551615 1", .badID), ("１ 2", .badID),
    ]) func refused(line: String, expected: Rejection.Reason)
  {
    #expect(reason(line) == expected)
  }

  @Test(
    "a third field is a time",
    arguments: [
      ("1 2 2021-06-20T21:00:00Z", 1_624_222_800_000), ("1,2,2021-06-20 21:00:00", 1_624_222_800_000),
      ("1\t2\t\"2021-06-20T21:00:00.250Z\"", 1_624_222_800_250), ("1 2 1624222800", 1_624_222_800_000),
      ("1,2,1624222800250", 1_624_222_800_250), ("1 2 Wed Aug 29 20:21:02 +0000 2018", 1_535_574_062_000),
    ] as [(String, Int64)]) func times(line: String, at: Int64) throws
  {
    #expect(try read(line) == FollowEdge(1, 2, at: at))
  }

  @Test(
    "a weight is no time", arguments: ["1 2 1", "1 2 0.5", "1 2 3 1624222800", "1 2 -1", "1,2,2021-02-30"])
  func weights(line: String) { #expect(reason(line) == .badTime) }

  @Test("comments, empty lines and the header of a file are no edges") func nothing() throws {
    for line in ["", "# 1 2", "% 1 2"] { #expect(try read(line) == nil) }
    for line in ["follower,followee", "source target", "\"a\",\"b\"", "user_id"] {
      #expect(try read(line, isFirst: true) == nil)
      #expect(reason(line) == .badID)
    }
    #expect(reason("12 x", isFirst: true) == .badID)
  }

  @Test("what was found is shown short and printable") func shown() {
    do throws(Rejection) {
      let bytes = Array("1 \u{1B}[31m\(String(repeating: "x", count: 99))".utf8)
      _ = try FollowEdge.read(bytes.span, isFirst: false)
    } catch {
      #expect(error.detail.hasSuffix("found \"?[31m\(String(repeating: "x", count: 35))…\""))
    }
  }

  @Test("the quick way and the slow one agree on any bytes", arguments: 0..<200) func agree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789 \t,;\"#%-.xT:Z".utf8)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      func outcome(_ bytes: [UInt8]) -> String {
        do throws(Rejection) {
          return "\(String(describing: try FollowEdge.read(bytes.span, isFirst: false)))"
        } catch {
          return error.reason.rawValue
        }
      }
      // A quote before the first field takes the quick way off and means nothing.
      if let first = bytes.first, first != 0x23, first != 0x25 {
        #expect(outcome(bytes) == outcome([0x22] + bytes), "\(bytes)")
      }
    }
  }
}
