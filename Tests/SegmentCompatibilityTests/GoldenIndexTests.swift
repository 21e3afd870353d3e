import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import SearchIndex

/// An index of format 1 that stays as it is: whatever this program becomes, it reads these bytes or names their version.
///
/// `RECORD=1 swift test --filter GoldenIndexTests` writes it again; do that only with a new format version.
@Suite(.serialized) struct GoldenIndexTests {
  static let golden = ToolRunner.root + "/Tests/SegmentCompatibilityTests/Golden/index-v1"
  static let records = golden + ".ndjson"
  /// Two commits: one segment, then one that replaces and deletes in it.
  static let commits = [
    SmallWorld.rich + SmallWorld.many.suffix(200),
    [
      IndexLab.tweet(500, "a newer version of the old tweet"),
      "{\"type\":\"delete\",\"id\":\"\(SmallWorld.first + 299 * 4_194_304)\"}",
    ],
  ]

  static func build(_ path: String) throws { for lines in commits { try IndexLab.build(path, lines) } }

  init() throws {
    guard ProcessInfo.processInfo.environment["RECORD"] == "1" else { return }
    try? FileManager.default.removeItem(atPath: Self.golden)
    try Self.build(Self.golden)
    try? FileManager.default.removeItem(atPath: Self.golden + "/lock")
    let lines = try IndexLab.dump(Self.golden).joined(separator: "\n") + "\n"
    try IndexLab.write(Array(lines.utf8), to: Self.records)
  }

  @Test("the frozen index is sound and holds the frozen records") func opens() throws {
    #expect(try IndexLab.problems(Self.golden) == [])
    let expected = try String(contentsOfFile: Self.records, encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(try IndexLab.dump(Self.golden) == expected)
    #expect(expected.count == 208)
  }

  @Test("today's writer still produces those very bytes, file by file") func writes() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("index")
    try Self.build(path)
    try FileManager.default.removeItem(atPath: path + "/lock")
    func files(_ root: String) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: root).filter { !$0.hasSuffix("segments") }.sorted()
    }
    #expect(try files(path) == files(Self.golden))
    for name in try files(path) {
      #expect(try IndexLab.bytes(path + "/" + name) == IndexLab.bytes(Self.golden + "/" + name), "\(name)")
    }
  }

  @Test("it answers as an index that is built today") func answers() throws {
    let folder = TemporaryDirectory()
    try Self.build(folder.file("index"))
    #expect(try SmallWorld.answers(Self.golden) == SmallWorld.answers(folder.file("index")))
  }
}
