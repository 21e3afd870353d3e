import Follows
import TestSupport
import Testing
import TimelineTestSupport

@Suite struct FollowGraphTests {
  /// Edges and changes of accounts 1 to `users`.
  static func entries(_ count: Int, users: UInt64, _ random: inout SeededGenerator) -> [NaiveTimeline.Entry] {
    (0..<count).compactMap { _ in
      let user = UInt64.random(in: 1...users, using: &random)
      let other = UInt64.random(in: 1...users, using: &random)
      if Bool.random(using: &random) { return user == other ? nil : .edge(user, other) }
      return .change(RandomTimeline.change(user, other, Int64.random(in: -5...5, using: &random), &random))
    }
  }

  @Test("every question is answered as the naive model answers it", arguments: 0..<60)
  func answers(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let entries = Self.entries(Int.random(in: 0...120, using: &random), users: 7, &random)
    let graph = GraphFixture.graph(entries, threads: Int(seed % 3) + 1)
    let naive = NaiveTimeline(entries)
    let times: [Int64] = [Int64.min, -6, -5, -1, 0, 3, 5, FollowGraph.end]
    let users = Array(0..<UInt32(graph.users.count))
    var list: [UInt32] = []
    for time in times {
      for a in users {
        let id = graph.users.id(a)
        let following = users.filter { naive.follows(id, graph.users.id($0), at: time) }
        graph.followees(a, at: time, into: &list)
        #expect(list == following)
        let followed = users.filter { naive.follows(graph.users.id($0), id, at: time) }
        graph.followers(a, at: time, into: &list)
        #expect(list == followed)
        #expect(graph.followerCount(a, at: time) == followed.count)
        #expect(graph.isProtected(a, at: time) == naive.isOn(.protected, id, id, at: time))
        for b in users {
          let other = graph.users.id(b)
          #expect(graph.follows(a, b, at: time) == naive.follows(id, other, at: time))
          #expect(
            graph.isBlocked(a, b, at: time)
              == (naive.isOn(.block, id, other, at: time) || naive.isOn(.block, other, id, at: time)))
          #expect(graph.mutes(a, b, at: time) == naive.isOn(.mute, id, other, at: time))
        }
      }
    }
  }

  @Test("order, repetition and threads change nothing, and what is repeated is counted", arguments: 0..<20)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let entries = Array(Set(Self.entries(300, users: 40, &random)))
    let graph = GraphFixture.graph(entries)
    #expect(graph.records == entries.count && graph.duplicates == 0)
    var again = entries + entries.prefix(77)
    again.shuffle(using: &random)
    let other = GraphFixture.graph(again, threads: 3)
    #expect(other.records == entries.count)
    #expect(other.duplicates == min(77, entries.count))
    #expect(other.users.ids == graph.users.ids)
    #expect(GraphStats(other, threads: 2) == GraphStats(graph, threads: 1))
  }

  @Test("accounts are numbered in order of their ids") func numbers() {
    let graph = GraphFixture.graph([.edge(900, 5), .edge(7, 900), .change(.init(.block, 6, 1 << 62, at: 0))])
    #expect(graph.users.ids == [5, 6, 7, 900, 1 << 62])
    #expect(graph.users.number(of: 900) == 3)
    #expect(graph.users.number(of: 8) == nil)
    #expect(graph.users.number(of: UInt64.max) == nil)
  }

  @Test("an empty graph answers nothing and has no accounts") func empty() {
    let graph = GraphFixture.graph([])
    #expect(graph.users.count == 0 && graph.records == 0)
    let stats = GraphStats(graph, threads: 2)
    #expect(stats.follows == 0 && stats.reciprocity == 0)
  }
}
