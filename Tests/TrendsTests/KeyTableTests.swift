import TestSupport
import Testing

@testable import Trends

@Suite struct KeyTableTests {
  @Test("values are those of a dictionary, through growth and removals", arguments: 0..<6) func values(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var table = KeyTable()
    var twin: [UInt64: Int64] = [:]
    for _ in 0..<20_000 {
      // Few keys, so that they come again; 0 and 1 are taken as one.
      let key = KeyTable.key(UInt64.random(in: 0..<4000, using: &random), 7)
      if Int.random(in: 0..<3, using: &random) == 0 {
        #expect(table.set(key, KeyTable.gone) == twin[key])
        twin[key] = nil
      } else {
        let value = Int64.random(in: -5..<1000, using: &random)
        #expect(table.set(key, value) == twin[key])
        twin[key] = value
      }
    }
    for number in 0..<UInt64(4000) {
      let key = KeyTable.key(number, 7)
      #expect(table.value(key) == twin[key])
    }
  }
}
