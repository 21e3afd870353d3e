import Testing

@testable import Trends

@Suite struct LastWindowsTests {
  typealias Fixture = TrendFixture

  @Test("of each place the last window stays, in the order of places") func last() {
    var windows = LastWindows()
    var seen: [String] = []
    windows.add([
      Fixture.row("#a", place: "world", end: 60), Fixture.row("#b", place: "world", end: 60, rank: 2),
      Fixture.row("#a", place: "lang:de", end: 60), Fixture.row("#c", place: "world", end: 65),
      Fixture.row("#d", place: "country:DE", end: 65),
    ]) { seen.append("\(String(decoding: $0.place.bytes, as: UTF8.self)) \($0.rows.count)") }
    #expect(seen == ["world 2", "lang:de 1", "world 1", "country:DE 1"])
    let tables = windows.tables(10)
    #expect(tables.map { String(decoding: $0.rows[0].term, as: UTF8.self) } == ["#c", "#d", "#a"])
    #expect(windows.tables(2).map(\.place.level) == [.world, .country], "the latest")
  }

  @Test("users are those of the episode so far") func users() {
    var windows = LastWindows()
    for (end, onset, users) in [(60, 0, 5), (65, 0, 9), (300, 240, 4), (305, 240, 6), (310, 240, 8)]
      as [(Int64, Int64, Int)]
    {
      windows.add([Fixture.row("#a", end: end, onset: onset, users: users)]) { _ in }
    }
    #expect(windows.tables(1)[0].users == [[4, 6, 8]])
  }

  @Test("terms of one spelling and two kinds are two") func kinds() {
    var windows = LastWindows()
    windows.add([
      Fixture.row("x", users: 3, kind: .term), Fixture.row("x", users: 4, rank: 2, kind: .emoji),
    ]) { _ in }
    #expect(windows.tables(1)[0].users == [[3], [4]])
  }

  @Test("places beyond the bound are dropped, the oldest first, the world never") func bounded() {
    var windows = LastWindows()
    windows.add([Fixture.row("#a", end: 60)]) { _ in }
    for number in 0..<5000 {
      windows.add([Fixture.row("#a", place: "place:\(number)", end: Int64(61 + number))]) { _ in }
    }
    #expect(windows.count <= LastWindows.heldPlaces)
    let tables = windows.tables(3)
    #expect(
      tables.map { String(decoding: $0.place.bytes, as: UTF8.self) } == ["world", "place:4998", "place:4999"])
  }

  @Test("denied rows stand beside the others, and a window of them alone takes no place of one with trends")
  func denied() {
    func hidden(_ place: String, _ end: Int64) -> Trend {
      var row = Fixture.row("#h", place: place, end: end, rank: 0)
      row.ruling = .denied(Array("why".utf8))
      return row
    }
    var windows = LastWindows()
    var seen: [String] = []
    windows.add([
      Fixture.row("#a", end: 60), hidden("world", 60), hidden("lang:de", 60), hidden("world", 65),
      hidden("lang:de", 65),
    ]) { seen.append("\($0.rows.count) \($0.denied.count) \($0.windowText.suffix(9))") }
    #expect(seen == ["1 1 01:00 UTC", "0 1 01:00 UTC", "0 1 01:05 UTC", "0 1 01:05 UTC"])
    let tables = windows.tables(10)
    #expect(tables.map(\.rows.count) == [1, 0] && tables.map(\.denied.count) == [1, 1])
    #expect(tables.map { String($0.windowText.suffix(9)) } == ["01:00 UTC", "01:05 UTC"])
  }
}
