import Testing

@testable import Trends

@Suite struct TrendTextsTests {
  @Test("a window names the day of its end where that is another") func window() {
    #expect(TrendFixture.row("#a", end: 120).windowText == "1970-01-01 01:00–02:00 UTC")
    #expect(TrendFixture.row("#a", end: 1450).windowText == "1970-01-01 23:10 – 1970-01-02 00:10 UTC")
  }

  @Test("numbers are those of the record; below 1e-300 it says so") func numbers() {
    var row = TrendFixture.row("#a", score: 12.3456)
    #expect(row.scoreText == "12.35")
    #expect(row.expectedText == "0.5")
    #expect(row.probabilityText == "5.62e-9")
    row.logP = -412
    #expect(row.probabilityText == "≤1e-300")
  }
}
