import Bytes
import Foundation
import TestSupport
import Testing
import TimelineTestSupport

@testable import Follows

@Suite struct GraphStatsTests {
  @Test("every number is that of a plain count over all pairs", arguments: 0..<20) func counts(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let entries = FollowGraphTests.entries(400, users: 40, &random)
    let naive = NaiveTimeline(entries)
    let graph = GraphFixture.graph(entries)
    let stats = GraphStats(graph, threads: 2)
    let users = graph.users.ids
    var pairs: Set<[UInt64]> = []
    for a in users { for b in users where naive.follows(a, b, at: .max) { pairs.insert([a, b]) } }
    let followers = users.map { user in pairs.count { $0[1] == user } }
    let followees = users.map { user in pairs.count { $0[0] == user } }
    #expect(stats.users == users.count && stats.follows == pairs.count)
    #expect(stats.mutual * 2 == pairs.count { pairs.contains([$0[1], $0[0]]) })
    #expect(stats.withoutFollowers == followers.count { $0 == 0 })
    #expect(stats.withoutFollowees == followees.count { $0 == 0 })
    #expect(stats.followers.most == followers.max() && stats.followees.most == followees.max())
    #expect(stats.followers.median == followers.sorted()[(users.count + 1) / 2 - 1])
    for bucket in stats.buckets {
      #expect(bucket.byFollowers == followers.count { $0 >= bucket.from && $0 <= bucket.to })
      #expect(bucket.byFollowees == followees.count { $0 >= bucket.from && $0 <= bucket.to })
    }
    #expect(stats.buckets.reduce(0) { $0 + $1.byFollowers } == users.count)
    let best = users.indices.sorted { (-followers[$0], users[$0]) < (-followers[$1], users[$1]) }
    #expect(stats.top.map(\.user) == best.filter { followers[$0] > 0 }.prefix(10).map { users[$0] })
    for threshold in stats.thresholds {
      let pulled = Set(users.indices.filter { followers[$0] >= threshold.pushBelow }.map { users[$0] })
      #expect(threshold.pulled == pulled.count)
      #expect(threshold.pushed == followers.count { $0 > 0 && $0 < threshold.pushBelow })
      #expect(threshold.writes == pairs.count { !pulled.contains($0[1]) })
      let merges = users.map { user in pairs.count { $0[0] == user && pulled.contains($0[1]) } }
      #expect(threshold.readers == merges.count { $0 > 0 } && threshold.mostMerged == merges.max())
    }
    let relations = [(NaiveTimeline.Change.Kind.block, stats.blocks), (.mute, stats.mutes)]
    for (kind, count) in relations {
      #expect(
        count == users.reduce(0) { sum, a in sum + users.count { naive.isOn(kind, a, $0, at: .max) } })
    }
    #expect(stats.protected == users.count { naive.isOn(.protected, $0, $0, at: .max) })
  }

  @Test("the records are JSON, and the text has a line for each of them") func written() throws {
    let stats = GraphStats(GraphFixture.graph([.edge(1, 2), .edge(2, 1), .edge(3, 1)]), threads: 1)
    var out = ByteBuffer()
    stats.write(to: &out)
    let lines = out.span.text.split(separator: "\n")
    for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    #expect(
      lines.first?.hasPrefix(#"{"type":"graph","users":3,"follows":3,"mutual":1,"reciprocity":0.666667,"#)
        == true)
    #expect(stats.text.contains("follows that are returned          66.7 %\n"))
    #expect(stats.text.split(separator: "\n").allSatisfy { $0.count <= 76 })
  }

  @Test("many thousands of followers raise the list of thresholds") func large() {
    let entries = (2...12_000).map { NaiveTimeline.Entry.edge(UInt64($0), 1) }
    let stats = GraphStats(GraphFixture.graph(entries), threads: 2)
    #expect(stats.thresholds.map(\.pushBelow) == [10, 100, 1000, 10_000, 100_000])
    #expect(stats.thresholds[3].pulled == 1 && stats.thresholds[3].readers == 11_999)
    #expect(stats.thresholds[4].pulled == 0 && stats.thresholds[4].writes == 11_999)
  }
}
