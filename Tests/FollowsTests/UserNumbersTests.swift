import TestSupport
import Testing

@testable import Follows

@Suite struct UserNumbersTests {
  @Test("an id keeps its number while the table grows, and ranks follow the ids") func numbers() {
    var random = SeededGenerator(seed: 9)
    var numbers = UserNumbers()
    var known: [UInt64: UInt32] = [:]
    for round in 0..<20_000 {
      // Serial ids, snowflakes and ids that differ in high bits alone.
      let id: UInt64 =
        switch round % 3 {
        case 0: UInt64(round + 1)
        case 1: UInt64.random(in: 1...UInt64(Int64.max), using: &random)
        default: UInt64.random(in: 1...4000, using: &random) << 50
        }
      let number = numbers.number(id)
      if let before = known[id] { #expect(number == before) } else { known[id] = number }
    }
    #expect(Set(known.values) == Set(0..<UInt32(known.count)))
    let (users, ranks) = numbers.sorted()
    #expect(users.ids == known.keys.sorted())
    for (id, number) in known { #expect(users.ids[Int(ranks[Int(number)])] == id) }
    #expect(users.ids.allSatisfy { users.number(of: $0).map(users.id) == $0 })
  }
}
