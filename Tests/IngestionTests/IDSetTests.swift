import TestSupport
import Testing

@testable import Ingestion

/// The exact set of ids, with so small a table that most of it lies on disk.
@Suite struct IDSetTests {
  @Test("it agrees with a set in memory, also beyond its table and after merges", arguments: 0..<3)
  func exact(seed: Int) throws {
    let folder = TemporaryDirectory()
    let set = IDSet(folder: folder.path, maximumSlots: 1 << 8)
    var random = SeededGenerator(seed: UInt64(seed))
    var known = Set<UInt64>()
    for _ in 0..<20_000 {
      let id = UInt64.random(in: 1...15_000, using: &random)
      let isNew = try set.insert(id)
      #expect(isNew == known.insert(id).inserted)
    }
    var all: [UInt64] = []
    try set.forEach { all.append($0) }
    #expect(all == known.sorted())
  }
}
