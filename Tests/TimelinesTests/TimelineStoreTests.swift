import Activity
import Bytes
import CommitTestSupport
import Commits
import Follows
import Foundation
import TestSupport
import Testing
import TimelineBuilding
import TimelineTestSupport

@testable import Timelines

@Suite struct TimelineStoreTests {
  let place = TemporaryDirectory()
  var folder: String { place.file("store") }

  private func add(_ batch: ActivityBatch) throws {
    let writer = try TimelineWriter(folder, FanoutSettings())
    try writer.add(batch)
    try writer.commit()
  }

  private func names(_ list: [(UInt64, String, Int64)]) -> ActivityBatch {
    var batch = ActivityBatch()
    for (user, name, at) in list {
      let bytes = Array(name.utf8)
      batch.names.add(user, bytes.span, at: at)
    }
    return batch
  }

  @Test("a name leads to who bore it last, whatever its case and the order of runs") func names() throws {
    try add(names([(1, "Nasa", 20), (2, "esa", 5)]))
    try add(names([(1, "old_nasa", 10), (3, "NASA", 15), (2, "ESA2", 6)]))
    let store = try TimelineStore(folder)
    #expect(try store.user(named: "nASA") == 1)
    #expect(try store.user(named: "esa2") == 2 && store.user(named: "esa") == 2)
    #expect(try store.user(named: "nobody") == nil)
    #expect(try store.name(of: 1) == Array("Nasa".utf8) && store.name(of: 2) == Array("ESA2".utf8))
    #expect(try store.name(of: 9) == nil)
  }

  @Test("the most followed come first, of equals the one with the lesser id") func popular() throws {
    var batch = ActivityBatch()
    batch.relations.edges = [1, 9, 2, 9, 3, 9, 1, 8, 2, 8, 1, 7, 3, 7, 4, 6]
    try add(batch)
    let found = try TimelineStore(folder).popular()
    #expect(found.map(\.user) == [9, 7, 8, 6] && found.map(\.followers) == [3, 2, 2, 1])
  }

  @Test("a store is what it was for who has it open, and the commit of a cursor can be opened until it goes")
  func generations() throws {
    var batch = ActivityBatch()
    batch.tweets = [TweetFacts(id: 5, at: 1, author: 1)]
    try add(batch)
    let before = try TimelineStore(folder)
    batch.tweets = [TweetFacts(id: 6, at: 2, author: 1)]
    try add(batch)
    #expect(try StoredTimeline.ids(before, 1, at: nil) == [5])
    #expect(try StoredTimeline.ids(TimelineStore(folder), 1, at: nil) == [6, 5])
    let first = try #require(try TimelineStore(folder, generation: 1))
    #expect(try StoredTimeline.ids(first, 1, at: nil) == [5])
    #expect(try TimelineStore(folder, generation: 9) == nil)
  }

  @Test("any damaged byte of a segment is found, or changes nothing") func damage() throws {
    var random = SeededGenerator(seed: 5)
    try add(StoredTimeline.batch(StoredTimeline.told(RandomTimeline.entries(60, &random))))
    let segments = folder + "/segments"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: segments).first)
    let path = segments + "/" + name
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    let answers = try (1...6).map { try StoredTimeline.ids(TimelineStore(folder), UInt64($0), at: nil) }
    var found = 0
    // Every 17th byte: neither headers nor members are a multiple of it.
    for offset in stride(from: 0, to: whole.count, by: 17) {
      var bytes = whole
      bytes[offset] ^= 0x41
      try bytes.write(to: URL(fileURLWithPath: path))
      let problems = try TimelineCheck.problems(folder, threads: 1)
      if !problems.isEmpty {
        found += 1
        #expect(problems.allSatisfy { $0.hasPrefix("corrupt:") || $0.hasPrefix("too-") }, "\(problems)")
      }
      do {
        let store = try TimelineStore(folder)
        for user in 1...6 {
          #expect(try StoredTimeline.ids(store, UInt64(user), at: nil) == answers[user - 1], "byte \(offset)")
        }
      } catch is SegmentError {
        #expect(!problems.isEmpty, "byte \(offset) is refused, and verify finds nothing")
      }
    }
    #expect(found > 100)
  }

  @Test("a byte that is wrong though all sums fit is refused or answered, and never ends the program")
  func hostile()
    throws
  {
    var random = SeededGenerator(seed: 6)
    try add(StoredTimeline.batch(StoredTimeline.told(RandomTimeline.entries(60, &random))))
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder + "/segments").first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/segments/" + name))
    let surgery = SegmentSurgery([UInt8](whole))
    let path = place.file("damaged.tar")
    var manifest = Manifest(.timelines)
    manifest.attribute = "shard=0/1"
    var refused = 0
    for member in surgery.members where member.name != "checksums" {
      for offset in member.range {
        for value in [UInt8(0xFF), 0x80, 1] {
          var bytes = surgery.bytes
          bytes[offset] ^= value
          try Data(surgery.repaired(bytes)).write(to: URL(fileURLWithPath: path))
          do {
            let segment = try TimelineSegment(path)
            do { try TimelineSegmentCheck(segment).run() } catch { refused += 1 }
            let store = try TimelineStore(folder, manifest, [segment])
            for user in UInt64(1)...6 {
              for time in [nil, Int64(20)] { _ = try StoredTimeline.ids(store, user, at: time) }
              var made = try UserTimeline(store, by: user)
              while try made.next() != nil {}
              _ = try store.name(of: user)
            }
            _ = try store.popular()
            _ = try store.user(named: "x")
          } catch is SegmentError { refused += 1 }
        }
      }
    }
    #expect(refused > 1000)
  }
}
