import Commits
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct MergedDocumentsTests {
  static func live(_ folder: TemporaryDirectory, _ name: String, _ ids: [UInt64]) throws -> LiveSegment {
    try IndexLab.build(folder.file(name), ids.map { IndexLab.tweet($0, "x") })
    return try #require(try IndexReader(folder.file(name)).segments.first)
  }

  @Test("what lives stands by falling ids, and numbers lead there", arguments: 0..<10) func order(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let folder = TemporaryDirectory()
    var ids = Array(Set((0..<60).map { _ in UInt64.random(in: 1..<900, using: &random) })).shuffled(
      using: &random)
    var parts: [LiveSegment] = []
    var living: [UInt64] = []
    for name in ["a", "b", "c"] {
      let own = Array(ids.prefix(20)).sorted(by: >)
      ids.removeFirst(min(20, ids.count))
      if own.isEmpty { continue }
      var part = try Self.live(folder, name, own)
      var dead = DeadDocuments(documents: own.count)
      for document in own.indices where Bool.random(using: &random) { dead.insert(document) }
      part.dead = dead
      living += own.indices.filter { !dead.contains($0) }.map { own[$0] }
      parts.append(part)
    }
    let documents = try MergedDocuments(parts)
    var found: [UInt64] = []
    try documents.forEach { part, document in
      #expect(documents.numbers[part][document] == UInt32(found.count))
      found.append(try parts[part].segment.id(document))
    }
    #expect(found == living.sorted(by: >) && documents.count == found.count)
  }

  @Test("a tweet that lives in two segments is told") func twice() throws {
    let folder = TemporaryDirectory()
    let a = try Self.live(folder, "a", [5, 7, 9])
    let b = try Self.live(folder, "b", [7])
    let error = #expect(throws: SegmentError.self) { _ = try MergedDocuments([a, b]) }
    #expect(error?.message.contains("tweet 7 lives in two segments") ?? false)
  }
}
