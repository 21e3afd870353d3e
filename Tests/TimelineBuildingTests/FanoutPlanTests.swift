import Follows
import TestSupport
import Testing

@testable import TimelineBuilding

@Suite struct FanoutPlanTests {
  @Test("writes and merges of every threshold are those of counting one by one", arguments: 0..<6) func naive(
    seed: Int
  ) {
    var random = SeededGenerator(seed: UInt64(seed))
    var log = RelationLog()
    var edges: Set<[Int]> = []
    for user in UInt64(1)...60 { log.add(user: user) }
    for _ in 0..<400 {
      // Few are followed by many.
      let edge = [
        Int.random(in: 1...60, using: &random),
        1 + Int(Double.random(in: 0..<7.7, using: &random) * Double.random(in: 0..<7.7, using: &random)),
      ]
      if edge[0] == edge[1] || !edges.insert(edge).inserted { continue }
      log.add(
        RelationChange(.follow, UInt64(edge[0]), UInt64(edge[1]), at: RelationChange.oldest, isOn: true))
    }
    let tweets = (1...60).map { _ in UInt32.random(in: 0..<4, using: &random) }
    let plan = FanoutPlan(log.finish(threads: 1), tweets: tweets, cap: 9, threads: 2)
    let followers = (0...60).map { user in edges.count { $0[1] == user } }
    for row in plan.rows {
      var writes = 0
      var kept = 0
      var merges: [Int] = []
      for user in 1...60 {
        let authors = [user] + edges.filter { $0[0] == user }.map { $0[1] }
        if authors.count == 1 && tweets[user - 1] == 0 { continue }
        let own = authors.filter { tweets[$0 - 1] > 0 && followers[$0] < row.pushBelow }
        let pushed = own.reduce(0) { $0 + Int(tweets[$1 - 1]) }
        writes += pushed
        kept += min(pushed, 9)
        merges.append(authors.count { tweets[$0 - 1] > 0 && followers[$0] >= row.pushBelow })
      }
      #expect(row.writes == writes && row.kept == kept)
      #expect(row.merges.sum == merges.reduce(0, +) && row.merges.most == merges.max())
      let sorted = merges.sorted()
      #expect(row.merges.p99 == sorted[(sorted.count * 99 + 99) / 100 - 1])
    }
    #expect(plan.rows.first?.pushBelow == 1 && plan.rows.last?.merges.most == 0)
    #expect(plan.recommended.merges.p99 <= FanoutPlan.mergesAllowed)
  }
}
