import Testing

@testable import Trends

@Suite struct EntryIndexTests {
  @Test(
    "entries are spread over the table, whatever the seed",
    arguments: [1, 1 << 52 | 1, 0x0010_0000_1234_5679])
  func spread(seed: UInt64) {
    var taken = Set<Int>()
    for term in UInt32(0)..<4096 {
      taken.insert(Int(EntryIndex.mark(term, term % 3, seed | 0x9E37_0001)) & 4095)
    }
    #expect(taken.count > 2000)
  }
}
