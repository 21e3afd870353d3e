import Testing

@testable import Trends

@Suite struct EvidenceTests {
  static func evidence(_ uses: [Int]) -> Evidence {
    var builder = EvidenceBuilder()
    var id: UInt64 = 1
    for (voter, uses) in uses.enumerated() {
      for _ in 0..<uses {
        builder.add(
          StepUses.Tweet(id: id, voter: UInt64(voter), text: 0), form: TrendBatch.Use.asItIs, step: 1,
          isSecondHalf: false)
        id += 1
      }
    }
    return builder.evidence()
  }

  @Test("concentration is the share of the three loudest, those without a vote among them") func concentration() {
    let evidence = Self.evidence([20, 3, 2, 1, 1, 1, 1, 1])
    #expect(evidence.users == 7 && evidence.concentration == 25.0 / 30)
    #expect(evidence.squares == 400 + 9 + 4 + 5)
  }

  @Test("six accounts that say it eight times each repeat it; a crowd with a loud few does not") func repeated() {
    #expect(Self.evidence([8, 8, 8, 8, 8, 8]).isRepeated)
    #expect(!Self.evidence([8, 3, 1, 1, 1, 1]).isRepeated)
    #expect(!Self.evidence([50, 1, 1, 1, 1, 1]).isRepeated)
  }
}
