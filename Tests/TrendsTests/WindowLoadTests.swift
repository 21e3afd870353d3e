import TestSupport
import Testing

@testable import Trends

@Suite struct WindowLoadTests {
  @Test("uses and levels are those of the steps that are in it", arguments: 0..<4) func sums(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var load = WindowLoad()
    var inside: [StepUses] = []
    for number in Int64(0)..<300 {
      if inside.count > 12 || number % 50 > 30, !inside.isEmpty { load.leave(inside.removeFirst()) }
      var step = StepUses(number)
      step.level = UInt8.random(in: 0...StepUses.sparsest, using: &random)
      step.begin(StepUses.Tweet(id: 1, voter: 2, text: 3))
      for _ in 0..<Int.random(in: 0..<5, using: &random) { step.add(1, form: 0) }
      load.enter(step)
      inside.append(step)
      #expect(load.uses == inside.reduce(0) { $0 + $1.uses.count })
      #expect(load.level == inside.map(\.level).max() && load.lowest == inside.map(\.level).min())
    }
  }
}
