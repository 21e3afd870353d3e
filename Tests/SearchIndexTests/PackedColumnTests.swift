import CommitTestSupport
import Commits
import Bytes
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct PackedColumnTests {
  static func encoded(_ values: [Int64]) -> [UInt8] {
    var out = ByteBuffer()
    PackedColumn.write(values, to: &out)
    return out.span.array
  }

  static func decoded(_ bytes: [UInt8]) throws -> [Int64] {
    let reader = try PackedColumnReader(checkedMember(bytes))
    return try (0..<reader.count).map { try reader.value($0) }
  }

  @Test("every width from 0 to 64 bits comes back", arguments: 0...64) func widths(bits: UInt64) throws {
    var random = SeededGenerator(seed: bits)
    for count in [0, 1, 2, 127, 128, 129, 300] {
      let base = Int64(bitPattern: random.next())
      let values = (0..<count).map { index -> Int64 in
        let mask = bits == 64 ? UInt64.max : (1 << bits) - 1
        return base &+ Int64(bitPattern: index == 1 ? mask : random.next() & mask)
      }
      #expect(try Self.decoded(Self.encoded(values)) == values)
    }
  }

  @Test(
    "extremes come back",
    arguments: [
      [Int64.min], [.max], [.min, .max], [0, .min, .max, -1, 1], [.max, .max], [.min, .min, 0],
    ]) func extremes(values: [Int64]) throws
  {
    #expect(try Self.decoded(Self.encoded(values)) == values)
  }

  @Test("equal values of a block cost 13 bytes, those of a column 16, whatever they are") func constant()
    throws
  {
    let blocks = [Int64](repeating: 7, count: 128) + [Int64](repeating: 8, count: 128)
    #expect(Self.encoded(blocks).count == 8 + 2 * 13 + 8)
    for value in [7, 0, -1, .min, Int64.max] {
      let values = [Int64](repeating: value, count: 300)
      #expect(Self.encoded(values).count == 16)
      #expect(try Self.decoded(Self.encoded(values)) == values)
    }
  }

  @Test("an index outside the column throws") func outside() throws {
    let reader = try PackedColumnReader(checkedMember(Self.encoded([1, 2, 3])))
    for index in [-1, 3, 128, Int.max, Int.min] { #expect(refuses { _ = try reader.value(index) }) }
  }

  @Test("every truncation throws or gives what was written, every changed byte never traps") func damage()
    throws
  {
    var random = SeededGenerator(seed: 1)
    let values = (0..<140).map { _ in Int64(bitPattern: random.next() >> 20) }
    let bytes = Self.encoded(values)
    for length in 0..<bytes.count {
      // The padding at the end may go unnoticed, since nothing of it is used.
      do {
        let found = try Self.decoded(Array(bytes[..<length]))
        #expect(found == values && length >= bytes.count - 8, "cut at \(length)")
      } catch { #expect(error is SegmentError) }
    }
    for place in bytes.indices where place < 60 || place % 7 == 0 {
      var damaged = bytes
      damaged[place] = UInt8(truncatingIfNeeded: random.next())
      // A count of billions is refused for want of a table.
      do { _ = try Self.decoded(damaged) } catch { #expect(error is SegmentError) }
    }
  }
}
