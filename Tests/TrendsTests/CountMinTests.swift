import TestSupport
import Testing

@testable import Trends

@Suite struct CountMinTests {
  @Test("an estimate is never too low, and seldom by more than the bound too high", arguments: 0..<4)
  func estimates(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var sketch = CountMin(width: 256)
    var twin: [UInt64: UInt32] = [:]
    var total = 0.0
    for _ in 0..<2000 {
      let key = KeyTable.key(UInt64.random(in: 0..<700, using: &random), 3)
      let count = UInt32.random(in: 1...5, using: &random)
      sketch.add(key, count)
      twin[key, default: 0] += count
      total += Double(count)
    }
    let bound = 2.72 * total / 256
    #expect(twin.allSatisfy { sketch.estimate($0.key) >= $0.value })
    let far = twin.count { Double(sketch.estimate($0.key)) > Double($0.value) + bound }
    #expect(far * 7 <= twin.count)
  }

  @Test("a counter that is full stays full") func full() {
    var sketch = CountMin(width: 1)
    sketch.add(1, .max)
    sketch.add(2, 7)
    #expect(sketch.estimate(3) == .max)
  }
}
