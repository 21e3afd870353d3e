import Foundation
import Records
import TestSupport
import Testing

@testable import ToolSupport

@Suite struct RejectSinkTests {
  static func sink(_ words: String...) throws -> RejectSink {
    var diagnostics = Diagnostics(program: "test")
    diagnostics.isQuiet = true
    return try RejectSink(try Arguments(words, options: RejectSink.options), diagnostics)
  }

  static func reject(_ line: Int) -> Reject {
    Reject(
      program: "t", source: "-", member: "", line: line, offset: 0, rejection: Rejection(.badJSON, "x"),
      raw: [0x7B])
  }

  static func ledger(read: Int, rejected: Int) -> Ledger {
    var ledger = Ledger()
    (ledger.read, ledger.rejected, ledger.written) = (read, rejected, read - rejected)
    return ledger
  }

  static func status(_ body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch { return (error as? ToolError)?.status.code ?? -1 }
  }

  @Test("a limit by count ends the run with the first beyond it") func count() throws {
    let sink = try Self.sink("--max-rejects", "2")
    #expect(Self.status { try sink.add([Self.reject(1), Self.reject(2)]) } == 0)
    #expect(Self.status { try sink.add([Self.reject(3)]) } == 65)
    #expect(Self.status { try Self.sink("--max-rejects=0").add([Self.reject(1)]) } == 65)
  }

  @Test(
    "a limit by part is judged at the end",
    arguments: [
      ("10%", 10, 0), ("10%", 11, 65), ("0%", 0, 0), ("0%", 1, 65), ("9.9%", 10, 65), ("100%", 99, 0),
    ] as [(String, Int, Int32)])
  func percent(limit: String, rejected: Int, status: Int32) throws {
    let sink = try Self.sink("--max-rejects", limit)
    try sink.add((0..<rejected).map { Self.reject($0) })
    #expect(Self.status { try sink.finish(Self.ledger(read: 100, rejected: rejected)) } == status)
  }

  @Test(
    "a limit that is none is wrong usage",
    arguments: ["", "-1", "x", "%", "101%", "1e2%", "-1%", "1.2.3%", "1.5"]) func badLimit(text: String)
  {
    #expect(Self.status { _ = try Self.sink("--max-rejects=\(text)") } == 2)
  }

  @Test("input of which nothing was recognised is bad data, no input at all is not") func nothing() throws {
    let sink = try Self.sink()
    try sink.add([Self.reject(1)])
    #expect(Self.status { try sink.finish(Self.ledger(read: 1, rejected: 1)) } == 65)
    #expect(Self.status { try Self.sink().finish(Self.ledger(read: 0, rejected: 0)) } == 0)
  }

  @Test("the file appears with finish, and not at all beyond the limit") func file() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("rejects")
    do {
      let sink = try Self.sink("--rejects", path, "--max-rejects", "1")
      try sink.add([Self.reject(1)])
      #expect(!FileManager.default.fileExists(atPath: path))
      try sink.finish(Self.ledger(read: 5, rejected: 1))
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 1)
    try FileManager.default.removeItem(atPath: path)
    do {
      let sink = try Self.sink("--rejects", path, "--max-rejects", "1")
      #expect(Self.status { try sink.add([Self.reject(1), Self.reject(2)]) } == 65)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}
