import Bytes
import Testing

@Suite struct ChecksumTests {
  @Test(
    "XXH64 and XXH3 give the numbers that xxhsum gives",
    arguments: [
      ("", UInt64(0xEF46DB3751D8E999), UInt64(0x2D06800538D394C2)),
      ("a", UInt64(0xD24EC4F1A98C6E5B), UInt64(0xE6C632B61E964E1F)),
      ("abc", UInt64(0x44BC2CF5AD770999), UInt64(0x78AF5F94892F3950)),
      ("Tweetmill", UInt64(0xE3FFFEA3D5D112EB), UInt64(0x81C0F19D9A5C7676)),
      (
        "0123456789012345678901234567890123456789012345678901234567890123456789", UInt64(0x4916A0F3F0E1C781),
        UInt64(0x3F8353C987FA923C)
      ),
    ]) func vectors(text: String, xxh64: UInt64, xxh3: UInt64)
  {
    let bytes = Array(text.utf8)
    #expect(Checksum.xxh64(bytes.span) == xxh64)
    #expect(Checksum.xxh3(bytes.span) == xxh3)
  }

  @Test("short texts, which are hashed in place, have the numbers that the library gives, as long ones have")
  func short() {
    let bytes = (0..<64).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    var sum: UInt64 = 0
    for count in 0...40 { sum = sum &* 31 &+ Checksum.xxh3(bytes.span.extracting(0..<count)) }
    #expect(sum == 0x724584EFCA7A5913)
  }

  @Test("every bit of a block changes its checksum") func sensitive() {
    var bytes = [UInt8](repeating: 0x5A, count: 300)
    let whole = Checksum.xxh3(bytes.span)
    for place in bytes.indices {
      for bit in 0..<8 {
        bytes[place] ^= 1 << UInt8(bit)
        #expect(Checksum.xxh3(bytes.span) != whole)
        bytes[place] ^= 1 << UInt8(bit)
      }
    }
  }
}
