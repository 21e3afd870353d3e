import Bytes
import Testing

@testable import Trends

@Suite struct BacktestTests {
  static let hour: Int64 = 3_600_000

  static func label(
    _ term: String, _ place: String = "world", from: Int64, to: Int64, tweets: Int = 100,
    kind: TrendKind = .hashtag, decoy: String? = nil
  ) -> BacktestLabel {
    BacktestLabel(
      decoy: decoy, kind: kind, term: Array(term.utf8), name: Array(term.utf8), place: Array(place.utf8),
      start: from, peak: (from + to) / 2, end: to, tweets: tweets)
  }

  static func row(_ term: String, _ place: String = "world", end: Int64, kind: TrendKind = .hashtag) -> Trend
  {
    Trend(
      windowStart: end - hour, windowEnd: end, place: Array(place.utf8), kind: kind, term: Array(term.utf8),
      rank: 1, count: 9, users: 9, expected: 1, logP: -5, score: 9, velocity: 1, concentration: 0.25, stage: .new,
      onset: end - hour, variants: [], examples: [])
  }

  static func lines(_ backtest: Backtest) -> [String] {
    var out = ByteBuffer()
    backtest.write(to: &out)
    return out.span.text.split(separator: "\n").map(String.init)
  }

  static func run(_ labels: [BacktestLabel], _ rows: [Trend], kinds: Set<TrendKind> = [.hashtag]) -> Backtest
  {
    var backtest = Backtest(labels: labels, kinds: kinds)
    backtest.add(rows)
    return backtest
  }

  @Test(
    "a burst is found by a window that shares a moment with it",
    arguments: [
      (10, false), (11, true), (12, true), (13, true), (14, false),
    ] as [(Int64, Bool)]) func overlap(end: Int64, isFound: Bool)
  {
    // From 10:00 to 13:00; the first burst's start is earlier, so that all rows count.
    let labels = [
      Self.label("#a", from: 10 * Self.hour, to: 13 * Self.hour), Self.label("#b", from: 0, to: Self.hour),
    ]
    let backtest = Self.run(labels, [Self.row("#a", end: end * Self.hour)])
    #expect(backtest.found[0] == (isFound ? end * Self.hour : nil))
  }

  @Test(
    "a place finds what it holds and what holds it; a language finds nothing",
    arguments: [
      ("world", "place:1", .together), ("place:1", "world", .together), ("country:DE", "world", .together),
      ("country:DE", "country:DE", .together), ("country:DE", "country:FR", .apart),
      ("country:DE", "place:1", .together), ("place:1", "country:DE", .together),
      ("place:1", "place:2", .apart),
      ("lang:de", "world", .unknown), ("lang:de", "country:DE", .unknown),
    ] as [(String, String, Backtest.Places)])
  func places(row: String, burst: String, expected: Backtest.Places) {
    #expect(Backtest.places(Array(row.utf8), Array(burst.utf8)) == expected)
  }

  @Test("delays are of the first window that finds a burst, whatever the order of rows") func delays() {
    let labels = (0..<10).map {
      Self.label("#t\($0)", from: 10 * Self.hour, to: 12 * Self.hour)
    }
    var rows: [Trend] = []
    for index in 0..<10 {
      let early: Int64 = Int64(9 - index) * 60_000
      rows.append(Self.row("#t\(index)", end: 12 * Self.hour - early))
      rows.append(Self.row("#t\(index)", end: 11 * Self.hour - early))
    }
    let lines = Self.lines(Self.run(labels, rows))
    // After 51, 52 … 60 minutes; the peak is an hour behind the start.
    #expect(lines.contains(##"{"type":"backtest","measure":"delay","after":"start","median":55,"p90":59}"##))
    #expect(lines.contains(##"{"type":"backtest","measure":"delay","after":"peak","median":-5,"p90":-1}"##))
  }

