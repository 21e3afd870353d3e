import Bytes
import Testing

@Suite struct ByteBufferTests {
  @Test("what is appended is lent in order") func append() {
    var buffer = ByteBuffer(capacity: 1)
    buffer.append("ab")
    buffer.append(UInt8(ascii: "c"))
    buffer.append(littleEndian: UInt32(0x0403_0201))
    #expect(buffer.span.array == [97, 98, 99, 1, 2, 3, 4])
  }
}
