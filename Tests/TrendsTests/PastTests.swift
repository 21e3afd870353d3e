import TestSupport
import Testing

@testable import Trends

@Suite struct PastTests {
  static func settings(_ memory: Int = 1 << 30) -> TrendSettings {
    var settings = TrendSettings()
    settings.baseline = 2 * 86_400_000
    settings.memory = memory
    return settings
  }

  // Random accounts of 400 keys in 120 hours, 40 of them busy, what a dictionary makes of them, and what was light at most.
  static func fill(_ past: inout Past, seed: UInt64) -> (twin: [UInt64: [Int64: Int]], light: Int) {
    var random = SeededGenerator(seed: seed)
    var twin: [UInt64: [Int64: Int]] = [:]
    var light = 0
    for number in Int64(0)..<120 where number % 7 != 3 {
      past.begin(number)
      for key in UInt64(1)...400 where Int.random(in: 0..<3, using: &random) == 0 {
        let users = Int.random(in: key <= 40 ? 20...90 : 1...3, using: &random)
        past.add(KeyTable.key(key, 5), users: Int32(users))
        twin[key, default: [:]][number] = users
      }
      past.end()
      light = max(light, Int(past.light))
    }
    return (twin, light)
  }

  static func everybody(_ windows: Int64 = 120) -> History {
    History((0..<windows).map { History.Slot(number: $0, users: 1000) })
  }

  @Test("a key's history is what a dictionary has of it within the baseline", arguments: 0..<4)
  func histories(seed: UInt64) {
    let settings = Self.settings()
    var past = Past(settings, MemoryPlan(settings))
    let twin = Self.fill(&past, seed: seed).twin
    let isExact = !past.isSketched && past.light == 0
    #expect(isExact)
    for key in UInt64(1)...401 {
      let found = past.history(KeyTable.key(key, 5), 72..<120, everybody: Self.everybody())
      let wanted = (twin[key] ?? [:]).filter { (72..<120).contains($0.key) }.sorted { $0.key < $1.key }
      #expect(found.slots.map(\.number) == wanted.map(\.key))
      #expect(found.slots.map(\.users) == wanted.map { Double($0.value) })
    }
    // What the baseline has left is given up: two days, and one window more on either side.
    let windows = past.windows
    #expect(windows.first.map { $0.number >= 69 } ?? false)
    let count = past.count
    #expect(count == windows.reduce(0) { $0 + $1.slots.count })
  }

  @Test("in little memory busy windows stay exact, and light ones are never understated", arguments: 0..<4)
  func sketched(seed: UInt64) {
    // 1 MB: room for the least number of slots, 1,911.
    let settings = Self.settings(1 << 20)
    let plan = MemoryPlan(settings)
    var past = Past(settings, plan)
    let (twin, light) = Self.fill(&past, seed: seed)
    let isWithin = past.isSketched && past.count <= plan.slots
    #expect(isWithin && light > 0)
    let range: Range<Int64> = 72..<120
    for key in UInt64(1)...400 {
      let key = (plain: key, mixed: KeyTable.key(key, 5))
      let wanted = (twin[key.plain] ?? [:]).filter { range.contains($0.key) }
      let exact = past.history(key.mixed, range, everybody: Self.everybody(), skipsSketch: true)
      #expect(exact.slots.allSatisfy { wanted[$0.number].map(Double.init) == $0.users })
      let heavy = wanted.filter { $0.value > light }
      #expect(Set(exact.slots.map(\.number)).isSuperset(of: heavy.keys))
      let all = past.history(key.mixed, range, everybody: Self.everybody())
      #expect(all.slots.reduce(0) { $0 + $1.users } >= Double(wanted.values.reduce(0, +)) - 1e-6)
      #expect(zip(all.slots, all.slots.dropFirst()).allSatisfy { $0.number < $1.number })
    }
  }

  @Test("what is moved into the sketch to make room is not lost", arguments: 0..<4) func moved(seed: UInt64) {
    let settings = Self.settings(1 << 20)
    var past = Past(settings, MemoryPlan(settings))
    var random = SeededGenerator(seed: seed)
    var twin: [UInt64: Int] = [:]
    var number: Int64 = 0
    while !past.isSketched {
      past.begin(number)
      for key in UInt64(1)...400 where Int.random(in: 0..<3, using: &random) == 0 {
        let users = Int.random(in: 1...3, using: &random)
        past.add(KeyTable.key(key, 5), users: Int32(users))
        twin[key, default: 0] += users
      }
      past.end()
      number += 1
    }
    for (key, users) in twin {
      let found = past.history(KeyTable.key(key, 5), 0..<number, everybody: Self.everybody())
      #expect(found.slots.reduce(0) { $0 + $1.users } >= Double(users) - 1e-6)
    }
  }

  @Test("once the sketch is behind the baseline all is exact again") func recovery() {
    let settings = Self.settings(1 << 20)
    var past = Past(settings, MemoryPlan(settings))
    _ = Self.fill(&past, seed: 1)
    let wasSketched = past.isSketched
    #expect(wasSketched)
    for number in Int64(120)..<240 {
      past.begin(number)
      past.add(9, users: 1)
      past.end()
    }
    let isExact = !past.isSketched && past.light == 0
    let history = past.history(9, 192..<240, everybody: Self.everybody(240))
    #expect(isExact && history.slots.count == 48)
  }
}
