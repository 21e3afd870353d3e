import Bytes
import IndexTestSupport
import Records
import TestSupport
import Testing

@Suite struct EventTests {
  @Test("every kind comes back as it was written", arguments: Event.Kind.allCases) func roundTrip(
    kind: Event.Kind
  ) throws {
    var tweet = Tweet()
    for at in [nil, 0, 1_535_574_062_123] as [Int64?] {
      for optional in [UInt64(0), 77] {
        var event = Event(kind)
        event.at = at
        switch kind {
        case .delete: (event.tweet, event.user) = (5, optional)
        case .scrubGeo: (event.user, event.tweet) = (5, optional)
        case .userDelete: event.user = 5
        case .like, .unlike: (event.user, event.tweet) = (5, 6)
        default: (event.user, event.target) = (5, 6)
        }
        var out = ByteBuffer()
        event.write(to: &out)
        let line = out.span.text
        #expect(line.hasPrefix("{\"type\":\"\(kind.name)\",") && line.hasSuffix("}\n"))
        #expect(try RandomTweet.read(line, into: &tweet) == .event(event))
      }
    }
  }

  @Test(
    "an event without what it needs is refused by the field's name",
    arguments: [
      (#"{"type":"delete"}"#, "id"), (#"{"type":"user_delete","id":"5"}"#, "user"),
      (#"{"type":"scrub_geo"}"#, "user"),
      (#"{"type":"like","user":"5"}"#, "tweet"), (#"{"type":"follow","user":"5"}"#, "target"),
      (#"{"type":"unblock","target":"5"}"#, "user"), (#"{"type":"delete","id":"0"}"#, "id"),
    ]) func needs(line: String, field: String)
  {
    var tweet = Tweet()
    #expect(throws: Rejection(.missingID, "no \"\(field)\"")) { _ = try RandomTweet.read(line, into: &tweet) }
  }

  @Test("a time that is none is refused") func badTime() {
    var tweet = Tweet()
    #expect(throws: Rejection(.badTime, "\"at\" is no time")) {
      _ = try RandomTweet.read(#"{"type":"delete","id":"5","at":"yesterday"}"#, into: &tweet)
    }
  }
}
