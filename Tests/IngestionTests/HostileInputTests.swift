import Foundation
import TestSupport
import Testing

/// Input that is made to hurt (RELIABILITY, row 14): no signal, what is good comes out, what is bad is a reject.
@Suite struct HostileInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var input: Data
    var written: Int
    var reasons: [String]
    var testDescription: String { name }

    init(_ name: String, _ input: String, _ written: Int, _ reasons: [String] = []) {
      self.init(name, Data(input.utf8), written, reasons)
    }

    init(_ name: String, _ input: Data, _ written: Int, _ reasons: [String] = []) {
      self.name = name
      self.input = input
      self.written = written
      self.reasons = reasons
    }
  }

  static let a = IngestRun.tweet("11", "a")
  static let b = IngestRun.tweet("12", "b")
  static let c = IngestRun.tweet("13", "c")

  /// `a`, then a line in which the text's letter is replaced by these bytes, then `b`.
  static func between(_ bytes: [UInt8]) -> Data {
    let parts = c.components(separatedBy: "\"c\"")
    return Data((a + "\n" + parts[0] + "\"").utf8) + Data(bytes)
      + Data(("\"" + parts[1] + "\n" + b + "\n").utf8)
  }

  static func with(_ more: String) -> String { IngestRun.tweet("11", "a", more) + "\n" + b + "\n" }
  static func id(_ id: String) -> String {
    "{\"id\":\(id),\"created_at\":\"Wed Aug 29 20:21:02 +0000 2018\",\"text\":\"x\"}\n" + b + "\n"
  }
  static func time(_ time: String) -> String {
    "{\"id\":11,\"created_at\":\(time),\"text\":\"x\"}\n" + b + "\n"
  }
  static func pretty(_ line: String) -> String {
    line.replacingOccurrences(of: ",\"", with: ",\n  \"").replacingOccurrences(of: "{", with: "{\n  ")
      .replacingOccurrences(of: "}", with: "\n}")
  }

  static let lines: [Case] = [
    Case("nothing", "", 0), Case("blank lines", "\n\n  \n\r\n", 0),
    Case("CRLF", a + "\r\n" + b + "\r\n", 2), Case("lone CR", a + "\r" + b + "\r" + c, 3),
    Case("no final newline", a + "\n" + b, 2), Case("byte-order mark", "\u{FEFF}" + a + "\n" + b, 2),
    Case("a NUL line", a + "\n\0\n" + b, 2, ["bad-json"]),
    Case("a raw control character", between([1]), 2, ["bad-json"]),
    Case("overlong UTF-8", between([0xC0, 0xAF]), 2, ["bad-utf8"]),
    Case("a surrogate's bytes", between([0xED, 0xA0, 0x80]), 2, ["bad-utf8"]),
    Case("a cut sequence", between([0xE2, 0x82]), 2, ["bad-utf8"]),
    Case("0xFF", between([0xFF]), 2, ["bad-utf8"]),
    Case("a lone surrogate escape", between(Array("\\ud800".utf8)), 2, ["bad-json"]),
    Case("an escaped NUL", between(Array("\\u0000".utf8)), 3),
    Case("U+2028", a.replacingOccurrences(of: "\"a\"", with: "\"\u{2028}\"") + "\n" + b, 2),
    Case("two on a line", a + b + "\n" + c, 3), Case("two on a line with a blank", a + " " + b + "\n" + c, 3),
    Case("junk behind a value", a + " junk\n" + b, 1, ["bad-json"]),
    Case("a comma behind a value", a + ",\n" + b, 1, ["bad-json"]),
    Case("garbage", "hello\nworld\n" + a + "\n<html>\n" + b, 2, ["bad-json", "bad-json", "bad-json"]),
    Case("scalars", "123\n" + a + "\n\"x\"\n" + b, 2, ["unknown-shape", "unknown-shape"]),
    Case("a trailing comma", a.dropLast() + ",}\n" + b, 1, ["bad-json"]),
    Case("an open object", "{\"id\":1,\"a\":[1,2\n" + a + "\n" + b + "\n", 2, ["bad-json"]),
    Case("an open array", "{\"a\":[1,2,\n" + a + "\n" + b + "\n", 2, ["bad-json"]),
    Case("an open quote", "{\"id\":\"1\n" + a + "\n" + b + "\n", 2, ["bad-json"]),
    Case("the last line cut", a + "\n" + b.prefix(30), 1, ["truncated"]),
    Case("a line in the middle cut", a + "\n" + b.prefix(30) + "\n" + c, 2, ["bad-json"]),
    Case(
      "a reject's look", "{\"type\":\"reject\",\"line\":1,\"reason\":\"bad-json\",\"raw\":\"x\"}\n" + a, 1,
      ["unknown-shape"]),
  ]

  static let values: [Case] = [
    Case("duplicate keys", a.dropLast() + ",\"full_text\":\"last\"}\n", 1),
    Case("NaN", with(",\"z\":NaN"), 1, ["bad-json"]),
    Case("Infinity", with(",\"z\":Infinity"), 1, ["bad-json"]),
    Case("01", with(",\"z\":01"), 1, ["bad-json"]), Case("+1", with(",\"z\":+1"), 1, ["bad-json"]),
    Case("an unused 1e400", with(",\"z\":1e400"), 2), Case("-0", with(",\"z\":-0"), 2),
    Case("an unused number of 30 digits", with(",\"z\":123456789012345678901234567890"), 2),
    Case("id 2^63", id("9223372036854775808"), 1, ["bad-id"]), Case("id -1", id("-1"), 1, ["bad-id"]),
    Case("id 2^64", id("18446744073709551616"), 1, ["bad-id"]), Case("id \"\"", id("\"\""), 1, ["bad-id"]),
    Case("a float id", id("1.03e18"), 1, ["bad-id"]), Case("id true", id("true"), 1, ["bad-id"]),
    Case("a null time", time("null"), 1, ["missing-time"]),
    Case("30 February", time("\"2018-02-30\""), 1, ["bad-time"]),
    Case("second 60", time("\"2018-02-03T10:00:60Z\""), 1, ["bad-time"]),
    Case("a time of 7", time("7"), 1, ["bad-time"]),
    Case("a bad zone", time("\"2018-02-03T10:00:00+99:00\""), 1, ["bad-time"]),
    Case("a null text", "{\"id\":11,\"created_at\":\"2018-02-03\",\"text\":null}\n" + b, 1, ["missing-text"]),
    Case(
      "a number for a text", "{\"id\":11,\"created_at\":\"2018-02-03\",\"text\":7}\n" + b, 1, ["missing-text"]
    ),
    Case("a number for a user", with(",\"user\":5"), 2),
    Case(
      "100,000 hashtags",
      IngestRun.tweet("11", (0..<100_000).map { "#t\($0)" }.joined(separator: " ")) + "\n", 1),
    Case("combining marks", IngestRun.tweet("11", "e" + String(repeating: "\u{301}", count: 10_000)), 1),
    Case(
      "a million keys", "{" + (0..<1_000_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}\n" + b, 1,
      ["unknown-shape"]),
    Case(
      "a million brackets", a + "\n" + String(repeating: "[", count: 1_000_000) + "\n" + b, 2, ["too-deep"]),
    Case(
      "a million objects", a + "\n" + String(repeating: "{\"a\":", count: 1_000_000) + "\n" + b, 2,
      ["too-deep"]),
  ]

  static let layouts: [Case] = [
    Case("an array", "[\(a),\(b)]", 2), Case("an array over lines", "[\n\(a),\n\(b)\n]\n", 2),
    Case("a bad element", "[\(a),{\"id\":1,},\(b)]", 2, ["bad-json"]),
    Case("a bad element over lines", "[\n\(a),\n{\"id\":1,\"x:3},\n\(b),\n\(c)\n]\n", 3, ["bad-json"]),
    Case("a trailing comma in an array", "[\(a),\(b),]", 2, ["bad-json"]),
    Case("an array cut", "[\(a),\(b.prefix(20))", 1, ["truncated"]),
    Case("an array in an array", "[[\(a)]]\n\(b)", 1, ["unknown-shape"]),
    Case("laid out", pretty(a) + "\n" + pretty(b) + "\n" + c, 3),
    Case(
      "laid out, one bad",
      pretty(a) + "\n" + pretty(b).replacingOccurrences(of: "\"full_text\":", with: "full_text")
        + "\n" + c, 2, ["bad-json"]),
    Case("an archive until 2019", "Grailbird.data.tweets_2014_07 = \n [ \(a), \(b) ]", 2),
    Case("an archive", "window.YTD.tweets.part0 = [ {\"tweet\": \(a)}, {\"tweet\":\(b)} ]", 2),
    Case(
      "two parts of an archive",
      "window.YTD.tweet.part0 = [{\"tweet\":\(a)}];\nwindow.YTD.tweet.part1 = [{\"tweet\":\(b)}]\n", 2),
  ]

  @Test(
    "good records come out and bad ones are rejects, at any number of threads",
    arguments: lines + values + layouts)
  func neighbours(one: Case) throws {
    guard let program = IngestRun.program else { return }
    for threads in ["1", "2"] {
      let run = try IngestRun(one.input, ["--dedupe", "off", "--threads", threads], program: program)
      #expect(run.status == 0 || run.status == 65 && one.written == 0)
      #expect(run.output.count == one.written)
      #expect(run.reasons == one.reasons)
      #expect(run.ledger["balanced"] as? Bool ?? true)
    }
  }

  @Test(
    "looking for the end of broken values takes linear time",
    arguments: ["[1,\n", "[\n", "{\"a\":\"\n", "{\"a\":[\n", "{\n"])
  func linear(line: String) throws {
    guard let program = IngestRun.program else { return }
    // Looked through from every line on, this is a hundred gigabytes: minutes on any machine, however busy.
    let input = String(repeating: line, count: 150_000) + Self.a + "\n" + Self.b + "\n"
    let start = Date()
    let run = try IngestRun(Data(input.utf8), [], program: program)
    #expect(run.count("written") == 2)
    #expect(Date().timeIntervalSince(start) < 60)
  }

  @Test("a value beyond the limit is one too-long reject with its first 64 KiB and its length")
  func long() throws {
    guard let program = IngestRun.program else { return }
    let long = IngestRun.tweet("13", String(repeating: "x", count: 40 << 20))
    let run = try IngestRun(Data("\(Self.a)\n\(long)\n\(Self.b)\n".utf8), [], program: program)
    #expect(run.output.count == 2)
    #expect(run.reasons == ["too-long"])
    #expect((run.rejects.first?["raw"] as? String)?.utf8.count == 65_536)
    #expect((run.rejects.first?["detail"] as? String)?.hasPrefix("\(long.utf8.count) bytes") == true)
    #expect(run.rejects.first?["line"] as? Int == 2)
  }

  @Test("rejects keep their exact bytes, so that a replay of repaired ones finds source and line")
  func replay() throws {
    guard let program = IngestRun.program else { return }
    let first = try IngestRun(
      Data("\(Self.a)\n{\"id_str\":\"12\",oops}\n\(Self.c)\n".utf8), [], program: program)
    #expect(first.rejects.first?["raw"] as? String == "{\"id_str\":\"12\",oops}")
    let folder = TemporaryDirectory()
    let repaired =
      "{\"type\":\"reject\",\"program\":\"ingest\",\"source\":\"dump\",\"line\":7,\"offset\":9,"
      + "\"reason\":\"bad-json\",\"detail\":\"\",\"raw\":\(Self.quoted(Self.b))}\n"
      + "{\"type\":\"reject\",\"program\":\"ingest\",\"source\":\"dump\",\"line\":8,\"offset\":99,"
      + "\"reason\":\"bad-json\",\"detail\":\"\",\"raw\":\"still bad\"}\n"
    try Data(repaired.utf8).write(to: URL(fileURLWithPath: folder.file("rejects")))
    let second = try IngestRun(Data(), ["--replay", folder.file("rejects")], program: program)
    #expect(second.output.count == 1)
    #expect(second.rejects.first?["source"] as? String == "dump")
    #expect(second.rejects.first?["line"] as? Int == 8)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }
}
