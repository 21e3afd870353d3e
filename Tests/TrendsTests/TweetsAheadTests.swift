import Testing

@testable import Trends

@Suite struct TweetsAheadTests {
  static let day: Int64 = 86_400_000

  // The latest time after all, the ids that were refused, and the latest once the input has ended.
  static func run(_ times: [Int64]) -> (latest: Int64?, refused: [UInt64], end: Int64?) {
    var ahead = TweetsAhead()
    var latest: Int64?
    var refused: [UInt64] = []
    for (index, time) in times.enumerated() {
      let sighting = TrendBatch.Sighting(
        time: time * day, id: UInt64(index), voter: 1, text: 0, placesEnd: 0, usesEnd: 0)
      latest = ahead.reconsider(sighting, latest: latest)
      latest = ahead.admit(sighting, latest: latest)
      refused += ahead.takeRefused().map(\.id)
    }
    let end = ahead.release(latest)
    refused += ahead.takeRefused().map(\.id)
    return (latest.map { $0 / day }, refused, end.map { $0 / day })
  }

  @Test("one or two clocks far ahead do not move the latest time") func clocks() {
    #expect(Self.run([0, 0, 0, 9000, 0, 1, 1]).refused == [3])
    #expect(Self.run([0, 0, 0, 9000, 0, 1, 1]).latest == 1)
    #expect(Self.run([0, 0, 0, 9000, 9000, 0, 0, 1]).refused.sorted() == [3, 4])
    #expect(Self.run([0, 0, 0, 9000, 9000, 0, 0, 1]).latest == 1)
  }

  @Test("not even the first of all") func first() {
    let result = Self.run([9000, 0, 0, 0])
    #expect(result.refused == [0] && result.latest == 0)
    #expect(Self.run([9000]).latest == 9000 && Self.run([9000, 9000, 9001]).latest == 9001)
  }

  @Test("a gap in the data is believed with the third tweet behind it, and nothing is refused") func gap() {
    #expect(Self.run([0, 0, 0, 50, 50]).latest == 0)
    let result = Self.run([0, 0, 0, 50, 50, 50])
    #expect(result.latest == 50 && result.refused.isEmpty)
  }

  @Test("an account that tweets once a month is believed all along") func sparse() {
    let result = Self.run([0, 30, 60, 90, 120])
    #expect(result.refused.isEmpty && result.latest == 60 && result.end == 120)
  }
}
