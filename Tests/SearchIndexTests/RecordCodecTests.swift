import Bytes
import IndexTestSupport
import Records
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct RecordCodecTests {
  static func line(_ tweet: borrowing Tweet) -> String {
    var out = ByteBuffer()
    TweetWriter.write(tweet, to: &out)
    return out.span.text
  }

  static func packed(_ seed: UInt64) -> (line: String, bytes: [UInt8], id: UInt64, time: Int64) {
    var random = SeededGenerator(seed: seed)
    var tweet = Tweet()
    RandomTweet.fill(&tweet, &random)
    // Tokens and analyzer are not stored.
    tweet.isTokenized = false
    var out = ByteBuffer()
    RecordCodec.encode(tweet, to: &out)
    return (line(tweet), out.span.array, tweet.id, tweet.createdAt)
  }

  @Test("every field of random tweets comes back", arguments: 0..<300) func roundTrip(seed: UInt64) throws {
    let (line, bytes, id, time) = Self.packed(seed)
    var twin = Tweet()
    try RecordCodec.decode(bytes.span, id: id, time: time, into: &twin)
    #expect(Self.line(twin) == line)
    var again = ByteBuffer()
    RecordCodec.encode(twin, to: &again)
    #expect(again.span.array == bytes)
  }

  @Test("every truncation throws", arguments: 0..<25) func truncations(seed: UInt64) {
    let bytes = Self.packed(seed).bytes
    var tweet = Tweet()
    for length in 0..<bytes.count {
      #expect(throws: DecodeError.self, "\(length) of \(bytes.count)") {
        try RecordCodec.decode(bytes.span.extracting(0..<length), id: 1, time: 0, into: &tweet)
      }
    }
  }

  @Test("every changed byte throws or gives a tweet that can be written", arguments: 0..<25) func changes(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let bytes = Self.packed(seed).bytes
    var tweet = Tweet()
    var refused = 0
    for place in bytes.indices {
      for value in [0, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)] {
        var damaged = bytes
        damaged[place] = value
        do {
          try RecordCodec.decode(damaged.span, id: 1, time: 0, into: &tweet)
          #expect(Self.line(tweet).hasPrefix("{\"type\":\"tweet\""))
        } catch { refused += 1 }
      }
    }
    #expect(refused > 0)
  }

  @Test("random bytes never trap", arguments: 0..<20) func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var tweet = Tweet()
    var refused = 0
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      do { try RecordCodec.decode(bytes.span, id: 1, time: 0, into: &tweet) } catch { refused += 1 }
    }
    #expect(refused > 300)
  }
}
