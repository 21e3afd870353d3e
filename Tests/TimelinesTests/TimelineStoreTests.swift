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
    #expect(try store.user(named: "esa2") == 2)
    #expect(try store.user(named: "nobody") == nil)
    #expect(try store.name(of: 1) == Array("Nasa".utf8) && store.name(of: 2) == Array("ESA2".utf8))
    #expect(try store.name(of: 9) == nil)
  }

  @Test("a name that its account bears no more leads nowhere, in one run as in several") func oldNames()
    throws
  {
    try add(names([(1, "old", 10), (2, "both", 10), (3, "both", 5)]))
    try add(names([(1, "new", 20), (2, "mine", 20)]))
    for isMerged in [false, true] {
      let store = try TimelineStore(folder)
      #expect(try store.user(named: "old") == nil && store.user(named: "NEW") == 1)
      #expect(try store.user(named: "both") == 3)
      if isMerged { break }
      let writer = try TimelineWriter(folder, FanoutSettings())
      writer.folds = true
      try writer.commit()
    }
  }

  @Test("a run of which not all fits into one segment gives what the definition says", arguments: 0..<6)
  func spill(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let entries = RandomTimeline.entries(120, &random)
    let model = NaiveTimeline(entries, cap: 5)
    var settings = FanoutSettings()
    settings.cap = 5
    settings.pushBelow = [0, 3, 100][seed % 3]
    // The second run repeats half of the first.
    for run in [entries[..<80], entries[40...]] {
      let writer = try TimelineWriter(folder, settings, tweetsPerSegment: 7)
      try writer.add(StoredTimeline.batch(Array(run)))
      try writer.commit()
    }
    #expect(try TimelineCheck.problems(folder, threads: 1).isEmpty)
    let store = try TimelineStore(folder)
    for user in UInt64(1)...6 {
      for time in [nil, Int64(10), 25] {
        #expect(
          try StoredTimeline.ids(store, user, at: time) == model.timeline(user, at: time ?? .max),
          "seed \(seed), user \(user)")
      }
    }
  }

  @Test("a retweet of a tweet without an id is hidden with who made that one") func originalWithoutID() throws
  {
    var batch = ActivityBatch()
    batch.relations.edges = [1, 2, 3, 2]
    batch.relations.changes = [RelationChange(.mute, 1, 9, at: 5, isOn: true)]
    batch.tweets = [TweetFacts(id: 50, at: 1, author: 2, originalAuthor: 9)]
    try add(batch)
    #expect(try StoredTimeline.ids(TimelineStore(folder), 1, at: nil).isEmpty)
    #expect(try StoredTimeline.ids(TimelineStore(folder), 3, at: nil) == [50])
    batch = ActivityBatch()
    batch.userDeletes = [9]
    try add(batch)
    let store = try TimelineStore(folder)
    #expect(try StoredTimeline.ids(store, 3, at: nil).isEmpty)
    var made = try UserTimeline(store, by: 2)
    #expect(try made.next() == nil)
    #expect(try TimelineCheck.problems(folder, threads: 1).isEmpty)
  }

  @Test("a writer refuses an account whose id is none") func noID() throws {
    var batch = ActivityBatch()
    batch.relations.edges = [1, 9, 2, 9]
    try add(batch)
    let manifest = try #require(try CommitFolder(folder, .timelines).newest())
    let path = folder + "/segments/" + manifest.segments[0].name
    let surgery = SegmentSurgery([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    let users = try #require(surgery.members.first { $0.name == "users" })
    var bytes = surgery.bytes
    for offset in users.range.lowerBound..<users.range.lowerBound + 8 { bytes[offset] = 0 }
    bytes = surgery.repaired(bytes)
    try FileManager.default.removeItem(atPath: path)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    var next = manifest
    next.generation += 1
    let tar = try MappedBytes(file: path)
    let sums = try #require(try TarIndex.read(tar, file: path).first { $0.name == ChecksumTable.member })
    next.segments[0].checksum = tar.load(sums.range.upperBound - 8, as: UInt64.self)
    try CommitFolder(folder, .timelines).publish(next)
    #expect(try !TimelineCheck.problems(folder, threads: 1).isEmpty)
    batch.relations.edges = [3, 9]
    #expect(throws: SegmentError.self) { try add(batch) }
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
    try add(StoredTimeline.batch(RandomTimeline.entries(60, &random)))
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
    try add(StoredTimeline.batch(RandomTimeline.entries(60, &random)))
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
          var isRefused = true
          do {
            let segment = try TimelineSegment(path)
            isRefused = false
            do { try TimelineSegmentCheck(segment).run() } catch {
              isRefused = true
              refused += 1
            }
            let store = try TimelineStore(folder, manifest, [segment])
            for user in UInt64(1)...6 {
              for time in [nil, Int64(20)] { _ = try StoredTimeline.ids(store, user, at: time) }
              var made = try UserTimeline(store, by: user)
              while try made.next() != nil {}
              _ = try store.name(of: user)
            }
            _ = try store.popular()
            _ = try store.user(named: "x")
          } catch let error as SegmentError {
            refused += 1
            #expect(isRefused, "verify finds nothing: \(error.message)")
          }
        }
      }
    }
    #expect(refused > 1000)
  }
}
