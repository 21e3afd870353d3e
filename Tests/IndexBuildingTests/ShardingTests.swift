import Bytes
import IndexTestSupport
import JSON
import Records
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct ShardingTests {
  static func tweet(_ line: String) throws -> Tweet {
    var parser = JSONParser()
    var bytes = ByteBuffer()
    bytes.append(string: line)
    try parser.parse(bytes, 0..<bytes.count)
    var tweet = Tweet()
    _ = try TweetReader.read(parser.root, into: &tweet)
    return tweet
  }

  @Test("each key hashes its own text of the tweet") func keys() throws {
    let line = IndexLab.tweet(
      1000, "a", "\"user\":{\"id\":\"42\"},\"geo\":{\"place\":\"Kiel\",\"country\":\"DE\"}")
    let tweet = try Self.tweet(line)
    let texts: [Sharding.Key: String] = [.id: "1000", .user: "42", .day: "2018-08-29", .country: "DE"]
    for key in Sharding.Key.allCases {
      var scratch = ByteBuffer()
      let bytes = Array(try #require(texts[key]).utf8)
      let expected = Int(Checksum.xxh64(bytes.span) % 7)
      let place = Sharding(count: 7, key: key, only: nil).place(of: tweet, &scratch)
      #expect(place == expected, "\(key)")
      let own = Sharding(count: 7, key: key, only: expected).place(of: tweet, &scratch)
      #expect(own == 0)
      let other = Sharding(count: 7, key: key, only: (expected + 1) % 7).place(of: tweet, &scratch)
      #expect(other == nil)
    }
  }

  @Test("what a tweet does not have hashes as nothing") func absent() throws {
    let tweet = try Self.tweet(IndexLab.tweet(1000, "a"))
    let nothing: [UInt8] = []
    for key in [Sharding.Key.user, .country] {
      var scratch = ByteBuffer()
      let place = Sharding(count: 5, key: key, only: nil).place(of: tweet, &scratch)
      #expect(place == Int(Checksum.xxh64(nothing.span) % 5))
    }
  }

  @Test("folders have three digits at least") func folders() {
    #expect([0, 12, 999].map(Sharding.folder) == ["shard-000", "shard-012", "shard-999"])
  }
}
