/// One account's tweet that concerns another account or another tweet. 48 bytes.
public struct Engagement: Hashable, Sendable {
  /// How.
  public enum Kind: UInt8, CaseIterable, Sendable { case mention, reply, quote, retweet }

  /// How.
  public var kind: Kind
  /// Who did it; 0 when the record does not tell.
  public var actor: UInt64
  /// Whom it concerns; 0 when the record does not tell.
  public var recipient: UInt64
  /// The tweet that does it.
  public var tweet: UInt64
  /// The tweet that is answered, quoted or retweeted; 0 for a mention, and when the record does not tell.
  public var target: UInt64
  /// When, in ms since 1970.
  public var at: Int64
  /// Whether the record says that who did it is protected.
  public var isProtected: Bool

  /// An engagement.
  public init(
    _ kind: Kind, actor: UInt64, recipient: UInt64, tweet: UInt64, target: UInt64, at: Int64,
    isProtected: Bool = false
  ) {
    self.kind = kind
    self.actor = actor
    self.recipient = recipient
    self.tweet = tweet
    self.target = target
    self.at = at
    self.isProtected = isProtected
  }
}

/// A like that was given or taken back.
public struct LikeChange: Hashable, Sendable {
  /// Who.
  public var user: UInt64
  /// What.
  public var tweet: UInt64
  /// When, in ms since 1970; `oldest` when the event does not tell.
  public var at: Int64
  /// Whether it was given.
  public var isOn: Bool
  /// Before all other times.
  public static let oldest = Int64.min >> 1

  /// A change.
  public init(user: UInt64, tweet: UInt64, at: Int64, isOn: Bool) {
    self.user = user
    self.tweet = tweet
    self.at = at
    self.isOn = isOn
  }
}
