/// What orders hits: the sort, and for relevance what BM25 is multiplied with.
public struct Ranking: Equatable, Sendable {
  /// The order.
  public var sort: SortOrder
  /// What relevance counts beside the words.
  public var weights: Weights
  /// The time that recency is measured from, in ms since 1970; nil: the newest tweet searched.
  public var now: Int64?

  /// An order.
  public init(_ sort: SortOrder = .relevance, weights: Weights = Weights(), now: Int64? = nil) {
    self.sort = sort
    self.weights = weights
    self.now = now
  }
}

/// How much being new and being liked counts. Both are off at 0, which leaves BM25 as it is.
///
///     recency    = 2 ^ (−age / half-life)              age = max(0, now − the tweet's time)
///     engagement = 1 + weight × log2(1 + likes + retweets + replies + quotes)
///
/// A halving by age is the exponential prior of X. Li and W. B. Croft ("Time-Based Language Models", 2003). The logarithm of
/// the counts is what Twitter's own search ranks by (Earlybird's `LinearScoringFunction`): ten likes more matter to a tweet
/// with ten, not to one with a million. `Ranking.md` has examples.
public struct Weights: Equatable, Sendable {
  /// In ms: after so long a tweet is worth half; 0 for any age alike.
  public var halfLife: Int64
  /// What each doubling of the engagement adds, as a share of the relevance; 0 for none.
  public var engagement: Double

  /// Pure BM25, or these.
  public init(halfLife: Int64 = 0, engagement: Double = 0) {
    self.halfLife = halfLife
    self.engagement = engagement
  }

  /// Whether BM25 stays as it is.
  public var isPlain: Bool { halfLife == 0 && engagement == 0 }

  /// The factor of a tweet made at `time`: 0 … 1.
  public func recency(of time: Int64, at now: Int64) -> Double {
    guard halfLife > 0 else { return 1 }
    let age = max(Double(now) - Double(time), 0)
    return PowersOfTwo.power(-age / Double(halfLife))
  }

  /// The factor of a tweet with so many likes, retweets, replies and quotes: at least 1.
  public func engagement(of total: Double) -> Double {
    engagement == 0 ? 1 : 1 + engagement * PowersOfTwo.logarithm(1 + total)
  }
}
