import Bytes
import Foundation
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct StagedMemberTests {
  @Test(
    "all bytes come back in order, from memory or from a file that has no name",
    arguments: [0, 1, StagedMember.limit, StagedMember.limit + 1, 3 * StagedMember.limit + 5])
  func roundTrip(size: Int) throws {
    let folder = TemporaryDirectory()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let member = StagedMember(in: folder.path)
    var random = SeededGenerator(seed: UInt64(size))
    var start = 0
    while start < size {
      let end = min(size, start + Int.random(in: 1..<400_000, using: &random))
      try member.append(bytes.span.extracting(start..<end))
      start = end
    }
    #expect(member.count == size)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    var read: [UInt8] = []
    try member.read { piece in read += piece.array }
    // Compared by itself: what a failure would show of megabytes takes minutes.
    let isSame = read == bytes
    #expect(isSame)
  }

  @Test("a folder that is not there is told") func failure() throws {
    let member = StagedMember(in: "/nowhere")
    let bytes = [UInt8](repeating: 1, count: StagedMember.limit + 1)
    #expect(throws: SystemError.self) { try member.append(bytes.span) }
  }
}
