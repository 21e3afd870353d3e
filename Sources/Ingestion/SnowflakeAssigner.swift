internal import Records

/// Ids for records that have a time and none: by millisecond, worker and a sequence in input order.
///
/// 4096 ids fit a millisecond; what exceeds them goes on in the next one, as Snowflake itself waits for it. Memory: 16 to
/// 32 bytes for each millisecond in use.
struct SnowflakeAssigner {
  private let worker: Int
  /// Ids used of each millisecond.
  private var used: [Int64: Int] = [:]
  /// For a full millisecond, a later one to go on with.
  private var next: [Int64: Int64] = [:]

  init(worker: Int) { self.worker = worker }

  /// Whether a time can be in an id at all.
  static func canHold(_ time: Int64) -> Bool {
    // The last minute before 2^41 ms is left to what overflows.
    time >= Snowflake.epoch && time < Snowflake.epoch + 1 << 41 - 60_000
  }

  /// The next id of `time`, or nil when no id can hold it.
  mutating func assign(_ time: Int64) -> UInt64? {
    var place = time
    var passed: [Int64] = []
    while let later = next[place] {
      passed.append(place)
      place = later
    }
    for full in passed { next[full] = place }
    let sequence = used[place, default: 0]
    used[place] = sequence + 1
    if sequence == 4095 { next[place] = place + 1 }
    return Snowflake.make(milliseconds: place, worker: worker, sequence: sequence)
  }
}
