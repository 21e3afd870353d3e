import TestSupport
import Testing

@testable import CommitWriting

@Suite struct MergePolicyTests {
  @Test("eight neighbours of a tier are merged, fewer are not, large ones never") func tiers() {
    let small = 10_000
    #expect(MergePolicy.plan([]) == nil)
    #expect(MergePolicy.plan([Int](repeating: small, count: 7)) == nil)
    #expect(MergePolicy.plan([Int](repeating: small, count: 8)) == 0..<8)
    #expect(MergePolicy.plan([1 << 30] + [Int](repeating: small, count: 8)) == 1..<9)
    #expect(MergePolicy.plan([Int](repeating: 1 << 28, count: 20)) == nil)
  }

  @Test("merging what it plans ends, keeps all bytes, and leaves few segments", arguments: 0..<30) func ends(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var sizes: [Int] = []
    var total = 0
    for _ in 0..<200 {
      let size = 1 << Int.random(in: 8..<20, using: &random)
      total += size
      sizes.append(size)
      var rounds = 0
      while let range = MergePolicy.plan(sizes), rounds < 50 {
        #expect(range.count >= MergePolicy.factor && sizes[range].reduce(0, +) <= MergePolicy.largest)
        sizes.replaceSubrange(range, with: [sizes[range].reduce(0, +)])
        rounds += 1
      }
      #expect(rounds < 50)
    }
    #expect(sizes.reduce(0, +) == total)
    #expect(sizes.count < 60)
  }
}
