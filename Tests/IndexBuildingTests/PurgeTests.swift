import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding

@Suite("IndexWriter+Purge") struct PurgeTests {
  static func isTombstone(_ item: RandomStream.Item) -> Bool { if case .tweet = item { false } else { true } }

  @Test("after a purge terms and records are those of an index that never saw the deleted", arguments: 0..<10)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: 700 + seed)
    let items = RandomStream.random(60, deletes: 2 + Int(seed) % 6, &random)
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, items.map(\.line), every: 15)
    let writer = try IndexWriter(path, threads: 1)
    let (segments, tweets) = writer.purgeable()
    let done = try writer.purge()
    #expect(done.segments == segments && done.tweets == tweets)
    #expect(writer.purgeable().tweets == 0)
    let live = RandomStream.model(items)
    #expect(try IndexWriterTests.records(path) == live.map(IndexWriterTests.plain))
    #expect(try IndexLab.problems(path) == [])
    // Only one commit is left.
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(names.filter { $0.hasPrefix("manifest-") }.count == 1)
    let files = try FileManager.default.contentsOfDirectory(atPath: path + "/segments")
    #expect(
      files.sorted() == (try IndexLab.segmentFiles(path)).map { ($0 as NSString).lastPathComponent }.sorted())
    let fresh = folder.file("fresh")
    try IndexLab.build(fresh, live + items.filter(Self.isTombstone).map(\.line), every: 15)
    #expect(try IndexLab.terms(path) == IndexLab.terms(fresh))
  }

  @Test("no byte of a purged index spells a word that only a deleted tweet had") func words() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("i")
    try IndexLab.build(path, [IndexLab.tweet(1000, "a heron"), IndexLab.tweet(1001, "a crane")])
    try IndexLab.build(path, ["{\"type\":\"delete\",\"id\":\"1000\"}"])
    func terms() throws -> String { try IndexLab.terms(path).joined(separator: "\n") }
    let heron = Array("heron".utf8).description
    #expect(try terms().contains(heron))
    _ = try IndexWriter(path, threads: 1).purge()
    #expect(try !terms().contains(heron))
    #expect(
      try IndexLab.dump(path) == [IndexLab.tweet(1001, "a crane"), "{\"type\":\"delete\",\"id\":\"1000\"}"])
    // A late copy does not come back.
    try IndexLab.build(path, [IndexLab.tweet(1000, "a heron")])
    #expect(try !terms().contains(heron))
  }

  @Test("an audit is a line a deed, in order") func audit() throws {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("i"), [IndexLab.tweet(1000, "a")])
    let writer = try IndexWriter(folder.file("i"), threads: 1)
    try writer.audit("{\"n\":1}")
    try writer.audit("{\"n\":2}")
    let text = String(decoding: try IndexLab.bytes(folder.file("i") + "/audit.ndjson"), as: UTF8.self)
    #expect(text == "{\"n\":1}\n{\"n\":2}\n")
  }
}
