/// What timelines need to know of a tweet. 56 bytes.
public struct TweetFacts: Hashable, Sendable {
  /// What a record said of its author's protection.
  public enum Protection: UInt8, Sendable { case unsaid, open, protected }
  /// Of `replyTo` when a tweet answers one whose author the record does not tell: nobody's id.
  public static let someone = UInt64.max

  /// Its id, at least 1.
  public var id: UInt64
  /// When it was made, in ms since 1970.
  public var at: Int64
  /// Who made it.
  public var author: UInt64
  /// Whom it answers; 0 when it is no reply.
  public var replyTo: UInt64
  /// The tweet that it retweets; 0 when it is no retweet.
  public var original: UInt64
  /// Who made that one; 0 when unknown.
  public var originalAuthor: UInt64
  /// Whether its author was protected when it was made.
  public var protection: Protection

  /// A tweet.
  public init(
    id: UInt64, at: Int64, author: UInt64, replyTo: UInt64 = 0, original: UInt64 = 0,
    originalAuthor: UInt64 = 0, protection: Protection = .unsaid
  ) {
    self.id = id
    self.at = at
    self.author = author
    self.replyTo = replyTo
    self.original = original
    self.originalAuthor = originalAuthor
    self.protection = protection
  }
}

extension TweetFacts: Comparable {
  /// By time, then by id. Of two records of one id the lesser stands, so that the order of arrival decides nothing: the
  /// earlier one; of one time by author, whom it answers, what it retweets and whose that is, where what is not said comes
  /// last; at last the open one before the protected one before the one that does not say.
  @inlinable public static func < (a: TweetFacts, b: TweetFacts) -> Bool {
    if a.at != b.at { return a.at < b.at }
    if a.id != b.id { return a.id < b.id }
    // Less 1, what is not said (0) is the greatest.
    if a.author != b.author { return a.author < b.author }
    if a.replyTo != b.replyTo { return a.replyTo &- 1 < b.replyTo &- 1 }
    if a.original != b.original { return a.original &- 1 < b.original &- 1 }
    if a.originalAuthor != b.originalAuthor { return a.originalAuthor &- 1 < b.originalAuthor &- 1 }
    return a.protection.rawValue &- 1 < b.protection.rawValue &- 1
  }
}
