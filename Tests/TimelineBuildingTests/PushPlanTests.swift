import Bytes
import Follows
import TestSupport
import Testing

@testable import TimelineBuilding

@Suite struct PushPlanTests {
  /// A graph of accounts 1 to 40, which are numbers 0 to 39.
  private func graph(_ edges: Set<[UInt64]>) -> FollowGraph {
    var log = RelationLog()
    for user in UInt64(1)...40 { log.add(user: user) }
    for edge in edges {
      log.add(RelationChange(.follow, edge[0], edge[1], at: RelationChange.oldest, isOn: true))
    }
    return log.finish(threads: 1)
  }

  private func timeline(_ slice: PushedSlice, _ user: Int) -> [Int] {
    let start = slice.sizes[0..<user - slice.users.lowerBound].reduce(0) { $0 + Int($1) }
    let end = start + Int(slice.sizes[user - slice.users.lowerBound])
    var reader = ByteReader(slice.bytes.span.extracting(start..<end))
    var list: [Int] = []
    while reader.remaining > 0 {
      guard let step = try? reader.readVarint() else { return [-1] }
      list.append(list.last.map { $0 - Int(step) - 1 } ?? Int(step))
    }
    return list
  }

  @Test(
    "every follower gets what is for it, newest first, up to the cap, in slices of any size",
    arguments: 0..<12)
  func naive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var edges: Set<[UInt64]> = []
    for _ in 0..<200 {
      let edge = [UInt64.random(in: 1...40, using: &random), UInt64.random(in: 1...40, using: &random)]
      if edge[0] != edge[1] { edges.insert(edge) }
    }
    let accounts = (0..<UInt32(40)).filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
    let audiences = Audiences(graph(edges), of: accounts, threads: 2)
    let cap = [2, 5, 1000][seed % 3]
    var authors: [Int32] = []
    var replies: [Int32] = []
    for _ in 0..<150 {
      let author = UInt32.random(in: 0..<40, using: &random)
      authors.append(audiences.lists[Int(author)])
      let other = accounts.randomElement(using: &random) ?? 0
      replies.append(
        [PushPlan.notReply, PushPlan.notReply, audiences.lists[Int(other)], PushPlan.nobody][
          Int.random(in: 0..<4, using: &random)])
    }
    let takes = (0..<40).map { _ in Int.random(in: 0..<5, using: &random) > 0 }
    let plan = PushPlan(authors: authors, replies: replies, audiences: audiences, cap: cap, takes: takes)
    for size in [40, 7, 1] {
      for start in stride(from: 0, to: 40, by: size) {
        let slice = plan.push(start..<min(start + size, 40))
        for user in slice.users {
          let id = UInt64(user + 1)
          let wanted = authors.indices.reversed().filter { tweet in
            guard takes[user], authors[tweet] >= 0 else { return false }
            let author = UInt64(accounts[Int(authors[tweet])] + 1)
            if author == id { return true }
            guard edges.contains([id, author]) else { return false }
            switch replies[tweet] {
            case PushPlan.notReply: return true
            case PushPlan.nobody: return false
            case let list:
              let other = UInt64(accounts[Int(list)] + 1)
              return other == id || edges.contains([id, other])
            }
          }
          #expect(timeline(slice, user) == Array(wanted.prefix(cap)), "seed \(seed), user \(user)")
          #expect(slice.cut.contains(UInt32(user - start)) == (wanted.count > cap))
        }
      }
    }
  }

  @Test("slices are neighbours and hold all users") func slices() {
    let audiences = Audiences(graph([]), of: [0, 1], threads: 1)
    let plan = PushPlan(
      authors: [0, 1], replies: [-1, -1], audiences: audiences, cap: 5,
      takes: Array(repeating: true, count: 40))
    let slices = plan.slices(wanted: 8)
    #expect(slices.first?.lowerBound == 0 && slices.last?.upperBound == 40)
    #expect(zip(slices, slices.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
  }
}
