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
  /// By time, then by id; of two records of one id by all that they say, so that the order of arrival decides nothing.
  @inlinable public static func < (a: TweetFacts, b: TweetFacts) -> Bool {
    if a.at != b.at { return a.at < b.at }
    if a.id != b.id { return a.id < b.id }
    return (a.author, a.replyTo, a.original, a.originalAuthor, a.protection.rawValue)
      < (b.author, b.replyTo, b.original, b.originalAuthor, b.protection.rawValue)
  }
}
