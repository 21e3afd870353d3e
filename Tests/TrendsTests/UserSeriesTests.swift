import TestSupport
import Testing

@testable import Trends

@Suite struct UserSeriesTests {
  @Test("every window is a point as long as there is room") func small() {
    var series = UserSeries()
    for index in 0..<UserSeries.capacity {
      series.add(TrendFixture.row("#a", end: Int64(60 + index), users: index))
    }
    #expect(series.points.map(\.users) == Array(0..<UserSeries.capacity))
    #expect(series.windows == UserSeries.capacity)
    #expect(series.episodes == 1)
  }

  @Test(
    "however long, it is bounded, in order, and keeps its highest point", arguments: 0..<50 as Range<UInt64>)
  func bounded(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var series = UserSeries()
    var onset: Int64 = 0
    var most = 0
    let count = Int.random(in: 1...5000, using: &random)
    for index in 0..<count {
      if Int.random(in: 0..<10, using: &random) == 0 { onset = Int64(index) }
      let users = Int.random(in: 0...1_000_000, using: &random)
      most = max(most, users)
      series.add(TrendFixture.row("#a", end: Int64(60 + index), onset: onset, users: users))
    }
    #expect(series.points.count <= UserSeries.capacity)
    #expect(series.points.count >= min(count, UserSeries.capacity / 2))
    #expect(series.points.map(\.users).max() == most)
    #expect(series.windows == count)
    for (a, b) in zip(series.points, series.points.dropFirst()) {
      #expect(a.end < b.end)
      #expect(a.episode <= b.episode)
    }
  }

  @Test("another onset begins another episode") func episodes() {
    var series = UserSeries()
    for (end, onset) in [(60, 0), (65, 0), (400, 370), (405, 370)] as [(Int64, Int64)] {
      series.add(TrendFixture.row("#a", end: end, onset: onset))
    }
    #expect(series.points.map(\.episode) == [0, 0, 1, 1])
    #expect(series.episodes == 2)
  }
}
