internal import Commits
internal import Records
internal import SearchIndex

/// The length of a bucket of time; all in UTC.
public enum Interval: String, CaseIterable, Sendable {
  case minute, hour, day
  /// From Monday on (ISO 8601).
  case week
  /// Of the calendar.
  case month

  /// The bucket that holds `time`, in ms since 1970: from its start up to, not with, its end.
  public func bucket(holding time: Int64) -> Range<Int64> {
    // A made-up segment may hold any number; calendars end.
    let time = min(max(time, Timestamp.range.lowerBound), Timestamp.range.upperBound)
    switch self {
    case .minute: return whole(60_000, time)
    case .hour: return whole(3_600_000, time)
    case .day: return whole(Timestamp.day, time)
    // 1970 began on a Thursday.
    case .week: return whole(7 * Timestamp.day, time, from: -3 * Timestamp.day)
    case .month:
      let date = Timestamp.civil(Timestamp.dayNumber(time))
      let next = date.month == 12 ? (date.year + 1, 1) : (date.year, date.month + 1)
      let start = Timestamp.days(year: date.year, month: date.month, day: 1) * Timestamp.day
      return start..<Timestamp.days(year: next.0, month: next.1, day: 1) * Timestamp.day
    }
  }

  private func whole(_ length: Int64, _ time: Int64, from origin: Int64 = 0) -> Range<Int64> {
    let since = time - origin
    let start = origin + (since - ((since % length) + length) % length)
    return start..<start + length
  }
}

/// A stretch of time with the tweets in it.
public struct Bucket: Equatable, Sendable {
  /// In ms since 1970.
  public var start: Int64
  /// Tweets, at least one.
  public var count: Int
}

extension Matches {
  /// How many tweets fell into each bucket, in order of time; empty ones are left out.
  ///
  /// - Complexity: O(matches), about 3 ns each. Memory: the buckets.
  public func histogram(_ interval: Interval) throws -> [Bucket] {
    var counts: [Int64: Int] = [:]
    for (place, set) in zip(searcher.segments, sets) {
      try Self.count(place.reader.segment, set, interval, &counts)
    }
    return counts.map { Bucket(start: $0.key, count: $0.value) }.sorted { $0.start < $1.start }
  }

  // Times run nearly in order, so that the bucket of the tweet before mostly holds the next one too.
  private static func count(
    _ segment: Segment, _ set: MatchSet, _ interval: Interval, _ counts: inout [Int64: Int]
  ) throws(SegmentError) {
    var ids = [128 of Int64](repeating: 0)
    var times = [128 of Int64](repeating: 0)
    var bucket: Range<Int64> = 0..<0
    var held = 0
    for block in 0..<(set.documents + 127) / 128 {
      let low = set.words[2 * block]
      let high = 2 * block + 1 < set.words.count ? set.words[2 * block + 1] : 0
      if low | high == 0 { continue }
      let filled = try segment.readTimes(block: block, ids: &ids, into: &times)
      for index in 0..<filled where (index < 64 ? low : high) & (1 << UInt64(index % 64)) != 0 {
        if !bucket.contains(times[index]) {
          if held > 0 { counts[bucket.lowerBound, default: 0] += held }
          bucket = interval.bucket(holding: times[index])
          held = 0
        }
        held += 1
      }
    }
    if held > 0 { counts[bucket.lowerBound, default: 0] += held }
  }
}
