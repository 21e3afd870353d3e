import CommitWriting
import Commits
import Foundation
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct CommitRestoreTests {
  let folder = TemporaryDirectory()

  private func archived() throws -> String {
    let path = folder.file("i")
    try IndexLab.build(path, [IndexLab.tweet(1000, "crane"), IndexLab.tweet(1001, "heron")])
    try IndexLab.build(path, [IndexLab.tweet(1002, "stork"), "{\"type\":\"delete\",\"id\":\"1001\"}"])
    let file = folder.file("archive")
    _ = try CommitArchive.write(CommitFolder(path, .index), to: file)
    return file
  }

  @Test("a restored commit has the files of the archived one, byte for byte") func whole() throws {
    let file = try archived()
    #expect(try CommitRestore.restore(file, to: folder.file("r")) == 2)
    #expect(try IndexLab.dump(folder.file("r")) == IndexLab.dump(folder.file("i")))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("r") + "/segments") {
      #expect(
        try IndexLab.bytes(folder.file("r") + "/segments/" + name)
          == IndexLab.bytes(folder.file("i") + "/segments/" + name))
    }
    #expect(try IndexLab.problems(folder.file("r")) == [])
    // Equal commits give equal archives.
    _ = try CommitArchive.write(CommitFolder(folder.file("r"), .index), to: folder.file("again"))
    #expect(try IndexLab.bytes(folder.file("again")) == IndexLab.bytes(file))
  }

  @Test("an index that is there is never replaced") func there() throws {
    let file = try archived()
    #expect(throws: RestoreError.notEmpty(folder.file("i"))) {
      try CommitRestore.restore(file, to: folder.file("i"))
    }
  }

  @Test("an archive that is cut or damaged anywhere is refused, or gives the same index") func damaged()
    throws
  {
    let bytes = try IndexLab.bytes(try archived())
    let expected = try IndexLab.dump(folder.file("i"))
    for offset in stride(from: 0, to: bytes.count, by: 61) {
      for cut in [true, false] {
        var wrong = bytes
        if cut { wrong.removeSubrange(offset...) } else { wrong[offset] ^= 0x21 }
        try IndexLab.write(wrong, to: folder.file("wrong"))
        let path = folder.file("r\(offset)\(cut)")
        guard (try? CommitRestore.restore(folder.file("wrong"), to: path)) != nil else {
          #expect(!FileManager.default.fileExists(atPath: path + "/CURRENT"))
          continue
        }
        #expect(try IndexLab.dump(path) == expected, "byte \(offset)")
      }
    }
  }
}
