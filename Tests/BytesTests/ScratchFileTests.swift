import Bytes
import Foundation
import TestSupport
import Testing

@Suite struct ScratchFileTests {
  @Test("what is written comes back from any place, and no name is ever left") func roundTrip() throws {
    let folder = TemporaryDirectory()
    let file = try ScratchFile(in: folder.path)
    let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try file.write(bytes.span)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    try file.seal()
    var read = ByteBuffer()
    #expect(try file.read(at: 600_000, upTo: 200_000, into: &read) == 100_000)
    let found = read.span.array
    #expect(found == Array(bytes[600_000...]))
  }
}
