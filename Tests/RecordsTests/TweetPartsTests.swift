import Bytes
import JSON
import Testing

@testable import Records

@Suite struct TweetPartsTests {
  static func read(_ text: String, _ parts: TweetParts) throws -> Tweet {
    var parser = JSONParser()
    var bytes = ByteBuffer()
    bytes.append(string: text)
    try parser.parse(bytes, 0..<bytes.count)
    var tweet = Tweet()
    _ = try TweetReader.read(parser.root, into: &tweet, parts: parts)
    return tweet
  }

  static let base = #""type":"tweet","id":"20","created_at":"2006-03-21T20:50:14.000Z","text":"a b""#

  @Test("of an author the id is read, and the handle where there is none") func author() throws {
    for (user, id, handle) in [
      (#"{"id":"12","username":"jack","name":"J"}"#, UInt64(12), ""),
      (#"{"username":"jack","id":null}"#, 0, "jack"),
      (#"{"username":"ann","username":"bob"}"#, 0, "bob"),
      (#"{"username":"ann","username":7}"#, 0, ""),
      (#"[1]"#, 0, ""),
    ] as [(String, UInt64, String)] {
      let tweet = try Self.read("{\(Self.base),\"user\":\(user)}", [])
      let found =
        tweet.user?.username.hasText ?? false ? tweet.bytes(tweet.user?.username ?? .absent).text : ""
      let user = tweet.user?.id
      #expect(user == id && found == handle)
    }
  }

  @Test("a text is left out where there are tokens, and so are links") func text() throws {
    let link = #""urls":[{"url":"https://t.co/a"}]"#
    let plain = try Self.read("{\(Self.base),\(link)}", [])
    let (hasText, links) = (plain.text.hasText, plain.urls.count)
    #expect(hasText && links == 1)
    let tokenized = try Self.read("{\(Self.base),\(link),\"tokens\":[\"a\",[\"b\",\"c\"]]}", [])
    let (none, left, tokens) = (tokenized.text.isPresent, tokenized.urls.count, tokenized.tokens.count)
    #expect(!none && left == 0 && tokens == 3)
  }

  @Test("a repetition is known by its id alone") func repetition() throws {
    let tweet = try Self.read(#"{\#(Self.base),"retweet_of":{"id":"7","user":{"id":"8"}}}"#, [])
    let reference = tweet.retweetOf
    #expect(reference == Reference(id: 7))
    let none = try Self.read(#"{\#(Self.base),"retweet_of":{"user":{"id":"8"}}}"#, [])
    let nothing = none.retweetOf
    #expect(nothing == nil)
  }

  @Test("what is refused does not depend on the parts", arguments: [TweetParts.all, []]) func refused(
    parts: TweetParts
  ) {
    for text in [
      #"{"type":"tweet","id":"20","tokens":["a"]}"#, #"{"type":"tweet","id":"20","text":7,"tokens":["a"]}"#,
      #"{"type":"tweet","text":"a","tokens":["a"]}"#,
    ] {
      #expect(throws: Rejection.self) { _ = try Self.read(text, parts) }
    }
  }
}
