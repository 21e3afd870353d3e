import Bytes
import Foundation
import TestSupport
import Testing

@testable import Containers

@Suite struct ChunkSourceTests {
  static let zstdMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  // The header of a gzip file, and nothing of its content.
  static let cutGzip: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

  @Test(
    "a damaged or cut container is bad data and names its file, not an error of ours",
    arguments: [zstdMagic + Array("{\"type\":\"reject\"}".utf8), cutGzip])
  func damage(bytes: [UInt8]) throws {
    let folder = TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("in")))
    let source = ChunkSource([folder.file("in")])
    while source.next() != nil {}
    let found = #expect(throws: DamagedInput.self) { try source.check() }
    #expect(found?.path == folder.file("in"))
    #expect(found?.reason.isEmpty == false)
  }
}
