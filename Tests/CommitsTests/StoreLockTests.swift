import CommitTestSupport
import CommitWriting
import Commits
import Foundation
import TestSupport
import Testing

@Suite struct StoreLockTests {
  @Test("one writer at a time: the lock is free again when its holder is gone") func one() throws {
    let place = TemporaryDirectory()
    let folder = CommitFolder(place.file("s"), .shelf)
    try holding(folder)
    try holding(folder)
  }

  private func holding(_ folder: CommitFolder) throws {
    let lock = try StoreLock(folder)
    #expect(throws: CommitError.locked(folder.path)) { _ = try StoreLock(folder) }
    withExtendedLifetime(lock) {}
  }

  @Test("a folder that holds other things gets no lock") func other() throws {
    let place = TemporaryDirectory()
    _ = try place.write([1], to: "precious.txt")
    #expect(throws: CommitError.notAStore(place.path, .shelf)) {
      _ = try StoreLock(CommitFolder(place.path, .shelf))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["precious.txt"])
  }
}
