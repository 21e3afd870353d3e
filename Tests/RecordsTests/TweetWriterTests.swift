import Bytes
import Foundation
import IndexTestSupport
import Records
import TestSupport
import Testing

@Suite struct TweetWriterTests {
  @Test("keys stand in the contract's order") func order() throws {
    var tweet = Tweet()
    var random = SeededGenerator(seed: 1)
    let keys = [
      "type", "id", "created_at", "user", "text", "lang", "hashtags", "cashtags", "mentions", "urls", "media",
      "reply_to",
      "retweet_of", "quote_of", "conversation_id", "geo", "counts", "source", "sensitive", "cluster", "spam",
      "analyzer",
      "tokens",
    ]
    var seen = Set<String>()
    for _ in 0..<200 {
      RandomTweet.fill(&tweet, &random)
      let line = RandomTweet.line(tweet)
      let known = Self.topKeys(line)
      #expect(known == keys.filter { known.contains($0) })
      seen.formUnion(known)
    }
    #expect(seen == Set(keys))
  }

  /// The keys of an object's first level, by hand: strings behind a `{` or `,` of depth one.
  static func topKeys(_ line: String) -> [String] {
    var keys: [String] = []
    var depth = 0
    var text: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in line.utf8 {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isInString = false
        } else {
          text.append(byte)
        }
        continue
      }
      switch byte {
      case 0x22:
        isInString = true
        text = []
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      case 0x3A: if depth == 1 { keys.append(String(decoding: text, as: UTF8.self)) }
      default: break
      }
    }
    return keys
  }

  @Test("absent fields are left out, empty parts are empty objects") func absent() {
    var tweet = Tweet()
    tweet.id = 1
    let text = Array("x".utf8)
    tweet.text = tweet.add(text.span)
    #expect(
      RandomTweet.line(tweet)
        == "{\"type\":\"tweet\",\"id\":\"1\",\"created_at\":\"1970-01-01T00:00:00.000Z\",\"text\":\"x\"}\n")
    tweet.user = User()
    tweet.isTokenized = true
    #expect(RandomTweet.line(tweet).contains(#""user":{},"text":"x","tokens":[]}"#))
  }
}
