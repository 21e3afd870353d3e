/// Tells a leap of the data from a clock that runs ahead: a tweet more than a day behind the latest waits, and does not
/// move the watermark, until two later ones bear it out (they are no more than a day before it) or contradict it.
struct TweetsAhead {
  struct Tweet: Equatable {
    var time: Int64
    var id: UInt64
    var voter: UInt64
    /// Later tweets that bear it out, and those that contradict it.
    var borneOut = 0
    var contradicted = 0
    /// Whether a run before read it.
    var isInherited = false
  }

  /// How far a tweet may lie behind the latest without waiting, in ms.
  static let leap: Int64 = 86_400_000
  /// Later tweets that decide.
  static let enough = 2

  /// Those that wait, in input order.
  private(set) var waiting: [Tweet] = []
  /// The first tweet of all, while it is the only one.
  private(set) var first: Tweet?
  /// Those that were contradicted, since they were last taken.
  private var refused: [Tweet] = []

  /// The latest time that is believed when a tweet comes, before it is taken: nil again where it contradicts the first of
  /// all, which then waits like others.
  mutating func reconsider(_ sighting: TrendBatch.Sighting, latest: Int64?) -> Int64? {
    guard let alone = first else { return latest }
    first = nil
    if sighting.time >= alone.time - Self.leap { return latest }
    // That this tweet contradicts it is counted when it is taken.
    waiting = [alone]
    return nil
  }

  /// Takes a tweet that is not late, and gives the latest time that is believed now.
  mutating func admit(_ sighting: TrendBatch.Sighting, latest: Int64?) -> Int64? {
    if latest == nil && waiting.isEmpty {
      first = Tweet(time: sighting.time, id: sighting.id, voter: sighting.voter)
      return sighting.time
    }
    if waiting.isEmpty, let latest, sighting.time <= latest + Self.leap { return max(latest, sighting.time) }
    for index in waiting.indices {
      if sighting.time >= waiting[index].time - Self.leap {
        waiting[index].borneOut += 1
      } else {
        waiting[index].contradicted += 1
      }
    }
    waiting.append(Tweet(time: sighting.time, id: sighting.id, voter: sighting.voter))
    return settle(latest)
  }

  private mutating func settle(_ latest: Int64?) -> Int64? {
    refused += waiting.filter { $0.contradicted >= Self.enough }
    waiting.removeAll { $0.contradicted >= Self.enough }
    var latest = latest
    while let index = waiting.firstIndex(where: { tweet in
      tweet.borneOut >= Self.enough || latest.map { tweet.time <= $0 + Self.leap } ?? false
    }) {
      latest = max(latest ?? .min, waiting[index].time)
      waiting.remove(at: index)
    }
    return latest
  }

  /// Tweets that are not to be counted after all.
  mutating func takeRefused() -> [Tweet] {
    if refused.isEmpty { return [] }
    let taken = refused
    refused = []
    return taken
  }

  /// The input has ended: believes all that are not contradicted. - Returns: the latest time that is believed then.
  mutating func release(_ latest: Int64?) -> Int64? {
    refused += waiting.filter { $0.contradicted > $0.borneOut }
    let believed = waiting.filter { $0.contradicted <= $0.borneOut }.map(\.time).max()
    waiting = []
    first = nil
    return [latest, believed].compactMap { $0 }.max()
  }

  /// As a state had it.
  mutating func restore(_ tweets: [Tweet], first: Tweet?) {
    waiting = tweets
    self.first = first
    self.first?.isInherited = true
    for index in waiting.indices { waiting[index].isInherited = true }
  }
}
