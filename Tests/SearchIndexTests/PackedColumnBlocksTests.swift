import Bytes
import CommitTestSupport
import Commits
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct PackedColumnBlocksTests {
  static func blocks(_ reader: PackedColumnReader) throws -> [Int64] {
    var values: [Int64] = []
    var block = [128 of Int64](repeating: 0)
    for number in 0..<reader.blockCount {
      let filled = try reader.read(block: number, into: &block)
      for index in 0..<filled { values.append(block[index]) }
    }
    return values
  }

  @Test("blocks give the values one by one, and bounds that none exceeds, at every width", arguments: 0...64)
  func widths(bits: UInt64) throws {
    var random = SeededGenerator(seed: bits)
    for count in [0, 1, 127, 128, 129, 300] {
      let base = Int64(bitPattern: random.next() >> 1)
      let values = (0..<count).map { _ in
        base &+ Int64(bitPattern: random.next() & (bits == 64 ? UInt64.max : (1 << bits) - 1))
      }
      let reader = try PackedColumnReader(checkedMember(PackedColumnTests.encoded(values)))
      #expect(try Self.blocks(reader) == values)
      for (index, value) in values.enumerated() {
        #expect(try reader.greatestBound(block: index / 128) >= value)
      }
    }
  }

  @Test("a block outside the column throws, and no damage traps") func damage() throws {
    var random = SeededGenerator(seed: 3)
    let bytes = PackedColumnTests.encoded((0..<200).map { _ in Int64(bitPattern: random.next() >> 9) })
    let reader = try PackedColumnReader(checkedMember(bytes))
    var block = [128 of Int64](repeating: 0)
    for number in [-1, 2, Int.max] {
      #expect(throws: SegmentError.self) { _ = try reader.read(block: number, into: &block) }
    }
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << UInt8(place % 8)
      _ = try? Self.blocks(try PackedColumnReader(checkedMember(changed)))
    }
    for length in bytes.indices {
      _ = try? Self.blocks(try PackedColumnReader(checkedMember(Array(bytes[..<length]))))
    }
  }
}
