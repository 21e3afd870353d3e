import CommitWriting
import Commits
import Foundation
import IndexTestSupport
import SearchIndex
import TestSupport
import Testing

@testable import IndexBuilding

@Suite("IndexWriter+Counters") struct IndexWriterCountersTests {
  let folder = TemporaryDirectory()
  var path: String { folder.file("i") }

  static func counts(_ likes: Int, _ more: String = "") -> String {
    "\"counts\":{\"likes\":\(likes)\(more.isEmpty ? "" : "," + more)}"
  }

  func files(_ what: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/segments").filter {
      $0.contains(".\(what)-")
    }
    .sorted()
  }

  /// The files beside segments that the newest commit names.
  func named() throws -> [String] {
    let manifest = try #require(try CommitFolder(path, .index).newest())
    return manifest.segments.compactMap(\.raisedFile)
  }

  @Test("counts that rise stand in one file beside each segment; segments stay as they are") func sideFiles()
    throws
  {
    try IndexLab.build(path, (0..<40).map { IndexLab.tweet(1000 + $0, "a", Self.counts(3)) }, every: 20)
    let before = try SegmentMergeTests.segments(path)
    #expect(try IndexLab.raise(path, (10..<25).map { IndexLab.counters(1000 + $0, "\"likes\":9") }) == 15)
    #expect(try SegmentMergeTests.segments(path) == before)
    #expect(try named().count == 2 && named() == files("raised"))
    #expect(try IndexSummary(IndexReader(path)).parts.map(\.raised) == [10, 5])
    let lines = try IndexLab.dump(path)
    for (number, line) in lines.enumerated() {
      let likes = 10..<25 ~= number ? 9 : 3
      #expect(line == IndexLab.tweet(1000 + UInt64(number), "a", Self.counts(likes)))
    }
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("a later file holds what rose before, too; equal, lower and foreign sums make no commit")
  func folded() throws {
    try IndexLab.build(path, (0..<9).map { IndexLab.tweet(1000 + $0, "a", Self.counts(3)) })
    try IndexLab.raise(path, [1001, 1003, 1005].map { IndexLab.counters($0, "\"likes\":9") })
    #expect(
      try IndexLab.raise(
        path,
        [
          IndexLab.counters(1002, "\"replies\":1"), IndexLab.counters(1003, "\"quotes\":2"),
          IndexLab.counters(1005, "\"likes\":11"), IndexLab.counters(1001, "\"likes\":9"),
        ]) == 3)
    func dumped() throws -> [String] { try (1...5).map { try IndexLab.dump(path)[$0] } }
    let expected = [
      IndexLab.tweet(1001, "a", Self.counts(9)), IndexLab.tweet(1002, "a", Self.counts(3, "\"replies\":1")),
      IndexLab.tweet(1003, "a", Self.counts(9, "\"quotes\":2")), IndexLab.tweet(1004, "a", Self.counts(3)),
      IndexLab.tweet(1005, "a", Self.counts(11)),
    ]
    #expect(try dumped() == expected)
    #expect(try IndexSummary(IndexReader(path)).parts[0].raised == 4)
    let generation = try IndexReader(path).generation
    #expect(
      try IndexLab.raise(
        path,
        [
          IndexLab.counters(1005, "\"likes\":11"), IndexLab.counters(1003, "\"likes\":-4,\"quotes\":1"),
          IndexLab.counters(1008, "\"likes\":0,\"replies\":0"), IndexLab.counters(7, "\"likes\":5"),
        ]) == 0)
    #expect(try IndexReader(path).generation == generation)
    #expect(try dumped() == expected)
  }

  @Test("a tweet that comes again meets the counts that rose: lower ones change nothing, higher ones win")
  func again() throws {
    let low = IndexLab.tweet(1000, "a", Self.counts(3))
    try IndexLab.build(path, [low, IndexLab.tweet(1001, "b")])
    try IndexLab.raise(path, [1000, 1001].map { IndexLab.counters($0, "\"likes\":9") })
    let risen = try IndexReader(path).generation
    try IndexLab.build(path, [low, IndexLab.tweet(1001, "b", Self.counts(9))])
    #expect(try IndexReader(path).generation == risen)
    // Another text, with the counts that rose.
    try IndexLab.build(path, [IndexLab.tweet(1000, "c", Self.counts(4, "\"quotes\":7"))])
    #expect(
      try IndexLab.dump(path) == [
        IndexLab.tweet(1000, "c", Self.counts(9, "\"quotes\":7")), IndexLab.tweet(1001, "b", Self.counts(9)),
      ])
    #expect(try IndexLab.problems(path) == [])
    // What is dead is not carried on.
    try IndexLab.raise(path, [1000, 1001].map { IndexLab.counters($0, "\"likes\":10") })
    #expect(try IndexSummary(IndexReader(path)).parts.map(\.raised) == [1, 1])
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("in one run records, counters, retention and a merge of tiers end in one commit") func oneRun() throws
  {
    try IndexLab.build(path, (0..<7).map { IndexLab.tweet(1000 + $0, "a") }, every: 1)
    do {
      let writer = try IndexWriter(path, threads: 1)
      let sums = try CounterSumsTests.sums((1000..<1007).map { IndexLab.counters($0, "\"likes\":5") })
      #expect(try writer.raise(sums) == 7)
      #expect(try writer.raise(sums) == 0)
      let more = try CounterSumsTests.sums([IndexLab.counters(1003, "\"quotes\":5")])
      #expect(try writer.raise(more) == 1)
      let generation = try IndexReader(path).generation
      #expect(try writer.commit() == generation + 1)
    }
    #expect(
      try IndexLab.dump(path)
        == (0..<7).map { IndexLab.tweet(1000 + $0, "a", Self.counts(5, $0 == 3 ? "\"quotes\":5" : "")) })
    try IndexLab.build(path, [IndexLab.tweet(1007, "a", Self.counts(5))])
    // Eight of a tier: the merge took the counts in, and the files are no longer named.
    #expect(try named() == [] && IndexLab.segmentFiles(path).count == 1)
    let one = folder.file("one")
    try IndexLab.build(
      one, (0..<8).map { IndexLab.tweet(1000 + $0, "a", Self.counts(5, $0 == 3 ? "\"quotes\":5" : "")) })
    #expect(try SegmentMergeTests.segments(path) == SegmentMergeTests.segments(one))
  }

  @Test("a merge of one segment with raised counts gives the bytes of one build with the higher ones")
  func merged() throws {
    let tweets = (UInt64(0)..<300).map {
      IndexLab.tweet(1000 + $0, "w\($0 % 9)", $0 % 3 == 0 ? "" : Self.counts(3))
    }
    try IndexLab.build(path, tweets)
    try IndexLab.raise(path, (UInt64(0)..<200).map { IndexLab.counters(1000 + $0, "\"likes\":\($0)") })
    try IndexLab.build(path, [], threads: 2, merge: true)
    let one = folder.file("one")
    try IndexLab.build(
      one,
      (UInt64(0)..<300).map { number in
        let known = number % 3 == 0 ? -1 : 3
        let likes = number < 200 && number > 0 ? max(Int(number), known) : known
        return IndexLab.tweet(1000 + number, "w\(number % 9)", likes < 0 ? "" : Self.counts(likes))
      })
    #expect(try SegmentMergeTests.segments(path) == SegmentMergeTests.segments(one))
    #expect(try named() == [])
  }

  @Test("a segment from elsewhere brings its raised counts, whether it is taken as it is or tweet by tweet")
  func foreign() throws {
    try IndexLab.build(path, [IndexLab.tweet(1000, "a"), IndexLab.tweet(1001, "b", Self.counts(3))])
    try IndexLab.raise(path, [1000, 1001].map { IndexLab.counters($0, "\"likes\":9") })
    let (segment, raised) = (try IndexLab.segmentFiles(path)[0], path + "/segments/" + (try named()[0]))
    for (name, own) in [
      ("apart", IndexLab.tweet(7, "x")), ("shared", IndexLab.tweet(1001, "b", Self.counts(4))),
    ] {
      let other = folder.file(name)
      try IndexLab.build(other, [own])
      do {
        let writer = try IndexWriter(other, threads: 1)
        #expect(try writer.addSegment(at: segment, raised: raised) == (name == "apart"))
        try writer.commit()
      }
      #expect(try Array(IndexLab.dump(other).suffix(2)) == IndexLab.dump(path))
      #expect(try IndexLab.problems(other) == [])
      #expect(
        try IndexSummary(IndexReader(other)).parts.map(\.raised).reduce(0, +) == (name == "apart" ? 2 : 0))
      // It is no longer needed.
      try IndexLab.build(other, [], merge: true)
      #expect(try Array(IndexLab.dump(other).suffix(2)) == IndexLab.dump(path))
    }
  }

  @Test("a scrubbed tweet keeps the counts that rose, and what retention lets go is not carried on")
  func scrubbed() throws {
    let place = "\"user\":{\"id\":\"5\"},\"geo\":{\"lon\":1.5,\"lat\":2.5},"
    try IndexLab.build(path, [IndexLab.tweet(1000, "a", place + Self.counts(3)), IndexLab.tweet(1001, "b")])
    try IndexLab.raise(path, [1000, 1001].map { IndexLab.counters($0, "\"likes\":9") })
    try IndexLab.build(path, [#"{"type":"scrub_geo","user":"5"}"#])
    let lines = try IndexLab.dump(path)
    #expect(lines[0].contains("\"likes\":9") && !lines[0].contains("geo"))
    #expect(lines[1] == IndexLab.tweet(1001, "b", Self.counts(9)))
    #expect(try IndexLab.problems(path) == [])
    // Published anew, the index has neither.
    try IndexLab.build(path, [IndexLab.tweet(1001, "b", Self.counts(2))], replace: true)
    #expect(try IndexLab.dump(path)[0] == IndexLab.tweet(1001, "b", Self.counts(2)))
    #expect(try named() == [])
  }

  @Test("garbage collection takes files that no commit names, and leaves those that one does") func garbage()
    throws
  {
    try IndexLab.build(path, [IndexLab.tweet(1000, "a"), IndexLab.tweet(1001, "a")])
    for likes in 1...3 { try IndexLab.raise(path, [IndexLab.counters(1000, "\"likes\":\(likes)")]) }
    #expect(try files("raised").count == 3)
    // Younger than an hour, all commits are kept.
    _ = try IndexWriter(path, threads: 1).collectGarbage(isDry: false)
    #expect(try files("raised").count == 3)
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -7200)]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.hasPrefix("manifest-") {
      try FileManager.default.setAttributes(old, ofItemAtPath: path + "/" + name)
    }
    try IndexLab.raise(path, [IndexLab.counters(1000, "\"likes\":4")])
    #expect(try files("raised").count == 3 && named() == files("raised").suffix(1))
    try IndexLab.write([], to: path + "/segments/seg-0000000001-0.raised-0000000099.tar")
    try IndexLab.raise(path, [IndexLab.counters(1000, "\"likes\":5")])
    #expect(try files("raised").count == 3 && IndexLab.problems(path) == [])
  }

  @Test("after a purge no file holds the counts of what was deleted") func purged() throws {
    try IndexLab.build(path, (0..<4).map { IndexLab.tweet(1000 + $0, "a") })
    try IndexLab.raise(path, (0..<4).map { IndexLab.counters(1000 + $0, "\"likes\":\(77_000 + $0)") })
    try IndexLab.build(path, [#"{"type":"delete","id":"1001"}"#])
    _ = try IndexWriter(path, threads: 1).purge()
    #expect(try files("raised") == [] && files("dead") == [])
    #expect(
      try Array(IndexLab.dump(path).prefix(3))
        == [0, 2, 3].map { IndexLab.tweet(1000 + $0, "a", Self.counts(77_000 + Int($0))) })
    #expect(try IndexLab.problems(path) == [])
  }

  @Test("a commit with raised counts comes back from an archive, and one whose file is damaged does not")
  func archived() throws {
    try IndexLab.build(path, [IndexLab.tweet(1000, "a")])
    try IndexLab.raise(path, [IndexLab.counters(1000, "\"likes\":5")])
    let archive = folder.file("archive")
    _ = try CommitArchive.write(CommitFolder(path, .index), to: archive)
    _ = try CommitRestore.restore(archive, to: folder.file("back"))
    #expect(try IndexLab.dump(folder.file("back")) == IndexLab.dump(path))
    let file = path + "/segments/" + (try named()[0])
    var bytes = try IndexLab.bytes(file)
    bytes[1030] ^= 1
    try IndexLab.write(bytes, to: file)
    _ = try CommitArchive.write(CommitFolder(path, .index), to: archive)
    #expect(throws: SegmentError.self) { _ = try CommitRestore.restore(archive, to: folder.file("other")) }
    #expect(try IndexLab.problems(path).count == 1)
  }
}
