import TestSupport
import Testing

@testable import TimelineBuilding

@Suite struct TweetIDsTests {
  @Test("holds what a set of the standard library holds") func naive() {
    var random = SeededGenerator(seed: 3)
    var ids = TweetIDs()
    var model: Set<UInt64> = []
    for _ in 0..<20_000 {
      // Serial ids and snowflakes, many of them again.
      let id =
        Bool.random(using: &random)
        ? UInt64.random(in: 1...4000, using: &random)
        : 1 << 60 | UInt64.random(in: 0...2000, using: &random) << 22
      let isNew = ids.insert(id)
      #expect(isNew == model.insert(id).inserted)
    }
    let count = ids.count
    #expect(count == model.count)
    for id in model {
      let holds = ids.contains(id)
      #expect(holds)
    }
    let holdsOther = ids.contains(5000)
    #expect(!holdsOther)
  }
}
