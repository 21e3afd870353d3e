import CommitTestSupport
import Commits
import Bytes
import IndexTestSupport
import TestSupport
import Testing

@testable import IndexBuilding
@testable import SearchIndex

@Suite struct DeadDocumentsTests {
  @Test("the dead are those that were marked, also read back", arguments: 0..<8) func twin(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    let documents = Int.random(in: 1..<400, using: &random)
    var dead = DeadDocuments(documents: documents)
    var twin = Set<Int>()
    for _ in 0..<Int.random(in: 1..<200, using: &random) {
      let document = Int.random(in: 0..<documents, using: &random)
      dead.insert(document)
      twin.insert(document)
    }
    #expect(dead.count == twin.count)
    let folder = TemporaryDirectory()
    try dead.write(folder.file("dead"))
    let read = try DeadDocuments.read(folder.file("dead"), documents: documents)
    #expect(read.count == twin.count)
    for document in 0..<documents { #expect(read.contains(document) == twin.contains(document)) }
    #expect(refuses { _ = try DeadDocuments.read(folder.file("dead"), documents: documents + 1) })
  }

  @Test("no changed byte is read as another list, with the sums left as they were") func damage() throws {
    var dead = DeadDocuments(documents: 300)
    for document in [0, 5, 64, 299] { dead.insert(document) }
    let folder = TemporaryDirectory()
    let path = folder.file("dead")
    try dead.write(path)
    let bytes = try IndexLab.bytes(path)
    let surgery = SegmentSurgery(bytes)
    for place in bytes.indices
    where place % 5 == 0 || surgery.members.contains(where: { $0.range.contains(place) }) {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      try IndexLab.write(damaged, to: path)
      do {
        let read = try DeadDocuments.read(path, documents: 300)
        let same = (0..<300).allSatisfy { read.contains($0) == dead.contains($0) }
        #expect(same && read.count == 4, "byte \(place)")
      } catch { #expect(error is SegmentError) }
    }
  }

  @Test("with sums that fit, a changed list throws or is another list, never a trap") func repaired() throws {
    var dead = DeadDocuments(documents: 300)
    for document in [0, 5, 64, 299] { dead.insert(document) }
    let folder = TemporaryDirectory()
    let path = folder.file("dead")
    try dead.write(path)
    let surgery = SegmentSurgery(try IndexLab.bytes(path))
    let member = try #require(surgery.member("dead"))
    for place in member.range {
      for value in [UInt8(0), 0x7F, 0xFF] {
        var damaged = surgery.bytes
        damaged[place] = value
        try IndexLab.write(surgery.repaired(damaged), to: path)
        do {
          let read = try DeadDocuments.read(path, documents: 300)
          for document in 0..<300 { _ = read.contains(document) }
        } catch { #expect(error is SegmentError) }
      }
    }
  }
}
