import TestSupport
import Testing

@testable import Trends

@Suite struct StepUsesTests {
  static func step(_ voters: [UInt64]) -> StepUses {
    var step = StepUses(7)
    for (index, voter) in voters.enumerated() {
      step.begin(StepUses.Tweet(id: UInt64(index), voter: voter, text: 0))
      step.add(UInt32(voter % 10), form: TrendBatch.Form.asItIs)
      step.add(UInt32(voter % 7), form: UInt32(voter))
    }
    return step
  }

  @Test("a level holds about one of two accounts of the one below, and all that these wrote") func levels() {
    let voters = (UInt64(1)...4000).flatMap { [$0, $0] }
    var step = Self.step(voters)
    for level in UInt8(1)...4 {
      step.raise(to: level)
      let kept = Set(step.tweets.map(\.voter))
      let wanted = 4000 >> Int(level)
      #expect(abs(kept.count - wanted) < 4 * Int(Double(wanted).squareRoot()))
      #expect(step.tweets.count == 2 * kept.count && step.uses.count == 4 * kept.count)
      #expect(kept.allSatisfy { StepUses.holds($0, level: level) })
      step.forEachUse { use, form in
        let voter = step.tweets[Int(use.tweet)].voter
        #expect(form == TrendBatch.Form.asItIs ? use.entry == voter % 10 : UInt64(form) == voter)
      }
    }
  }

  @Test("it is the same whether the level was raised before or after accounts came") func order() {
    var late = Self.step(Array(1...100))
    late.raise(to: 2)
    let early = Self.step((1...100).filter { StepUses.holds($0, level: 2) })
    #expect(late.tweets.map(\.voter) == early.tweets.map(\.voter))
    #expect(late.uses.map(\.entry) == early.uses.map(\.entry))
  }
}
