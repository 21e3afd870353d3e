import TestSupport
import Testing

@testable import Trends

@Suite struct OpenStepsTests {
  @Test("steps are found, made and left in order, as a dictionary would have them", arguments: 0..<4)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var steps = OpenSteps()
    var twin: [Int64: Int] = [:]
    var oldest = Int64(0)
    for _ in 0..<3000 {
      let number = oldest + Int64.random(in: 0..<40, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        #expect(steps.first == twin.keys.min())
        guard let first = steps.first else { continue }
        steps.removeFirst()
        twin[first] = nil
        oldest = max(oldest, first)
      case 1: #expect(steps.find(number).map { steps[$0].tweets.count } == twin[number])
      default:
        let index = steps.make(number)
        #expect(steps[index].number == number && steps[index].tweets.count == twin[number] ?? 0)
        steps[index].begin(StepUses.Tweet(id: 1, voter: 2, text: 3))
        twin[number, default: 0] += 1
      }
      #expect(steps.indices.map { steps[$0].number } == twin.keys.sorted())
      let range = number - 5..<number + 3
      #expect(steps.indices(of: range).map { steps[$0].number } == twin.keys.filter(range.contains).sorted())
    }
  }

  @Test("what a busy step took is given back, and not handed on to thin ones") func memory() {
    var steps = OpenSteps()
    _ = steps.make(1)
    for number in UInt64(0)..<3000 {
      steps[0].begin(StepUses.Tweet(id: number, voter: 1, text: 0))
      steps[0].add(1, form: 0)
    }
    steps.removeFirst()
    let next = steps.make(2)
    #expect(steps[next].capacity <= 512)
  }
}
