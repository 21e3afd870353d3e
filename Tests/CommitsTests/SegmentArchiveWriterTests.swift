import Bytes
import CommitWriting
import Foundation
import TestSupport
import Testing

@Suite struct SegmentArchiveWriterTests {
  @Test(
    "a member that comes in parts makes the file that one at once makes",
    arguments: [0, 1, 65_536, 2_300_001])
  func parts(count: Int) throws {
    let place = TemporaryDirectory()
    let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3) }
    var whole = try SegmentArchiveWriter(place.file("whole"))
    try whole.add("a", content.span)
    let one = try whole.commit()
    var parts = try SegmentArchiveWriter(place.file("parts"))
    try parts.add("a", count: count) { (offset, size, out) throws(SystemError) in
      out.append(content.span.extracting(offset..<offset + size))
    }
    let other = try parts.commit()
    #expect(one == other)
    #expect(FileManager.default.contentsEqual(atPath: place.file("whole"), andPath: place.file("parts")))
  }

  @Test("a part that is shorter than it was said to be is an error, and leaves no file") func short() throws {
    let place = TemporaryDirectory()
    var writer = try SegmentArchiveWriter(place.file("x"))
    #expect(throws: SystemError.self) {
      try writer.add("a", count: 10) { (_, _, out) throws(SystemError) in out.append("nine char") }
    }
    #expect(!FileManager.default.fileExists(atPath: place.file("x")))
  }
}
