import QueryGrammar
import Records
import TestSupport
import Testing

@testable import Search

@Suite struct HistogramTests {
  @Test(
    "a bucket holds its time and begins where the calendar says",
    arguments: [
      (Interval.minute, "2018-08-29T20:21:00.000Z"), (.hour, "2018-08-29T20:00:00.000Z"),
      (.day, "2018-08-29T00:00:00.000Z"), (.week, "2018-08-27T00:00:00.000Z"),
      (.month, "2018-08-01T00:00:00.000Z"),
    ])
  func starts(interval: Interval, start: String) {
    let bucket = interval.bucket(holding: 1_535_574_062_123)
    #expect(Timestamp.text(bucket.lowerBound) == start && bucket.contains(1_535_574_062_123))
  }

  @Test("buckets touch one another, before 1970 and at the ends of years too", arguments: Interval.allCases)
  func touch(interval: Interval) {
    for time in [
      -1, 0, -86_400_001, 1_546_300_799_999, 1_546_300_800_000, 951_782_400_000, -62_135_596_800_000,
    ] as [Int64] {
      let bucket = interval.bucket(holding: time)
      #expect(bucket.contains(time))
      #expect(interval.bucket(holding: bucket.upperBound).lowerBound == bucket.upperBound)
      #expect(interval.bucket(holding: bucket.lowerBound - 1).upperBound == bucket.lowerBound)
    }
  }

  @Test("times that no calendar has are no trap", arguments: Interval.allCases) func extremes(
    interval: Interval
  ) {
    for time in [Int64.min, .max] { #expect(!interval.bucket(holding: time).isEmpty) }
  }

  @Test("a histogram counts as a look at every tweet does", arguments: 0..<3) func naive(seed: UInt64) throws
  {
    var random = SeededGenerator(seed: seed)
    let world = AnswerWorld([20, 200, 500][Int(seed)], &random)
    let folder = TemporaryDirectory()
    for searcher in try world.searchers(folder) {
      for (query, word) in [("*", nil), ("heron", "heron")] as [(String, String?)] {
        let matches = try Matches(try QueryParser.parse(query), in: searcher)
        for interval in Interval.allCases {
          let starts = world.tweets.filter { tweet in word.map { tweet.words.contains($0) } ?? true }.map {
            interval.bucket(holding: $0.time).lowerBound
          }
          let naive = Dictionary(starts.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }.map {
            Bucket(start: $0.key, count: $0.value)
          }
          #expect(try matches.histogram(interval) == naive)
        }
      }
    }
  }
}
