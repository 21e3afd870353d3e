/// Tweet ids that carry their time: 41 bits of milliseconds, 10 of worker, 12 of sequence.
///
/// Source: Twitter's Snowflake announcement and code (2010); the epoch is 2010-11-04T01:42:54.657Z.
public enum Snowflake {
  /// The epoch, in ms since 1970.
  public static let epoch: Int64 = 1_288_834_974_657
  /// Ids from here on are snowflakes (the contract's §3).
  public static let first: UInt64 = 29_700_859_248

  /// Whether `id` carries a time.
  public static func isSnowflake(_ id: UInt64) -> Bool { id >= first && id <= UInt64(Int64.max) }

  /// The time in `id`, in ms since 1970; nil for older ids.
  public static func time(_ id: UInt64) -> Int64? {
    isSnowflake(id) ? Int64(id >> 22) + epoch : nil
  }

  /// The lowest id of a millisecond; 0 for times before the epoch.
  public static func firstID(at milliseconds: Int64) -> UInt64 {
    milliseconds <= epoch ? 0 : UInt64(milliseconds - epoch) << 22
  }

  /// An id of one's own. - Returns: nil when a part does not fit.
  public static func make(milliseconds: Int64, worker: Int, sequence: Int) -> UInt64? {
    let elapsed = milliseconds - epoch
    guard elapsed >= 0, elapsed < 1 << 41, (0..<1024).contains(worker), (0..<4096).contains(sequence) else {
      return nil
    }
    return UInt64(elapsed) << 22 | UInt64(worker) << 12 | UInt64(sequence)
  }
}
