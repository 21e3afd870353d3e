import CommitTestSupport
import Commits
import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct StringTableTests {
  static func encoded(_ strings: [[UInt8]]) -> [UInt8] {
    var out = ByteBuffer()
    StringTable.write(strings, to: &out)
    return out.span.array
  }

  static func decoded(_ bytes: [UInt8]) throws -> [[UInt8]] {
    let reader = try StringTableReader(checkedMember(bytes))
    return try (0..<reader.count).map { index in
      let string = try reader.string(index)
      return string.array
    }
  }

  @Test("tables come back", arguments: 0..<10) func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let strings = (0..<Int(seed) * 7).map { _ in
      (0..<Int.random(in: 0..<9, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    #expect(try Self.decoded(Self.encoded(strings)) == strings)
  }

  @Test("truncations throw; changed bytes throw or give other strings, never a trap") func damage() throws {
    let bytes = Self.encoded([Array("abc".utf8), [], Array("zürich".utf8)])
    for length in 0..<bytes.count { #expect(refuses { _ = try Self.decoded(Array(bytes[..<length])) }) }
    for place in bytes.indices {
      for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] {
        var damaged = bytes
        damaged[place] = value
        do { _ = try Self.decoded(damaged) } catch { #expect(error is SegmentError) }
      }
    }
  }
}
