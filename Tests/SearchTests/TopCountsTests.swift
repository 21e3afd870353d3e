import TestSupport
import Testing

@testable import Search

@Suite struct TopCountsTests {
  @Test("the greatest counts are those of a sorted list, whatever comes when", arguments: 0..<30) func naive(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let all = (0..<200).map { key in
      (count: Int.random(in: 1..<12, using: &random), key: [UInt8(key / 16), UInt8(key % 16)])
    }
    let sorted = all.sorted {
      $0.count != $1.count ? $0.count > $1.count : $0.key.lexicographicallyPrecedes($1.key)
    }
    for limit in [0, 1, 3, 50, 199, 200, Int.max] {
      for isOrdered in [true, false] {
        var top = TopCounts<Void>(limit: limit)
        for one in isOrdered ? all : all.shuffled(using: &random) {
          if top.wants(one.count, isLast: isOrdered) { top.offer(one.count, one.key, ()) }
        }
        #expect(top.sorted().map(\.key) == sorted.prefix(limit).map(\.key))
      }
    }
  }
}
