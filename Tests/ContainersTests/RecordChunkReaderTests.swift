import Bytes
import Containers
import Foundation
import Records
import TestSupport
import Testing

@Suite struct RecordChunkReaderTests {
  /// Reads a file's records as the tools do; the ids, and what was refused.
  static func read(_ content: [UInt8]) throws -> (ids: [UInt64], rejects: [Reject], ledger: Ledger) {
    let folder = TemporaryDirectory()
    try Data(content).write(to: URL(fileURLWithPath: folder.file("in")))
    let source = ChunkSource([folder.file("in")])
    var reader = RecordChunkReader(program: "test")
    var ledger = Ledger()
    var rejects: [Reject] = []
    var ids: [UInt64] = []
    while let chunk = source.next() {
      reader.read(chunk, ledger: &ledger, rejects: &rejects) { (tweet, record) throws(Rejection) in
        if record == .tweet { ids.append(tweet.id) }
      }
    }
    try source.check()
    return (ids, rejects, ledger)
  }

  static func line(_ id: Int) -> String {
    "{\"type\":\"tweet\",\"id\":\"\(id)\",\"created_at\":\"2018-01-01\",\"text\":\"x\"}"
  }

  @Test(
    "a bad line costs no neighbour its place",
    arguments: [
      "", " \t", "{", "[]", "null", "{\"type\":\"tweet\"}", "\u{0}",
      "{\"type\":\"tweet\",\"id\":\"1\",\"id\":", "]]]]", "\"",
      String(repeating: "[", count: 100_000),
    ]) func neighbours(bad: String) throws
  {
    let text = Self.line(1) + "\n" + bad + "\r\n" + Self.line(2) + "\n\n" + bad + "\n" + Self.line(3)
    let found = try Self.read(Array(text.utf8))
    #expect(found.ids == [1, 2, 3])
    let isBlank = bad.allSatisfy { $0 == " " || $0 == "\t" }
    #expect(found.rejects.map(\.line) == (isBlank ? [] : [2, 5]))
    #expect(found.ledger.read == 3 + found.rejects.count && found.ledger.rejected == found.rejects.count)
    for reject in found.rejects {
      #expect(reject.raw == Array(bad.utf8))
      #expect(Array(Array(text.utf8)[reject.offset..<reject.offset + reject.raw.count]) == reject.raw)
    }
  }

  @Test("bytes that are no UTF-8 are refused as such") func badUTF8() throws {
    let found = try Self.read(
      Array(Self.line(1).utf8) + [0x0A, 0x22, 0xFF, 0x22, 0x0A] + Array(Self.line(2).utf8))
    #expect(found.ids == [1, 2])
    #expect(found.rejects.map(\.rejection.reason) == [.badUTF8])
  }
}
