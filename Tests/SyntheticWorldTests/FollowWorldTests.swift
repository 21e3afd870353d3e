import Bytes
import Foundation
import SyntheticWorld
import TestSupport
import Testing

@Suite struct FollowWorldTests {
  static func edges(_ world: FollowWorld) throws -> Data {
    let folder = TemporaryDirectory()
    try world.write(into: folder.path)
    return try Data(contentsOf: URL(fileURLWithPath: folder.file("follows.tsv")))
  }

  @Test("the graph that loading is measured by is frozen") func frozen() throws {
    let bytes = Array(try Self.edges(FollowWorld(seed: 2023, users: 20_000, edges: 300_000)))
    #expect(Checksum.xxh3(bytes.span) == 182_427_064_024_835_669)
  }

  @Test("what its accounts write is frozen") func activity() throws {
    let folder = TemporaryDirectory()
    try FollowWorld(seed: 2023, users: 5000, edges: 60_000).writeActivity(20_000, into: folder.path)
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("activity.ndjson"))))
    #expect(Checksum.xxh3(bytes.span) == 13_624_861_868_067_914_809)
  }

  @Test(
    "there are as many edges as asked for, none twice and none to oneself", arguments: [0, 5, 3000, 15_000])
  func distinct(edges: Int) throws {
    let text = String(
      decoding: try Self.edges(FollowWorld(seed: 7, users: 1000, edges: edges)), as: UTF8.self)
    let lines = text.split(separator: "\n")
    #expect(lines.count == edges && Set(lines).count == edges)
    #expect(
      lines.allSatisfy { line in
        let ids = line.split(separator: "\t")
        return ids.count == 2 && ids[0] != ids[1] && ids.allSatisfy { (UInt64($0) ?? 0) > 0 }
      })
  }

  @Test("few have most of the followers: the slope of the power law is the one that is meant") func skew()
    throws
  {
    let text = String(
      decoding: try Self.edges(FollowWorld(seed: 7, users: 20_000, edges: 300_000)), as: UTF8.self)
    var counts: [Substring: Int] = [:]
    for line in text.split(separator: "\n") { counts[line.split(separator: "\t")[1], default: 0] += 1 }
    let sorted = counts.values.sorted(by: >)
    // Weights of r^(−3/4): the tenth has 100^(3/4) = 31.6 times as many as the thousandth.
    let ratio = Double(sorted[9]) / Double(sorted[999])
    #expect(ratio > 20 && ratio < 45, "\(ratio)")
  }
}
