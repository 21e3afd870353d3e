/// Where a page of a timeline ended, as text: of which commit, whose, as of when, and behind which tweet. It keeps nothing
/// alive.
public struct TimelineCursor: Equatable, Sendable {
  /// The commit.
  public var generation: Int
  /// Whose timeline, or by whom.
  public var user: UInt64
  /// Whether it is a list of what the user made, not of what it sees.
  public var isByUser: Bool
  /// As of when, in ms since 1970; nil for all that is known.
  public var time: Int64?
  /// The last tweet that was shown.
  public var at: Int64
  /// Its id.
  public var tweet: UInt64

  /// A cursor.
  public init(generation: Int, user: UInt64, isByUser: Bool, time: Int64?, at: Int64, tweet: UInt64) {
    self.generation = generation
    self.user = user
    self.isByUser = isByUser
    self.time = time
    self.at = at
    self.tweet = tweet
  }

  /// Reads what `text` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "t1", let generation = Int(parts[1]), generation > 0,
      parts[2] == "h" || parts[2] == "u", let user = UInt64(parts[3]), let at = Int64(parts[5]),
      let tweet = UInt64(parts[6])
    else { return nil }
    let time = Int64(parts[4])
    guard time != nil || parts[4] == "now" else { return nil }
    self.init(
      generation: generation, user: user, isByUser: parts[2] == "u", time: time, at: at, tweet: tweet)
  }

  /// As `--cursor` takes it.
  public var text: String {
    "t1.\(generation).\(isByUser ? "u" : "h").\(user).\(time.map(String.init) ?? "now").\(at).\(tweet)"
  }

  /// Whether an entry comes behind the page.
  public func isBefore(_ entry: TimelineEntry) -> Bool { (entry.at, entry.tweet) < (at, tweet) }
}
