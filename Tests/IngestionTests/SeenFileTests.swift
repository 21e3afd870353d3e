import Foundation
import TestSupport
import Testing

@testable import Ingestion

@Suite struct SeenFileTests {
  static func read(_ bytes: [UInt8]) throws {
    let folder = TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("seen")))
    _ = try SeenFile.read(folder.file("seen"), folder: folder.path)
  }

  @Test("a file that claims more ids than can be is refused, not a trap", arguments: 0..<8) func counts(
    byte: Int
  ) {
    var bytes = Array("tmseen1\n".utf8) + [UInt8](repeating: 0, count: 16)
    for value in [UInt8(0x01), 0x10, 0x20, 0x7F, 0x80, 0xFF] {
      bytes[8 + byte] = value
      #expect(throws: SeenFileError.self) { try Self.read(bytes) }
    }
  }

  @Test("a file of no ids is read") func empty() throws {
    try Self.read(Array("tmseen1\n".utf8) + [UInt8](repeating: 0, count: 16))
  }
}
