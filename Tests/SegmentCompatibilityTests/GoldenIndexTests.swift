import Foundation
import IndexTestSupport
import TestSupport
import Testing

@testable import SearchIndex

/// Indexes of all formats that stay as they are: whatever this program becomes, it reads these bytes or names their version.
///
/// `RECORD=1 swift test --filter GoldenIndexTests` writes it again; do that only with a new format version.
@Suite(.serialized) struct GoldenIndexTests {
  static let folder = ToolRunner.root + "/Tests/SegmentCompatibilityTests/Golden"
  /// Of the format that is written.
  static let newest = 3
  static func golden(_ version: Int) -> String { "\(folder)/index-v\(version)" }

  /// The first two commits: one segment, then one that replaces and deletes in it. Lists of the second format have tiers from 256
  /// documents on.
  static func commits(_ version: Int) -> [[String]] {
    [
      SmallWorld.rich + SmallWorld.many.suffix(version == 1 ? 200 : 290),
      [
        IndexLab.tweet(500, "a newer version of the old tweet"),
        "{\"type\":\"delete\",\"id\":\"\(SmallWorld.first + 299 * 4_194_304)\"}",
      ],
    ]
  }

  static func build(_ path: String, _ version: Int = newest) throws {
    for lines in commits(version) { try IndexLab.build(path, lines) }
    if version < 3 { return }
    // Two more in which counts rise: the second folds the first in.
    for step in 1...2 {
      let sums = (0..<3).map { index in
        IndexLab.counters(
          SmallWorld.first + UInt64(index * 37 + step) * 4_194_304,
          "\"likes\":\(index * 90 + step),\"quotes\":\(step)")
      }
      try IndexLab.raise(path, sums + [IndexLab.counters(500, "\"retweets\":\(step)")])
    }
  }

  init() throws {
    guard ProcessInfo.processInfo.environment["RECORD"] == "1" else { return }
    let golden = Self.golden(Self.newest)
    try? FileManager.default.removeItem(atPath: golden)
    try Self.build(golden)
    try? FileManager.default.removeItem(atPath: golden + "/lock")
    let lines = try IndexLab.dump(golden).joined(separator: "\n") + "\n"
    try IndexLab.write(Array(lines.utf8), to: golden + ".ndjson")
  }

  @Test("the frozen indexes are sound and hold the frozen records", arguments: [1, 2, 3]) func opens(
    version: Int
  )
    throws
  {
    let golden = Self.golden(version)
    #expect(try IndexLab.problems(golden) == [])
    #expect(try IndexReader(golden).segments.allSatisfy { $0.segment.header.version == version })
    let expected = try String(contentsOfFile: golden + ".ndjson", encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(try IndexLab.dump(golden) == expected)
    #expect(expected.count == (version == 1 ? 208 : 298))
  }

  @Test("today's writer still produces those very bytes, file by file") func writes() throws {
    let folder = TemporaryDirectory()
    let path = folder.file("index")
    try Self.build(path)
    try FileManager.default.removeItem(atPath: path + "/lock")
    func files(_ root: String) throws -> [String] {
      try FileManager.default.subpathsOfDirectory(atPath: root).filter { !$0.hasSuffix("segments") }.sorted()
    }
    #expect(try files(path) == files(Self.golden(Self.newest)))
    for name in try files(path) {
      #expect(
        try IndexLab.bytes(path + "/" + name) == IndexLab.bytes(Self.golden(Self.newest) + "/" + name),
        "\(name)")
    }
  }

  @Test("they answer as an index that is built today", arguments: [1, 2, 3]) func answers(version: Int) throws
  {
    let folder = TemporaryDirectory()
    try Self.build(folder.file("index"), version)
    #expect(try SmallWorld.answers(Self.golden(version)) == SmallWorld.answers(folder.file("index")))
  }

  @Test("merged, they are what an index that is built and merged today is", arguments: [1, 2, 3])
  func merges(version: Int) throws {
    let folder = TemporaryDirectory()
    try FileManager.default.copyItem(atPath: Self.golden(version), toPath: folder.file("old"))
    try Self.build(folder.file("new"), version)
    let merged = try ["old", "new"].map { name in
      try IndexLab.build(folder.file(name), [], merge: true)
      let newest = try #require(try IndexReader(folder.file(name)).segments.first?.segment.file)
      return try IndexLab.bytes(newest)
    }
    #expect(merged[0] == merged[1])
  }
}
