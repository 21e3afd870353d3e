import Bytes
import CommitTestSupport
import Commits
import Foundation
import SearchIndex
import TestSupport
import Testing

@Suite struct CommitFolderTests {
  let place = TemporaryDirectory()
  var folder: CommitFolder { CommitFolder(place.file("s"), .shelf) }

  func books(_ manifest: Manifest) throws -> [UInt8] {
    try manifest.segments.flatMap { entry in
      let books = try Shelf.open(folder, entry).member("books")
      return try books.span(0, books.count).array
    }
  }

  @Test("the newest commit is the one that was published last") func newest() throws {
    try folder.prepare()
    #expect(try folder.newest() == nil)
    for generation in 1...3 { try Shelf.commit(folder, generation, [UInt8(generation)]) }
    #expect(try folder.newest()?.generation == 3)
    #expect(try folder.openNewest(books) == [3])
  }

  @Test("a store of another kind is named as none of this kind, and is not touched") func otherKind() throws {
    try folder.prepare()
    try Shelf.commit(folder, 1, [1])
    let before = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let wrong = CommitFolder(folder.path, .index)
    try wrong.prepare()
    #expect(throws: CommitError.notAStore(folder.path, .index)) { _ = try wrong.newest() }
    #expect(throws: CommitError.notAStore(folder.path, .index)) { try wrong.openNewest { _ in } }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() == before)
  }

  @Test("no folder, a file, and a folder without a commit are not opened") func nothing() throws {
    #expect(throws: SystemError.self) { try folder.openNewest { _ in } }
    try folder.prepare()
    #expect(throws: CommitError.notAStore(folder.path, .shelf)) { try folder.openNewest { _ in } }
    let file = CommitFolder(try place.write([1], to: "file"), .shelf)
    #expect(throws: CommitError.notAStore(file.path, .shelf)) { try file.openNewest { _ in } }
    #expect(throws: CommitError.notAStore(file.path, .shelf)) { try file.prepare() }
    #expect(throws: CommitError.notAStore(place.path, .shelf)) {
      try CommitFolder(place.path, .shelf).prepare()
    }
  }

  @Test("a commit whose segments go while they are opened gives way to the one that came") func vanished()
    throws
  {
    try folder.prepare()
    try Shelf.commit(folder, 1, [1])
    var opened: [Int] = []
    let found = try folder.openNewest { manifest in
      opened.append(manifest.generation)
      if opened.count == 1 {
        // A writer comes between the manifest and the segment.
        try Shelf.commit(folder, 2, [2])
        try FileManager.default.removeItem(atPath: folder.segment("1.tar"))
      }
      return try books(manifest)
    }
    #expect(found == [2] && opened == [1, 2])
  }

  @Test("a commit whose segment is gone, and no other came, is damaged") func missing() throws {
    try folder.prepare()
    try Shelf.commit(folder, 1, [1])
    try FileManager.default.removeItem(atPath: folder.segment("1.tar"))
    let error = SegmentError.corrupt(
      file: folder.segment("1.tar"), member: "", offset: 0,
      reason: "the commit names this segment, and it is not there")
    #expect(throws: error) { _ = try folder.openNewest(books) }
  }
}
