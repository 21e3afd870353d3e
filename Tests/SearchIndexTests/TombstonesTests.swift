import CommitTestSupport
import Commits
import Bytes
import Records
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TombstonesTests {
  static func random(_ count: Int, _ random: inout SeededGenerator) -> [Event] {
    (0..<count).map { _ in
      var event = Event([.delete, .userDelete, .scrubGeo].randomElement(using: &random) ?? .delete)
      func id() -> UInt64 { UInt64.random(in: 1..<12, using: &random) }
      if event.kind != .userDelete {
        event.tweet = event.kind == .scrubGeo && Bool.random(using: &random) ? 0 : id()
      }
      if event.kind != .delete || Bool.random(using: &random) { event.user = id() }
      if Bool.random(using: &random) { event.at = Int64.random(in: 0..<5, using: &random) }
      return event
    }
  }

  static func encoded(_ events: [Event]) -> [UInt8] {
    var builder = TombstoneBuilder()
    builder.add(events)
    var out = ByteBuffer()
    builder.encode(to: &out)
    return out.span.array
  }

  @Test("they answer as the list of events does, in any order of arrival", arguments: 0..<40) func twin(
    seed: UInt64
  ) throws {
    var random = SeededGenerator(seed: seed)
    let events = Self.random(Int(seed), &random)
    let bytes = Self.encoded(events)
    #expect(Self.encoded(events.shuffled(using: &random)) == bytes)
    #expect(Self.encoded(events + events) == bytes)
    let reader = try TombstoneReader(checkedMember(bytes))
    #expect(reader.isEmpty == events.isEmpty)
    for id in UInt64(1)..<13 {
      #expect(try reader.deletesTweet(id) == events.contains { $0.kind == .delete && $0.tweet == id })
      #expect(try reader.deletesUser(id) == events.contains { $0.kind == .userDelete && $0.user == id })
      for tweet in UInt64(1)..<13 {
        let expected = events.contains {
          $0.kind == .scrubGeo && $0.user == id && ($0.tweet == 0 || tweet <= $0.tweet)
        }
        #expect(try reader.scrubsGeo(of: id, tweet: tweet) == expected)
      }
    }
    #expect(Self.encoded(try reader.events()) == bytes)
  }

  @Test("every truncation throws, every changed byte never traps") func damage() throws {
    var random = SeededGenerator(seed: 9)
    let bytes = Self.encoded(Self.random(6, &random))
    for length in 0..<bytes.count {
      #expect(refuses { _ = try TombstoneReader(checkedMember(Array(bytes[..<length]))) })
    }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0xFF
      do {
        let reader = try TombstoneReader(checkedMember(damaged))
        _ = try reader.events()
        _ = try reader.scrubsGeo(of: 3, tweet: 3)
      } catch { #expect(error is SegmentError) }
    }
  }
}
