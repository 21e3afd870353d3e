import Bytes
import TestSupport
import Testing

@Suite struct ByteBufferTests {
  @Test("what is appended is lent in order") func append() {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append("ab")
    buffer.append(UInt8(ascii: "c"))
    buffer.append(littleEndian: UInt32(0x0403_0201))
    #expect(buffer.span.array == [97, 98, 99, 1, 2, 3, 4])
  }

  @Test("any sequence of edits gives what an array gives", arguments: 0..<50) func edits(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var buffer = ByteBuffer(capacity: 0)
    var twin: [UInt8] = []
    for _ in 0..<400 {
      switch Int.random(in: 0..<9, using: &random) {
      case 0, 1:
        let byte = UInt8.random(in: 0...255, using: &random)
        buffer.append(byte)
        twin.append(byte)
      case 2, 3:
        let run = (0..<Int.random(in: 0..<70, using: &random)).map { UInt8(truncatingIfNeeded: $0) }
        buffer.append(run.span)
        twin += run
      case 4:
        let count = Int.random(in: 0...twin.count, using: &random)
        buffer.truncate(to: count)
        twin.removeLast(twin.count - count)
      case 5:
        let count = Int.random(in: 0...min(twin.count, 20), using: &random)
        buffer.removeFirst(count)
        twin.removeFirst(count)
      case 6:
        guard !twin.isEmpty else { continue }
        let place = Int.random(in: 0..<twin.count, using: &random)
        buffer.remove(at: place)
        twin.remove(at: place)
      case 7:
        let start = Int.random(in: 0...twin.count, using: &random)
        let end = Int.random(in: start...min(twin.count, start + 40), using: &random)
        buffer.appendOwn(start..<end)
        twin += twin[start..<end]
      default:
        buffer.append(string: "é\(twin.count)")
        twin += Array("é\(twin.count)".utf8)
      }
      let same = buffer.span.array == twin
      #expect(same)
    }
  }

  @Test("integers lie in little-endian order, varints in groups of seven bits") func numbers() {
    var buffer = ByteBuffer()
    buffer.append(littleEndian: UInt16(0x0102))
    buffer.append(littleEndian: UInt64(0x0102_0304_0506_0708))
    buffer.append(varint: 0)
    buffer.append(varint: 127)
    buffer.append(varint: 128)
    buffer.append(varint: 300)
    buffer.append(varint: .max)
    #expect(
      buffer.span.array
        == [2, 1, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0x7F, 0x80, 0x01, 0xAC, 0x02]
        + [UInt8](repeating: 0xFF, count: 9) + [1])
  }

  @Test("a prefix is shared up to the first byte that differs") func commonPrefix() {
    var buffer = ByteBuffer()
    buffer.append("abcd")
    for (other, expected) in [("", 0), ("abxd", 2), ("abcd", 4), ("abcde", 4), ("x", 0)] {
      let bytes = Array(other.utf8)
      let shared = buffer.commonPrefix(with: bytes.span)
      #expect(shared == expected)
    }
  }

  @Test("what lies outside the content is never lent") func bounds() async {
    await #expect(processExitsWith: .failure) {
      var buffer = ByteBuffer(capacity: 100)
      buffer.append("abc")
      buffer.truncate(to: 4)
    }
    await #expect(processExitsWith: .failure) {
      var buffer = ByteBuffer(capacity: 100)
      buffer.append("abc")
      buffer.appendOwn(2..<5)
    }
  }
}
