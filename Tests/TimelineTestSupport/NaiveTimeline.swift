/// The contract's sentence on timelines (DESIGN §8) and nothing else: what every faster way is measured by.
///
/// Looks at all records for every question, whatever their order. Not for more than thousands of them.
public struct NaiveTimeline {
  /// What is known of a tweet here.
  public struct Tweet: Hashable, Sendable {
    /// Its id.
    public var id: UInt64
    /// Who made it.
    public var author: UInt64
    /// When.
    public var at: Int64
    /// Whom it answers.
    public var replyTo: UInt64?
    /// The tweet that it retweets.
    public var retweetOf: UInt64?
    /// Who made that one.
    public var retweetedAuthor: UInt64?
    /// Whether its author was protected when it was made; nil where the record does not say.
    public var isProtected: Bool?

    /// A tweet.
    public init(
      _ id: UInt64, by author: UInt64, at: Int64, replyTo: UInt64? = nil, retweetOf: UInt64? = nil,
      from retweetedAuthor: UInt64? = nil, isProtected: Bool? = nil
    ) {
      self.isProtected = isProtected
      self.id = id
      self.author = author
      self.at = at
      self.replyTo = replyTo
      self.retweetOf = retweetOf
      self.retweetedAuthor = retweetedAuthor
    }
  }

  /// A record of the input.
  public enum Entry: Hashable, Sendable {
    case tweet(Tweet)
    case deleted(tweet: UInt64)
    case userDeleted(UInt64)
    /// An edge without a time.
    case edge(UInt64, UInt64)
    case change(Change)
  }

  /// A relation that begins or ends.
  public struct Change: Hashable, Sendable {
    /// Of `protected` the target is the account itself.
    public enum Kind: CaseIterable, Sendable { case follow, block, mute, protected }
    /// Which relation.
    public var kind: Kind
    /// Who has it.
    public var user: UInt64
    /// To whom.
    public var target: UInt64
    /// From when on.
    public var at: Int64
    /// Whether it begins.
    public var isOn: Bool

    /// A change.
    public init(_ kind: Kind, _ user: UInt64, _ target: UInt64, at: Int64, on isOn: Bool = true) {
      self.kind = kind
      self.user = user
      self.target = target
      self.at = at
      self.isOn = isOn
    }
  }

  /// All records, in any order, repeated or not.
  public var entries: [Entry]
  /// The most tweets that a timeline has.
  public var cap: Int

  /// A model of some records.
  public init(_ entries: [Entry], cap: Int = 800) {
    self.entries = entries
    self.cap = cap
  }

  /// The ids of Timeline(user, T), the newest first; of one time the larger id first.
  public func timeline(_ user: UInt64, at time: Int64) -> [UInt64] {
    let shown = tweets.filter { shows($0, to: user, at: time) }
    return shown.sorted { ($0.at, $0.id) > ($1.at, $1.id) }.prefix(cap).map(\.id)
  }

  /// The record of each id that stands: the earliest; then the one with the lesser author, the lesser account answered,
  /// original and its author, unsaid ones last; then the open one, the protected one, the one that does not say.
  private var tweets: [Tweet] {
    var standing: [UInt64: Tweet] = [:]
    for case .tweet(let tweet) in entries {
      if let other = standing[tweet.id], !Self.stands(tweet, before: other) { continue }
      standing[tweet.id] = tweet
    }
    return Array(standing.values)
  }

  private static func stands(_ a: Tweet, before b: Tweet) -> Bool {
    if a.at != b.at { return a.at < b.at }
    if a.author != b.author { return a.author < b.author }
    for field in [\Tweet.replyTo, \.retweetOf, \.retweetedAuthor] where a[keyPath: field] != b[keyPath: field]
    {
      guard let one = a[keyPath: field] else { return false }
      return b[keyPath: field].map { one < $0 } ?? true
    }
    let rank: (Bool?) -> Int = { $0.map { $0 ? 1 : 0 } ?? 2 }
    return rank(a.isProtected) < rank(b.isProtected)
  }

  /// Whether a tweet is of the timeline, were there room for all.
  public func shows(_ tweet: Tweet, to user: UInt64, at time: Int64) -> Bool {
    // Made by T, by the user and by accounts that the user follows at T.
    guard tweet.at <= time, tweet.author == user || follows(user, tweet.author, at: time) else {
      return false
    }
    // Less what is deleted; deleting a tweet also hides retweets of it.
    if isGone(tweet) { return false }
    // Less what blocks in either direction and mutes in force at T hide, in retweets too.
    if hides(tweet.author, from: user, at: time) { return false }
    if let author = tweet.retweetedAuthor, hides(author, from: user, at: time) { return false }
    // A reply shows to its author, and to those who follow its author and either follow or are the one replied to.
    if let other = tweet.replyTo, tweet.author != user, other != user, !follows(user, other, at: time) {
      return false
    }
    // A protected author's tweets reach followers only.
    if let author = tweet.retweetedAuthor, isProtected(author, at: time), author != user,
      !follows(user, author, at: time)
    {
      return false
    }
    return true
  }

  /// Whether `user` follows `other` at `time`.
  public func follows(_ user: UInt64, _ other: UInt64, at time: Int64) -> Bool {
    isOn(.follow, user, other, at: time)
  }

  /// Whether a relation is in force: by the latest change until then; of two at one time the ending one holds. Edges
  /// are follows from before all changes.
  public func isOn(_ kind: Change.Kind, _ user: UInt64, _ other: UInt64, at time: Int64) -> Bool {
    var state = kind == .follow && entries.contains(.edge(user, other))
    var latest = Int64.min
    for case .change(let change) in entries
    where change.kind == kind && change.user == user && change.target == other && change.at <= time {
      if change.at > latest {
        state = change.isOn
      } else if change.at == latest {
        state = state && change.isOn
      }
      latest = max(latest, change.at)
    }
    return state
  }

  private func hides(_ author: UInt64, from user: UInt64, at time: Int64) -> Bool {
    isOn(.block, user, author, at: time) || isOn(.block, author, user, at: time)
      || isOn(.mute, user, author, at: time)
  }

  // By the latest of its tweets until then that says so and was not deleted, the open one of two at one time; where none
  // does, by the changes.
  private func isProtected(_ author: UInt64, at time: Int64) -> Bool {
    let said = tweets.filter {
      $0.author == author && $0.at <= time && $0.isProtected != nil && !isGone($0)
    }
    guard let latest = said.map(\.at).max() else { return isOn(.protected, author, author, at: time) }
    return said.allSatisfy { $0.at < latest || $0.isProtected == true }
  }

  // Whether it, what it retweets or the author of either was deleted: tombstones win whatever the order, and have no time.
  private func isGone(_ tweet: Tweet) -> Bool {
    entries.contains { entry in
      switch entry {
      case .deleted(let id): id == tweet.id || id == tweet.retweetOf
      case .userDeleted(let user): user == tweet.author || user == tweet.retweetedAuthor
      default: false
      }
    }
  }
}
