import Bytes
import CommitTestSupport
import CommitWriting
import Commits
import TestSupport
import Testing

@Suite struct SegmentArchiveTests {
  let place = TemporaryDirectory()
  let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
  var folder: CommitFolder { CommitFolder(place.path, .shelf) }

  func made() throws -> Manifest.Segment {
    try folder.prepare()
    return try Shelf.segment(folder, "a.tar", content)
  }

  func error(_ member: String, _ reason: String) -> SegmentError {
    .corrupt(file: folder.segment("a.tar"), member: member, offset: 0, reason: reason)
  }

  @Test("what was written comes back, member by member") func roundTrip() throws {
    let entry = try made()
    let archive = try Shelf.open(folder, entry)
    #expect(archive.fileSize == entry.size && archive.file == folder.segment("a.tar"))
    #expect(archive.sizes.map(\.name) == ["header", "books"])
    #expect(archive.sizes.map(\.bytes) == [5, content.count])
    let books = try archive.member("books")
    let read = try books.span(0, books.count).array
    let value = try books.load(300, as: UInt8.self)
    #expect(read == content && value == 100)
    try archive.checkAll()
    #expect(throws: error("films", "the member is missing")) { _ = try archive.member("films") }
  }

  static func write(_ all: [UInt8], _ path: String) throws -> UInt64 {
    var archive = try SegmentArchiveWriter(path)
    try archive.add("books", all.span)
    return try archive.commit().checksum
  }

  static func write(_ all: [UInt8], _ path: String, ends: [Int]) throws -> UInt64 {
    var archive = try SegmentArchiveWriter(path)
    try archive.add("books", size: all.count) { (write) throws(SystemError) in
      try hand(all, ends, to: write)
    }
    return try archive.commit().checksum
  }

  static func hand(
    _ all: [UInt8], _ ends: [Int], to write: (Span<UInt8>) throws(SystemError) -> Void
  ) throws(SystemError) {
    var start = 0
    for end in ends {
      try write(all.span.extracting(start..<end))
      start = end
    }
  }

  @Test("a member that comes piece by piece makes the same file", arguments: 0..<12) func pieces(seed: UInt64)
    throws
  {
    var random = SeededGenerator(seed: seed)
    try folder.prepare()
    let sizes = [0, 1, 65_535, 65_536, 65_537, content.count]
    let all = Array(content[..<sizes[Int(seed) % sizes.count]])
    var ends: [Int] = []
    repeat {
      ends.append(min(all.count, (ends.last ?? 0) + Int.random(in: 1..<90_000, using: &random)))
    } while ends.last != all.count
    let whole = try Self.write(all, folder.segment("a.tar"))
    #expect(try Self.write(all, folder.segment("b.tar"), ends: ends) == whole)
    let a = try MappedBytes(file: folder.segment("a.tar"))
    let b = try MappedBytes(file: folder.segment("b.tar"))
    let isSame = a.span.equals(b.span)
    #expect(isSame)
  }

  @Test("another file than the manifest names is refused") func otherFile() throws {
    var entry = try made()
    entry.checksum ^= 1
    #expect(throws: error("checksums", "another segment than the manifest names")) {
      _ = try Shelf.open(folder, entry)
    }
    entry.size += 1
    #expect(throws: error("", "\(entry.size - 1) bytes, the manifest says \(entry.size)")) {
      _ = try Shelf.open(folder, entry)
    }
  }

  @Test("a member too few or too many is refused") func members() throws {
    _ = try made()
    let mapped = try MappedArchive(folder.segment("a.tar"))
    #expect(throws: error("films", "the member is missing")) {
      _ = try SegmentArchive(mapped, members: ["header", "books", "films"])
    }
    #expect(throws: error("checksums", "members that no segment has")) {
      _ = try SegmentArchive(mapped, members: ["header"])
    }
  }

  @Test("the header can be read before the checksum table is: a newer version may have another") func header()
    throws
  {
    try folder.prepare()
    let tar =
      TarIndexTests.file("header", "newer") + TarIndexTests.file("checksums", "no table") + TarIndexTests.end
    let mapped = try MappedArchive(try place.write(tar, to: "segments/a.tar"))
    let head = try mapped.header()
    #expect(head.span.text == "newer")
    #expect(refuses { _ = try SegmentArchive(mapped, members: ["header"]) })
  }

  @Test("a flipped byte is found where it is first read") func damage() throws {
    let entry = try made()
    let file = folder.segment("a.tar")
    let whole = try CommitFolder.read(file, limit: 1 << 20)
    var bytes = whole.span.array
    let start = try #require(SegmentSurgery(bytes).member("books")).range.lowerBound
    bytes[start + ChecksumTable.block + 7] ^= 1
    _ = try place.write(bytes, to: "segments/a.tar")
    let books = try Shelf.open(folder, entry).member("books")
    try books.check(0, ChecksumTable.block)
    #expect(refuses { try books.check(ChecksumTable.block, 1) })
    #expect(refuses { try books.checkAll() })
  }
}
