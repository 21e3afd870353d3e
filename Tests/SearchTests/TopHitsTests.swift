import TestSupport
import Testing

@testable import Search

@Suite struct TopHitsTests {
  @Test("the best are those of a sorted list, whatever the order of arrival", arguments: 0..<60) func twin(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let order = HitOrder(isOldestFirst: Bool.random(using: &random))
    let count = Int.random(in: 0..<60, using: &random)
    let all = (0..<count).map { index in
      Hit(
        id: UInt64(index + 1), key: Double(Int.random(in: 0..<6, using: &random)), score: 0, folder: 0,
        segment: 0, document: index)
    }.shuffled(using: &random)
    for limit in [0, 1, 2, 7, count, count + 5, Int.max] {
      var top = TopHits(limit: limit, order: order)
      for hit in all { top.offer(hit) }
      let expected = all.sorted { a, b in
        a.key != b.key ? a.key > b.key : order.isOldestFirst ? a.id < b.id : a.id > b.id
      }.prefix(limit)
      #expect(top.sorted() == Array(expected))
    }
  }
}
