import Bytes
import CommitTestSupport
import Commits
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct TextLengthsTests {
  static func encoded(_ lengths: [UInt32]) -> [UInt8] {
    var writer = TextLengthsWriter()
    for length in lengths { writer.add(length) }
    writer.finish()
    return writer.bytes.span.array
  }

  static func reader(_ bytes: [UInt8], documents: Int) throws -> TextLengths {
    var header = SegmentHeader()
    header.documents = documents
    return try TextLengths(checkedMember(bytes), header)
  }

  static func decoded(_ bytes: [UInt8], documents: Int) throws -> [UInt32] {
    let lengths = try reader(bytes, documents: documents)
    return try (0..<documents).map { UInt32(try lengths.value($0)) }
  }

  @Test("short and long lengths come back, a byte each and eight more for the long", arguments: 0..<8)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = [0, 1, 2, 300, 1000][Int(seed) % 5]
    let lengths = (0..<count).map { _ in
      Int.random(in: 0..<4, using: &random) > 0
        ? UInt32.random(in: 0..<40, using: &random)
        : [0, 253, 254, 255, 256, 65_535, .max][Int.random(in: 0..<7, using: &random)]
    }
    let bytes = Self.encoded(lengths)
    #expect(bytes.count == count + 8 * lengths.count { $0 >= 254 })
    #expect(try Self.decoded(bytes, documents: count) == lengths)
    let codes = try Self.reader(bytes, documents: count).codes()
    for (document, length) in lengths.enumerated() {
      #expect(
        try codes.load(document, as: UInt8.self) == (length >= 254 ? TextLengths.long : UInt8(length) + 1))
    }
  }

  @Test("a document outside, and a member that is no whole one, throw") func outside() throws {
    let bytes = Self.encoded([1, 300, 2])
    let lengths = try Self.reader(bytes, documents: 3)
    for document in [-1, 3, Int.max, Int.min] { #expect(refuses { _ = try lengths.value(document) }) }
    for length in 0..<bytes.count where length != 3 {
      #expect(refuses { _ = try Self.reader(Array(bytes[..<length]), documents: 3) }, "cut at \(length)")
    }
    // Without the tail only the long text lacks something.
    let cut = try Self.reader(Array(bytes[..<3]), documents: 3)
    #expect(try cut.value(0) == 1)
    #expect(refuses { _ = try cut.value(1) })
  }

  @Test("no changed byte traps, and one that stands for no length throws") func damage() throws {
    let bytes = Self.encoded([5, 300, 2, 400, 1])
    for place in bytes.indices {
      for change in UInt8.min...UInt8.max {
        var damaged = bytes
        damaged[place] = change
        _ = try? Self.decoded(damaged, documents: 5)
      }
    }
    var damaged = bytes
    damaged[0] = 0
    #expect(refuses { _ = try Self.decoded(damaged, documents: 5) })
  }
}