  @Test("terms without a right row are false, by the reason of a decoy") func precision() {
    let labels = [
      Self.label("#a", "country:DE", from: 10 * Self.hour, to: 11 * Self.hour),
      Self.label("#b", "country:DE", from: 10 * Self.hour, to: 11 * Self.hour),
      Self.label("#bots", from: 0, to: Self.hour, decoy: "bots"),
    ]
    let rows = [
      Self.row("#a", end: 11 * Self.hour), Self.row("#a", end: 14 * Self.hour),
      Self.row("#a", "lang:de", end: 11 * Self.hour),
      Self.row("#b", "country:FR", end: 11 * Self.hour), Self.row("#bots", end: 30 * Self.hour),
      Self.row("#c", end: 11 * Self.hour), Self.row("#d", end: 11 * Self.hour),
      Self.row("#d", end: 12 * Self.hour), Self.row("#early", end: 10 * Self.hour),
    ]
    let lines = Self.lines(Self.run(labels, rows))
    #expect(
      lines.filter { !$0.contains("delay") } == [
        ##"{"type":"backtest","measure":"recall","share":0.5,"found":1,"of":2}"##,
        ##"{"type":"backtest","measure":"recall","tweets_from":100,"tweets_to":199,"share":0.5,"found":1,"of":2}"##,
        ##"{"type":"backtest","measure":"precision_terms","share":0.2,"right":1,"of":5}"##,
        ##"{"type":"backtest","measure":"precision_rows","share":0.25,"right":2,"of":8}"##,
        ##"{"type":"backtest","measure":"false","reason":"bots","terms":1,"rows":1}"##,
        ##"{"type":"backtest","measure":"false","reason":"elsewhere","terms":1,"rows":1}"##,
        ##"{"type":"backtest","measure":"false","reason":"none","terms":2,"rows":3}"##,
        ##"{"type":"backtest","measure":"missed","tweets":100,"kind":"hashtag","term":"#b","place":"country:DE","start":"1970-01-01T10:00:00.000Z"}"##,
      ])
  }

  @Test("a term of another kind is another term, and kinds that are not counted are left out") func kinds() {
    let labels = [
      Self.label("a", from: 0, to: Self.hour, kind: .phrase),
      Self.label("$a", from: 0, to: Self.hour, kind: .cashtag),
    ]
    let backtest = Self.run(
      labels, [Self.row("a", end: Self.hour, kind: .term)], kinds: [.phrase, .term])
    #expect(backtest.found == [nil])
    #expect(Self.lines(backtest).last == ##"{"type":"backtest","measure":"left_out","labels":1}"##)
  }

  @Test("of nothing there is no share, and without bursts every row is false") func nothing() {
    #expect(
      Self.lines(Self.run([], [])) == [
        ##"{"type":"backtest","measure":"recall","found":0,"of":0}"##,
        ##"{"type":"backtest","measure":"precision_terms","right":0,"of":0}"##,
        ##"{"type":"backtest","measure":"precision_rows","right":0,"of":0}"##,
      ])
    #expect(
      Self.lines(Self.run([], [Self.row("#a", end: 0)])).last
        == ##"{"type":"backtest","measure":"false","reason":"none","terms":1,"rows":1}"##)
  }

  @Test(
    "classes of size begin at 1, 2, 5, 10, 20, 50 and so on",
    arguments: [
      (0, 0), (1, 1), (2, 2), (4, 2), (5, 5), (9, 5), (10, 10), (19, 10), (20, 20), (49, 20), (50, 50),
      (99, 50),
      (100, 100), (1500, 1000), (2000, 2000), (1_000_000, 1_000_000),
    ])
  func sizes(tweets: Int, lowest: Int) { #expect(Backtest.sizeClass(tweets) == lowest) }

  @Test("a row that rules deny finds nothing and counts nowhere") func denied() {
    var row = Self.row("#a", end: 2 * Self.hour)
    row.ruling = .denied(Array("why".utf8))
    let backtest = Self.run([Self.label("#a", from: Self.hour, to: 2 * Self.hour)], [row])
    #expect(backtest.found == [nil] && backtest.terms.isEmpty)
  }
}
