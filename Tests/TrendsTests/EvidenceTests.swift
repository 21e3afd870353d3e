import Testing
import TextAnalysis

@testable import Trends

@Suite struct EvidenceTests {
  static func evidence(_ uses: [Int]) -> Evidence {
    var builder = EvidenceBuilder()
    var id: UInt64 = 1
    for (voter, uses) in uses.enumerated() {
      for _ in 0..<uses {
        builder.add(
          StepUses.Tweet(id: id, voter: UInt64(voter), text: 0), form: TrendBatch.Form.asItIs, step: 1,
          half: .first)
        id += 1
      }
    }
    return builder.evidence()
  }

  @Test("concentration is the share of the three loudest, those without a vote among them")
  func concentration() {
    let evidence = Self.evidence([20, 3, 2, 1, 1, 1, 1, 1])
    #expect(evidence.users == 7 && evidence.concentration == 25.0 / 30)
    #expect(evidence.squares == 400 + 9 + 4 + 5)
  }

  @Test("six accounts that say it eight times each repeat it; a crowd with a loud few does not")
  func repeated() {
    #expect(Self.evidence([8, 8, 8, 8, 8, 8]).isRepeated)
    #expect(!Self.evidence([8, 3, 1, 1, 1, 1]).isRepeated)
    #expect(!Self.evidence([50, 1, 1, 1, 1, 1]).isRepeated)
  }

  @Test(
    "accounts that share a tweet's id come in their own order, not in that of a hash table", arguments: 0..<40
  )
  func ties(number: UInt64) {
    // The middle text is a near-duplicate of both others, which are none of each other: who comes first decides.
    let texts: [UInt64] = [0xF0F0_F0F0_F0F0_F000, 0xF0F0_F0F0_F0F0_F007, 0xF0F0_F0F0_F0F0_F03F]
    let voters = texts.indices.map { KeyTable.key(number, UInt64($0)) }
    var builder = EvidenceBuilder()
    for (voter, text) in zip(voters, texts) {
      builder.add(StepUses.Tweet(id: 7, voter: voter, text: text), form: 0, step: 1, half: .first)
    }
    let inOrder = texts.indices.sorted { voters[$0] < voters[$1] }.map { texts[$0] }
    #expect(builder.evidence().users == NearDuplicates.firsts(inOrder).count)
  }

  @Test("of two versions of one tweet the same counts, whichever comes first") func versions() {
    let tweets = [0xF0F0_F0F0_F0F0_F000, 0x0F0F_0F0F_0F0F_0F0F].map {
      StepUses.Tweet(id: 7, voter: 1, text: $0)
    }
    let other = StepUses.Tweet(id: 8, voter: 2, text: 0x0F0F_0F0F_0F0F_0F0F)
    let users = [tweets, tweets.reversed()].map { tweets in
      var builder = EvidenceBuilder()
      for tweet in tweets + [other] { builder.add(tweet, form: 0, step: 1, half: .first) }
      return builder.evidence().users
    }
    #expect(users[0] == users[1])
  }

  @Test("the middle one of an odd number of steps lies in neither half") func halves() {
    #expect((0..<4).map { EvidenceBuilder.Half.of($0, of: 4) } == [.first, .first, .second, .second])
    #expect((0..<3).map { EvidenceBuilder.Half.of($0, of: 3) } == [.first, nil, .second])
    #expect(EvidenceBuilder.Half.of(0, of: 1) == nil)
  }
}
