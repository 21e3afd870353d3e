import Activity
import Foundation
import TestSupport
import Testing

@testable import Notifications

@Suite("EngagementLog: notifications and counters")
struct EngagementLogTests {
  private var all: EngagementLog.Wishes {
    var wishes = EngagementLog.Wishes()
    wishes.notices = true
    wishes.counters = true
    return wishes
  }

  private func counters(_ lines: [String]) throws -> [UInt64: [String: Int]] {
    var found: [UInt64: [String: Int]] = [:]
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["type"] as? String == "counters")
      let id = try #require((object["id"] as? String).flatMap { UInt64($0) })
      for (name, value) in object {
        if let count = value as? Int { found[id, default: [:]][name, default: 0] += count }
      }
    }
    return found
  }

  @Test("equal their definitions, in any order of arrival, however often repeated, in memory and in files")
  func definition() throws {
    var kinds: Set<String> = []
    for seed in UInt64(0)..<60 {
      let world = EngagementWorld(seed: seed)
      var random = SeededGenerator(seed: seed + 1000)
      let input = world.input(shuffled: &random, repeats: seed % 4 != 0)
      let output = try world.run(input, all, limit: seed % 2 == 0 ? 1 << 20 : 5)
      #expect(output.notices == world.model.lines(), "seed \(seed)")
      #expect(try counters(output.counters) == world.model.counters(), "seed \(seed)")
      #expect(output.sums.notifications == output.notices.count)
      #expect(output.sums.counters == output.counters.count)
      #expect(output.sums.applied == Set(world.model.likes).count, "seed \(seed)")
      #expect(
        output.sums.applied + output.sums.duplicate + output.sums.filtered
          == input.reduce(0) { $0 + $1.likes.count })
      kinds.formUnion(world.model.notices().map(\.kind))
    }
    #expect(kinds.count == 6)
  }

  @Test("of all shards together are those of the whole: counters by adding, notifications by joining")
  func shards() throws {
    for seed in UInt64(100)..<120 {
      let world = EngagementWorld(seed: seed)
      var random = SeededGenerator(seed: seed)
      let input = world.input(shuffled: &random, repeats: true)
      var notices: [String] = []
      var sums: [String] = []
      for shard in UInt64(0)..<3 {
        let output = try world.run(input, all, limit: 7, shard: shard, of: 3)
        notices += output.notices
        sums += output.counters
      }
      let whole = try world.run(input, all)
      #expect(notices.sorted() == whole.notices.sorted(), "seed \(seed)")
      #expect(try counters(sums) == counters(whole.counters), "seed \(seed)")
    }
  }

  @Test("counters alone leave out, and count, the likes of other shards")
  func filtered() throws {
    let world = EngagementWorld(seed: 3)
    var random = SeededGenerator(seed: 3)
    let input = world.input(shuffled: &random, repeats: false)
    var wishes = EngagementLog.Wishes()
    wishes.counters = true
    var used = 0
    for shard in UInt64(0)..<3 {
      let sums = try world.run(input, wishes, shard: shard, of: 3).sums
      #expect(sums.applied + sums.duplicate + sums.filtered == world.model.likes.count)
      #expect(sums.notifications == 0)
      used += sums.applied
    }
    #expect(used == Set(world.model.likes).count)
  }

  @Test("digests count what single notifications are, window by window")
  func digests() throws {
    for seed in UInt64(200)..<220 {
      let world = EngagementWorld(seed: seed)
      var random = SeededGenerator(seed: seed)
      var wishes = EngagementLog.Wishes()
      wishes.notices = true
      wishes.window = 7
      let output = try world.run(world.input(shuffled: &random, repeats: true), wishes, limit: 9)
      struct Key: Hashable {
        var user: UInt64
        var window: Int64
      }
      let groups = Dictionary(grouping: world.model.notices()) { notice in
        Key(user: notice.user, window: notice.at.map { $0 / 7 } ?? -1)
      }
      #expect(output.notices.count == groups.count)
      #expect(output.sums.notifications == world.model.notices().count)
      let keys = groups.keys.sorted { ($0.window, $0.user) < ($1.window, $1.user) }
      for (line, key) in zip(output.notices, keys) {
        var counts: [String: Int] = [:]
        for notice in groups[key] ?? [] { counts[notice.kind, default: 0] += 1 }
        let object = try #require(
          try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["user"] as? String == "\(key.user)")
        #expect(object["counts"] as? [String: Int] == counts, "seed \(seed)")
        #expect(object["from"] as? String == (key.window < 0 ? nil : NaiveEngagements.time(key.window * 7)))
        let actors = try #require(object["actors"] as? [String])
        #expect(Set(actors).count == actors.count && actors.count <= 5)
      }
    }
  }

  @Test("a digest's window holds the times before 1970 too")
  func windows() {
    #expect(Digest.start(of: 3_600_000, 3_600_000) == 3_600_000)
    #expect(Digest.start(of: 3_599_999, 3_600_000) == 0)
    #expect(Digest.start(of: -1, 3_600_000) == -3_600_000)
    #expect(Digest.start(of: -3_600_000, 3_600_000) == -3_600_000)
    #expect(Digest.start(of: Notice.untimed, 3_600_000) == Notice.untimed)
  }
}
