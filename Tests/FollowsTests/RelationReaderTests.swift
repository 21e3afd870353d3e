import Containers
@testable import Follows
import Records
import TestSupport
import Testing

@Suite struct RelationReaderTests {
  @Test("edges with and without times are read, the rest is refused with its place") func edges() {
    let batch = GraphFixture.batch("follower,followee\n# c\n1,2\n\n3,4,1624222800\r\n5,5\nx,1\n7\n")
    #expect(batch.edges == [1, 2])
    #expect(batch.changes == [RelationChange(.follow, 3, 4, at: 1_624_222_800_000, isOn: true)])
    #expect(batch.ledger.read == 5 && batch.ledger.rejected == 3)
    #expect(batch.rejects.map(\.line) == [6, 7, 8])
    #expect(batch.rejects.map(\.offset) == [43, 47, 51])
    #expect(batch.rejects.map(\.rejection.reason) == [.badID, .badID, .missingID])
    #expect(batch.rejects[0].rejection.detail == "expected two accounts, found 5 twice")
  }

  @Test("events of the graph are changes, other records change nothing") func events() {
    let text = """
      {"type":"follow","user":"1","target":"2"}
      {"type":"unfollow","user":"1","target":"2","at":"1970-01-01T00:00:00.007Z"}
      {"type":"unblock","user":"1","target":"3","at":"1970-01-01T00:00:00.008Z"}
      {"type":"mute","user":"3","target":"3"}
      {"type":"like","user":"3","tweet":"4"}
      {"type":"tweet","id":"5","created_at":"2021-06-20T21:00:00.000Z","text":"x"}
      {"type":"trend"}
      [1]
      """
    let batch = GraphFixture.batch(text, form: nil)
    #expect(
      batch.changes == [
        RelationChange(.follow, 1, 2, at: RelationChange.oldest, isOn: true),
        RelationChange(.follow, 1, 2, at: 7, isOn: false), RelationChange(.block, 1, 3, at: 8, isOn: false),
      ])
    #expect(batch.ledger.read == 8 && batch.ledger.filtered == 2 && batch.ledger.rejected == 3)
    #expect(batch.misplaced == nil)
  }

  @Test("a tweet in a graph file is told with its line, raw or canonical") func misplaced() {
    let follow = "{\"type\":\"follow\",\"user\":\"1\",\"target\":\"2\"}\n"
    let tweet =
      "{\"type\":\"tweet\",\"id\":\"5\",\"created_at\":\"2021-06-20T21:00:00.000Z\",\"text\":\"x\"}\n"
    let found = GraphFixture.batch(follow + "\n" + tweet, form: .records).misplaced
    #expect(found == MisplacedRecord(path: "f", line: 3, found: "a tweet", isRaw: false))
    let raw = GraphFixture.batch("{\"id\":5,\"full_text\":\"x\"}\n", form: .records).misplaced
    #expect(raw == MisplacedRecord(path: "f", line: 1, found: "a raw tweet", isRaw: true))
    #expect(GraphFixture.batch(follow + "{\"id\":5}\n{\n", form: .records).misplaced == nil)
  }

  @Test("any bytes are read without a trap, and every record is counted once", arguments: 0..<100)
  func fuzz(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("0123456789 \t,;\"#\n\r\n{}[]:-.T\u{7F}".utf8) + [0, 0xFF, 0xEF, 0xBB, 0xBF]
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      for form in [GraphForm.edges, .records, nil] {
        let batch = RelationReader(program: "test").read(GraphFixture.chunk(bytes, form: form))
        #expect(batch.ledger.rejected == batch.rejects.count)
        let used = batch.edges.count / 2 + batch.changes.count
        #expect(batch.ledger.read == used + batch.ledger.rejected + batch.ledger.filtered)
        var log = RelationLog()
        log.add(batch)
        let graph = log.finish(threads: 1)
        #expect(graph.records + graph.duplicates == used)
      }
    }
  }
}
