import Testing

@testable import Containers

/// Formats by their first bytes.
@Suite struct ContainerFormatTests {
  @Test(
    "JSON and text are plain, whatever they begin with",
    arguments: ["{\"a\":1}", "[", "BZ", "PK", "id,text\n", ""])
  func plain(text: String) { #expect(ContainerFormat.detect(Array(text.utf8).span) == .plain) }

  @Test("magic numbers are known")
  func magic() {
    func format(_ bytes: [UInt8]) -> ContainerFormat { ContainerFormat.detect(bytes.span) }
    #expect(format([0x1F, 0x8B, 8]) == .gzip)
    #expect(format([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) == .xz)
    #expect(format([0x28, 0xB5, 0x2F, 0xFD]) == .zstd)
    #expect(format([0x04, 0x22, 0x4D, 0x18]) == .lz4)
    #expect(format(Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) == .bzip2)
    #expect(format(Array("BZh9 is a name".utf8)) == .plain)
    #expect(format([0x50, 0x4B, 3, 4]) == .zip)
    #expect(format([UInt8](repeating: 0, count: 512)) == .tar)
  }
}
