import CommitTestSupport
import Commits
import IndexTestSupport
import Records
import TestSupport
import Testing

@testable import SearchIndex

@Suite struct RaisedCountsTests {
  @Test("what rose is what was written, and a file of another segment is refused", arguments: 0..<8)
  func twin(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let documents = Int.random(in: 1..<3000, using: &random)
    let lab = try RaisedLab(Int.random(in: 1...documents, using: &random), of: documents, &random)
    let raised = try lab.open()
    #expect(raised.count == lab.twin.count)
    #expect(try RaisedLab.walk(raised, documents) == lab.twin)
    #expect(refuses { _ = try RaisedCounts(lab.path, documents: documents + 1, checksum: lab.checksum) })
    #expect(refuses { _ = try RaisedCounts(lab.path, documents: documents, checksum: lab.checksum + 1) })
    #expect(try RaisedCounts.isFile(lab.path))
  }

  @Test("no changed byte is read as other counts, and no cut file", arguments: [3, 300]) func damage(
    count: Int
  )
    throws
  {
    var random = SeededGenerator(seed: UInt64(count))
    let lab = try RaisedLab(count, of: 400, &random)
    let bytes = try IndexLab.bytes(lab.path)
    let surgery = SegmentSurgery(bytes)
    let end = surgery.members.last?.range.upperBound ?? 0
    for place in bytes.indices
    where place % 7 == 0 || surgery.members.contains(where: { $0.range.contains(place) }) {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      try IndexLab.write(damaged, to: lab.path)
      do {
        let raised = try lab.open()
        try raised.checkAll()
        #expect(try RaisedLab.walk(raised, 400) == lab.twin, "byte \(place)")
      } catch { #expect(error is SegmentError) }
      // Behind the last member comes padding.
      if place % 16 != 0 || place >= end { continue }
      try IndexLab.write(Array(bytes[..<place]), to: lab.path)
      #expect(refuses { _ = try lab.open() }, "cut at \(place)")
    }
  }

  @Test("with sums that fit, a changed file throws or has other counts, never a trap") func repaired() throws
  {
    var random = SeededGenerator(seed: 5)
    let lab = try RaisedLab(150, of: 400, &random)
    let surgery = SegmentSurgery(try IndexLab.bytes(lab.path))
    var read = 0
    for member in surgery.members where member.name != "checksums" {
      for place in member.range where place < member.range.lowerBound + 48 || place % 5 == 0 {
        for value in [UInt8(0), 0x7F, 0x80, 0xFF] {
          var damaged = surgery.bytes
          damaged[place] = value
          try IndexLab.write(surgery.repaired(damaged), to: lab.path)
          do {
            _ = try RaisedLab.walk(lab.open(), 400)
            read += 1
          } catch { #expect(error is SegmentError) }
        }
      }
    }
    #expect(read > 100)
  }

  @Test("another version is named as too new or too old") func versions() throws {
    var random = SeededGenerator(seed: 6)
    let lab = try RaisedLab(2, of: 9, &random)
    let surgery = SegmentSurgery(try IndexLab.bytes(lab.path))
    let header = try #require(surgery.member("header"))
    for (version, error) in [
      (UInt8(2), SegmentError.tooNew(file: lab.path, found: 2, supported: 1)),
      (0, .tooOld(file: lab.path, found: 0, supported: 1)),
    ] {
      var bytes = surgery.bytes
      bytes[header.range.lowerBound + 8] = version
      try IndexLab.write(surgery.repaired(bytes), to: lab.path)
      #expect(throws: error) { _ = try lab.open() }
    }
  }
}
