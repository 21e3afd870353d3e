import Bytes
import TestSupport
import Testing

@testable import Trends

@Suite struct TrendChartTests {
  static func chart(_ rows: [Trend]) -> String {
    var series = UserSeries()
    for row in rows { series.add(row) }
    var out = ByteBuffer()
    TrendChart.append(series, to: &out)
    return out.span.text
  }

  @Test("all that is drawn lies inside, from left to right", arguments: 0..<100 as Range<UInt64>)
  func inside(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var onset: Int64 = 0
    let rows = (0..<Int.random(in: 1...300, using: &random)).map { index in
      if Int.random(in: 0..<4, using: &random) == 0 { onset = Int64(index) }
      return TrendFixture.row(
        "#a", end: Int64(60 + 5 * index), onset: onset, users: Int.random(in: 0...5000, using: &random))
    }
    let svg = Self.chart(rows)
    for match in svg.matches(of: /[ML](-?[0-9.e-]+) (-?[0-9.e-]+)/) {
      let x = try #require(Double(match.1)), y = try #require(Double(match.2))
      #expect(x >= 0 && x <= TrendChart.width && y >= 0 && y <= TrendChart.height, "\(svg)")
    }
    for line in svg.matches(of: /class="users" d="([^"]*)"/) {
      let xs = line.1.matches(of: /[ML]([0-9.]+)/).compactMap { Double($0.1) }
      #expect(xs == xs.sorted())
    }
    #expect(TrendFixture.isBalanced(svg), "\(svg)")
  }

  @Test("a single window is a dot over a dash") func single() {
    #expect(
      Self.chart([TrendFixture.row("#a", users: 10)]).hasSuffix(
        "<path class=\"expected\" d=\"M115 48.7L125 48.7\"/><circle r=\"2.5\" cx=\"120\" cy=\"5\"/></svg>"))
  }
}
