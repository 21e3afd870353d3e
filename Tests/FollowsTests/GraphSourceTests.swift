import Bytes
import Containers
import Foundation
import Records
import TestSupport
import Testing

@testable import Follows

@Suite struct GraphSourceTests {
  static func read(_ text: Data) throws -> (batches: [RelationBatch], failure: (any Error)?) {
    let folder = TemporaryDirectory()
    try text.write(to: URL(fileURLWithPath: folder.file("g")))
    let source = GraphSource.chunks([folder.file("g")])
    let reader = RelationReader(program: "test")
    var batches: [RelationBatch] = []
    while let chunk = source.next() { batches.append(reader.read(chunk)) }
    return (batches, source.failure)
  }

  @Test("edges cut into many chunks are all there, in order, with their lines") func chunks() throws {
    var text = ""
    for number in 1...200_000 { text += number == 150_000 ? "bad\n" : "\(number)\t\(number + 1)\n" }
    let (batches, failure) = try Self.read(Data(text.utf8))
    #expect(failure == nil && batches.count > 2)
    let edges = batches.flatMap(\.edges)
    #expect(edges.count == 2 * 199_999 && edges.first == 1 && edges.last == 200_001)
    #expect(batches.flatMap(\.rejects).map(\.line) == [150_000])
  }

  @Test("a line of megabytes is one reject and costs its neighbours nothing", arguments: [false, true])
  func longLine(isLast: Bool) throws {
    let long = String(repeating: "7", count: 3 << 20)
    let (batches, failure) = try Self.read(Data(("1 2\n" + long + (isLast ? "" : "\n3 4\n")).utf8))
    #expect(failure == nil)
    #expect(batches.flatMap(\.edges) == (isLast ? [1, 2] : [1, 2, 3, 4]))
    let rejects = batches.flatMap(\.rejects)
    #expect(rejects.map(\.rejection.reason) == [.tooLong] && rejects.first?.line == 2)
    #expect(rejects.first?.raw.count == LineCutter.kept)
    #expect(rejects.first?.rejection.detail.hasSuffix("found \(3 << 20)") == true)
    #expect(batches.reduce(0) { $0 + $1.ledger.read } == (isLast ? 2 : 3))
  }

  @Test(
    "what is plainly no graph is told from its first bytes",
    arguments: [
      ("[{\"id\":1}]", "a JSON array"), ("{\n \"id\": 1}", "JSON over many lines"),
      ("window.YTD.tweets.part0 = [", "an account archive"), ("Grailbird.data.x = [", "an account archive"),
      ("id,created_at,text\n1,2,x\n", "a table of tweets"),
      ("\u{FEFF}\"tweet_id\"\t\"a\"\n", "a table of tweets"),
    ]) func looks(text: String, found: String) throws
  {
    let (batches, failure) = try Self.read(Data(text.utf8))
    #expect(batches.isEmpty)
    #expect((failure as? MisplacedRecord)?.found == found)
  }

  @Test("edges, events, comments, headers and nothing at all are let through") func passes() throws {
    for text in ["", "\n\n", "1 2\n", "# x\n1 2", "source,target\n", "{\"type\":\"follow\"}\n", "text_id\n"] {
      #expect(try Self.read(Data(text.utf8)).failure == nil, "\(text)")
    }
  }
}
