import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding

@Suite("IndexWriter+Foreign") struct ForeignSegmentTests {
  static func add(_ segments: [String], to path: String) throws -> [Bool] {
    let writer = try IndexWriter(path, threads: 1)
    let whole = try segments.map { try writer.addSegment(at: $0) }
    try writer.commit()
    return whole
  }

  @Test(
    "segments built apart, added in any order, give what one build of everything gives", arguments: 0..<10)
  func model(seed: UInt64) throws {
    var random = SeededGenerator(seed: 900 + seed)
    let items = RandomStream.random(60, deletes: Int(seed) % 5, &random)
    let folder = TemporaryDirectory()
    var segments: [String] = []
    for part in 0..<3 {
      let path = folder.file("part\(part)")
      try IndexLab.build(path, items[items.count * part / 3..<items.count * (part + 1) / 3].map(\.line))
      segments += try IndexLab.segmentFiles(path)
    }
    let path = folder.file("all")
    _ = try Self.add(segments.shuffled(using: &random), to: path)
    #expect(try IndexWriterTests.records(path) == RandomStream.model(items).map(IndexWriterTests.plain))
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("a segment that shares nothing is taken as it is, and twice is not") func whole() throws {
    let folder = TemporaryDirectory()
    for part in 0..<2 {
      let id = UInt64(1000 + 100 * part)
      try IndexLab.build(folder.file("\(part)"), [IndexLab.tweet(id, "a"), IndexLab.tweet(id + 1, "b")])
    }
    let segments = try (0..<2).flatMap { try IndexLab.segmentFiles(folder.file("\($0)")) }
    #expect(try Self.add(segments, to: folder.file("i")) == [true, true])
    let files = try IndexLab.segmentFiles(folder.file("i"))
    #expect(try files.map { try IndexLab.bytes($0) } == segments.map { try IndexLab.bytes($0) })
    #expect(try Self.add([segments[0]], to: folder.file("i")) == [false])
    #expect(try IndexLab.dump(folder.file("i")).count == 4)
  }

  @Test("every damaged byte of a segment is refused or makes no difference, and nothing is published")
  func damaged()
    throws
  {
    let folder = TemporaryDirectory()
    try IndexLab.build(folder.file("part"), [IndexLab.tweet(1000, "crane")])
    let segment = try IndexLab.segmentFiles(folder.file("part"))[0]
    let bytes = try IndexLab.bytes(segment)
    for offset in stride(from: 0, to: bytes.count, by: 97) {
      var wrong = bytes
      wrong[offset] ^= 0x55
      try IndexLab.write(wrong, to: folder.file("wrong"))
      let path = folder.file("i\(offset)")
      guard (try? Self.add([folder.file("wrong")], to: path)) != nil else { continue }
      #expect(try IndexLab.dump(path) == [IndexLab.tweet(1000, "crane")], "byte \(offset)")
    }
  }
}
