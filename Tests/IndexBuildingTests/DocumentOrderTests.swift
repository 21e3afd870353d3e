import Bytes
import TestSupport
import Testing

@testable import IndexBuilding

@Suite struct DocumentOrderTests {
  static func batch(_ facts: [(id: UInt64, likes: Int64)]) -> IndexBatch {
    let batch = IndexBatch(WorkerTables(), SegmentTerms())
    for fact in facts {
      var one = DocumentFacts()
      one.id = fact.id
      one.likes = fact.likes
      batch.content.facts.append(one)
    }
    return batch
  }

  @Test("ids fall, of several versions the last stays with the highest counts", arguments: 0..<40) func order(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var all: [(id: UInt64, likes: Int64)] = []
    var batches: [IndexBatch] = []
    for _ in 0..<Int.random(in: 0..<5, using: &random) {
      let facts = (0..<Int.random(in: 0..<12, using: &random)).map { _ in
        (id: UInt64.random(in: 1..<15, using: &random), likes: Int64.random(in: -1..<9, using: &random))
      }
      all += facts
      batches.append(Self.batch(facts))
    }
    let order = DocumentOrder(batches)
    let ids = Set(all.map(\.id)).sorted(by: >)
    #expect(order.sources.map(\.id) == ids)
    #expect(order.replaced == all.count - ids.count && order.isComplete == (all.count == ids.count))
    for (document, source) in order.sources.enumerated() {
      let versions = all.filter { $0.id == source.id }
      let own = batches[Int(source.batch)].content.facts[Int(source.index)]
      #expect((order.merged[document] ?? own).likes == versions.map(\.likes).max())
      // The last to arrive.
      let later = batches[Int(source.batch)].content.facts[(Int(source.index) + 1)...].contains {
        $0.id == source.id
      }
      let laterBatch = batches[(Int(source.batch) + 1)...].contains {
        $0.content.facts.contains { $0.id == source.id }
      }
      #expect(!later && !laterBatch)
    }
  }

  @Test("what is dropped goes, and what was changed moves with its document") func settle() {
    var order = DocumentOrder([Self.batch([(1, 5), (2, 5), (3, 5), (4, 5)])])
    order.rewrite(2, [7])
    order.drop(0)
    order.drop(1)
    #expect(order.isDropped(1) && !order.isDropped(2))
    order.settle()
    #expect(order.sources.map(\.id) == [2, 1] && order.rewritten == [0: [7]] && !order.isComplete)
  }
}
