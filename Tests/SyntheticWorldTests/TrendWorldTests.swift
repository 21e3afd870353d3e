import Bytes
import Foundation
import SyntheticWorld
import TestSupport
import Testing

@Suite struct TrendWorldTests {
  static func files(_ world: TrendWorld) throws -> (tweets: Data, labels: Data) {
    let folder = TemporaryDirectory()
    try world.write(into: folder.path)
    return (
      try Data(contentsOf: URL(fileURLWithPath: folder.file("tweets.ndjson"))),
      try Data(contentsOf: URL(fileURLWithPath: folder.file("labels.ndjson")))
    )
  }

  static func hash(_ data: Data) -> UInt64 {
    let bytes = Array(data)
    return Checksum.xxh3(bytes.span)
  }

  @Test("the world that detectors are judged by is frozen") func frozen() throws {
    let files = try Self.files(TrendWorld(seed: 2022, tweets: 20_000, bursts: 24, decoys: 15))
    #expect(Self.hash(files.tweets) == 3_107_093_934_926_267_879)
    #expect(Self.hash(files.labels) == 4_932_844_348_027_859_670)
  }

  @Test("every record is in order of time and every plant is in the records as often as its label says")
  func labels() throws {
    let files = try Self.files(TrendWorld(seed: 5, tweets: 4000, bursts: 24, decoys: 15))
    let lines = String(decoding: files.tweets, as: UTF8.self).split(separator: "\n").map(String.init)
    let times = lines.compactMap { line in
      line.range(of: "\"created_at\":\"").map { String(line[$0.upperBound...].prefix(24)) }
    }
    #expect(times.count == lines.count && times == times.sorted())
    struct Label: Decodable {
      var type: String
      var kind: String
      var term: String
      var start: String
      var end: String
      var tweets: Int
      var reason: String?
    }
    var kinds = Set<String>()
    for line in String(decoding: files.labels, as: UTF8.self).split(separator: "\n") {
      let label = try JSONDecoder().decode(Label.self, from: Data(line.utf8))
      kinds.insert(label.reason ?? label.kind)
      let inside = zip(times, lines).count { time, text in
        time >= label.start && time < label.end && text.contains(label.term)
      }
      // Background tags may add to those that are planted.
      #expect(inside >= label.tweets, "\(label)")
    }
    #expect(
      kinds == ["hashtag", "cashtag", "phrase", "weekly", "daily", "fall", "bots", "copies"])
  }

  @Test("without plants there are no labels") func quiet() throws {
    let files = try Self.files(TrendWorld(seed: 5, tweets: 1000, bursts: 0, decoys: 0))
    #expect(files.labels.isEmpty && !files.tweets.isEmpty)
  }
}
