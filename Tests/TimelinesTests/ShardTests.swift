import Testing
import Timelines

@Suite struct ShardTests {
  @Test("every user falls to one of the shards, and to the one that XXH64 of its digits says") func parts() {
    let shards = (0..<3).map { Shard(index: $0, count: 3) }
    var sizes = [0, 0, 0]
    for user in UInt64(1)...3000 {
      let holders = shards.indices.filter { shards[$0].holds(user) }
      #expect(holders.count == 1)
      for holder in holders { sizes[holder] += 1 }
    }
    #expect(sizes.allSatisfy { $0 > 900 })
  }

  @Test(
    "what is no i/N with i below N is none",
    arguments: ["", "1", "1/1", "-1/2", "0/0", "0/5000", "a/2", "0/2/3", "2/2"])
  func refused(text: String) { #expect(Shard(text) == nil) }

  @Test("i/N is read") func read() { #expect(Shard("3/4") == Shard(index: 3, count: 4)) }
}
