import Testing

@testable import Trends

@Suite struct DeniedTermsTests {
  static func row(_ term: String, score: Double, reason: String = "spam") -> Trend {
    var row = TrendFixture.row(term, score: score, rank: 0)
    row.ruling = .denied(Array(reason.utf8))
    return row
  }

  @Test("the strongest come first, each with the reason of its strongest row") func strongest() {
    var denied = DeniedTerms()
    for (term, score, reason) in [
      ("#b", 1.0, "x"), ("#a", 5, "y"), ("#b", 7, "z"), ("#b", 2, "w"), ("#c", 5, "v"),
    ] {
      denied.add(Self.row(term, score: score, reason: reason))
    }
    #expect(denied.strongest.map { String(decoding: $0.peak.term, as: UTF8.self) } == ["#b", "#a", "#c"])
    #expect(denied.strongest.map { String(decoding: $0.reason, as: UTF8.self) } == ["z", "y", "v"])
    #expect(denied.strongest.map(\.rows) == [3, 1, 1] && denied.rows == 5)
  }

  @Test("of any number of terms those with the highest scores are shown") func bounded() {
    var denied = DeniedTerms()
    for number in 0..<5000 { denied.add(Self.row("#\(number)", score: Double(number * 7919 % 5000))) }
    #expect(denied.rows == 5000)
    #expect(denied.strongest.map(\.peak.score) == (0..<DeniedTerms.shownTerms).map { 4999 - Double($0) })
  }
}
