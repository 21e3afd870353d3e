import TestSupport
import Testing

@testable import Trends

@Suite struct StrongestTermsTests {
  typealias Fixture = TrendFixture

  @Test("those shown are what sorting everything gives", arguments: 0..<20 as Range<UInt64>) func twin(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    var terms = StrongestTerms()
    var best: [String: Double] = [:]
    for end in 0..<3000 {
      let term = "#t\(Int.random(in: 0..<700, using: &random))"
      // Few scores, so that equal ones meet.
      let score = Double(Int.random(in: 0..<60, using: &random))
      best[term] = max(best[term] ?? 0, score)
      terms.add([Fixture.row(term, end: Int64(60 + end), users: Int(score), score: score)])
    }
    let expected = best.sorted { a, b in
      a.value != b.value ? a.value > b.value : a.key.utf8.lexicographicallyPrecedes(b.key.utf8)
    }.prefix(StrongestTerms.shownTerms)
    let found = terms.strongest[0].topics
    #expect(found.map { String(decoding: $0.peak.term, as: UTF8.self) } == expected.map(\.key))
    #expect(found.map(\.peak.score) == expected.map(\.value))
    #expect(terms.rows == 3000)
  }

  @Test("a term's peak, end and onset are those of its rows") func topic() throws {
    var terms = StrongestTerms()
    terms.add([
      Fixture.row("#a", end: 60, onset: 10, users: 5, score: 3),
      Fixture.row("#a", end: 65, onset: 10, users: 9, score: 8),
      Fixture.row("#a", end: 70, onset: 10, users: 9, score: 8),
      Fixture.row("#a", end: 400, onset: 350, users: 5, score: 2),
    ])
    let topic = try #require(terms.strongest.first?.topics.first)
    #expect(topic.peak.windowEnd == 65 * Fixture.minute)
    #expect(topic.last.windowEnd == 400 * Fixture.minute)
    #expect(topic.onset == 10 * Fixture.minute)
    #expect(topic.series.episodes == 2)
  }

  @Test("the strongest places are shown, in their order, and always the world") func places() {
    var terms = StrongestTerms()
    terms.add([Fixture.row("#a", score: 0.1)])
    for number in 0..<1000 {
      terms.add([Fixture.row("#a", place: "place:\(1000 + number)", score: Double(number))])
    }
    let names = terms.strongest.map { String(decoding: $0.place.bytes, as: UTF8.self) }
    #expect(names == ["world"] + (1801..<2000).map { "place:\($0)" })
  }
}
