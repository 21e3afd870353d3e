import Bytes
import Foundation
import IndexTestSupport
import Records
import TestSupport
import Testing

@Suite struct TweetReaderTests {
  @Test("random tweets come back byte for byte", arguments: 0..<300) func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var tweet = Tweet()
    RandomTweet.fill(&tweet, &random)
    let line = RandomTweet.line(tweet)
    var twin = Tweet()
    #expect(try RandomTweet.read(line, into: &twin) == .tweet)
    #expect(RandomTweet.line(twin) == line)
    let same =
      twin.id == tweet.id && twin.createdAt == tweet.createdAt && twin.counts == tweet.counts
      && twin.tokens.length == tweet.tokens.length && twin.conversation == tweet.conversation
      && twin.sensitive == tweet.sensitive && twin.user?.followers == tweet.user?.followers
    #expect(same)
  }

  @Test("the worked examples come back byte for byte") func examples() throws {
    guard let path = SharedFiles.path("examples/canonical.ndjson") else { return }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var tweet = Tweet()
    for line in text.split(separator: "\n") {
      switch try RandomTweet.read(String(line), into: &tweet) {
      case .tweet: #expect(RandomTweet.line(tweet) == line + "\n")
      case .event(let event):
        var out = ByteBuffer()
        event.write(to: &out)
        #expect(out.span.text == line + "\n")
      case .other: Issue.record("no record: \(line)")
      }
    }
  }

  static func refusal(_ line: String) -> Rejection.Reason? {
    var tweet = Tweet()
    do {
      _ = try RandomTweet.read(line, into: &tweet)
      return nil
    } catch { return (error as? Rejection)?.reason }
  }

  @Test(
    "what a tweet needs is asked for by name",
    arguments: [
      (#"{"type":"tweet","id":"5","text":"x","created_at":"2018-01-01T00:00:00.000Z"}"#, nil),
      (#"{"type":"tweet","id":5,"text":"","created_at":"2018-01-01"}"#, nil),
      (#"{"type":"tweet","id":"1034898743869534208","text":"x"}"#, nil),
      (#"{"type":"tweet","text":"x"}"#, .missingID), (#"{"type":"tweet","id":null,"text":"x"}"#, .missingID),
      (#"{"type":"tweet","id":"0","text":"x"}"#, .badID), (#"{"type":"tweet","id":[],"text":"x"}"#, .badID),
      (#"{"type":"tweet","id":"-5","text":"x"}"#, .badID),
      (#"{"type":"tweet","id":9223372036854775808,"text":"x"}"#, .badID),
      (#"{"type":"tweet","id":"5"}"#, .missingText),
      (#"{"type":"tweet","id":"5","text":null}"#, .missingText),
      (#"{"type":"tweet","id":"5","text":7}"#, .missingText),
      (#"{"type":"tweet","id":"5","text":"x"}"#, .missingTime),
      (#"{"type":"tweet","id":"5","text":"x","created_at":"2018-02-30"}"#, .badTime),
      (#"{"type":"tweet","id":"5","text":"x","created_at":5}"#, .badTime),
      (#"{"id":"5","text":"x"}"#, .unknownShape), ("[]", .unknownShape), ("5", .unknownShape),
      (#"{"type":5}"#, .unknownShape),
    ] as [(String, Rejection.Reason?)]) func needs(line: String, reason: Rejection.Reason?)
  {
    #expect(Self.refusal(line) == reason)
  }

  @Test("optional fields of another type count as absent, whatever they are") func wrongTypes() throws {
    var tweet = Tweet()
    for odd in [
      "5", "-1", "\"x\"", "true", "[]", "{}", "[[[]]]", "[5,null,{\"a\":1}]", "{\"id\":{}}", "1.5e300",
    ] {
      for key in [
        "user", "lang", "hashtags", "cashtags", "mentions", "urls", "media", "reply_to", "retweet_of",
        "quote_of",
        "conversation_id", "geo", "counts", "source", "sensitive", "cluster", "analyzer", "tokens",
      ] {
        let line =
          "{\"type\":\"tweet\",\"id\":\"7\",\"created_at\":\"2018-01-01\",\"text\":\"x\",\"\(key)\":\(odd)}"
        #expect(try RandomTweet.read(line, into: &tweet) == .tweet)
        // What was made of it can be written and read again.
        let again = RandomTweet.line(tweet)
        var twin = Tweet()
        #expect(try RandomTweet.read(again, into: &twin) == .tweet)
        #expect(RandomTweet.line(twin) == again)
      }
    }
  }

  @Test("records of other types are passed on as such") func other() throws {
    var tweet = Tweet()
    #expect(try RandomTweet.read(#"{"type":"trend","term":"x"}"#, into: &tweet) == .other)
  }
}
