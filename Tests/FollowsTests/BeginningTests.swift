import Follows
import Testing

@Suite("FollowGraph: beginning") struct BeginningTests {
  private func began(_ edges: [(UInt64, UInt64)], _ changes: [(at: Int64, isOn: Bool)]) -> Int64? {
    var log = RelationLog()
    var batch = RelationBatch()
    for edge in edges { batch.edges += [edge.0, edge.1] }
    for change in changes {
      batch.changes.append(RelationChange(.follow, 1, 2, at: change.at, isOn: change.isOn))
    }
    // Of others, who must not count.
    batch.edges += [1, 3, 2, 1]
    batch.changes.append(RelationChange(.follow, 1, 3, at: 1, isOn: false))
    batch.changes.append(RelationChange(.follow, 2, 1, at: 2, isOn: true))
    log.add(batch)
    return log.finish(threads: 1).beginning(ofFollow: 0, 1)
  }

  @Test("a follow began with the first event behind the last end") func events() {
    #expect(began([], []) == nil)
    #expect(began([], [(5, true)]) == 5)
    #expect(began([], [(9, true), (5, true)]) == 5)
    #expect(began([], [(9, true), (7, false), (5, true)]) == 9)
    #expect(began([], [(9, true), (9, false)]) == nil)
    #expect(began([], [(5, true), (9, true), (9, false), (11, true), (12, true)]) == 11)
  }

  @Test("an edge without a time began before all, until it ends") func edges() {
    #expect(began([(1, 2)], []) == RelationChange.oldest)
    #expect(began([(1, 2)], [(5, true)]) == RelationChange.oldest)
    #expect(began([(1, 2)], [(5, false)]) == nil)
    #expect(began([(1, 2)], [(5, false), (6, true)]) == 6)
    #expect(began([(1, 2)], [(RelationChange.oldest, false), (6, true)]) == 6)
  }
}
