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
        // Only with the right value.
        let wrong = table.remove(key, having: 5000)
        let right = table.remove(key, having: twin[key] ?? 6000)
        #expect(!wrong && right == (twin[key] != nil))
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
    let count = table.count
    #expect(count == twin.count)
    table.replaceValues { _, value in value % 3 == 0 ? value + 1 : nil }
    twin = twin.filter { $0.value % 3 == 0 }.mapValues { $0 + 1 }
    var found: [UInt64: Int64] = [:]
    table.forEach { found[$0] = $1 }
    let kept = table.count
    #expect(found == twin && kept == twin.count)
    table.removeAll()
    let none = table.value(KeyTable.key(1, 7))
    #expect(none == nil)
  }
}
