/// Parts of a tweet that a reader may leave out, for programs that need few of them: what is refused does not depend on it.
public struct TweetParts: OptionSet, Sendable {
  /// A bit for each part.
  public let rawValue: UInt8

  /// Parts by their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The text, where there are tokens. Without tokens it is always read.
  public static let text = TweetParts(rawValue: 1)
  /// Accounts named in the text.
  public static let mentions = TweetParts(rawValue: 2)
  /// Links, where there are tokens. Without tokens they are always read: their words are the text's.
  public static let links = TweetParts(rawValue: 4)
  /// What stands behind no other name: all of the author but id and, where there is none, handle; of what is repeated or
  /// answered all but the id; media, counts, source and the like.
  public static let rest = TweetParts(rawValue: 8)
  /// Everything.
  public static let all: TweetParts = [.text, .mentions, .links, .rest]
}

extension Tweet {
  /// Empties what is not of `parts`: what a reader of all is left with when it was asked for them alone.
  mutating func drop(allBut parts: TweetParts) {
    if !parts.contains(.text) && isTokenized { text = .absent }
    if !parts.contains(.mentions) { mentions.removeAll(keepingCapacity: true) }
    if !parts.contains(.links) && isTokenized { urls.removeAll(keepingCapacity: true) }
    if parts.contains(.rest) { return }
    if let author = user {
      user = User()
      user?.id = author.id
      if author.id == 0 { user?.username = author.username }
    }
    if let retweet = retweetOf { retweetOf = Reference(id: retweet.id) }
    media.removeAll(keepingCapacity: true)
    replyTo = nil
    quoteOf = nil
    conversation = 0
    counts = nil
    source = .absent
    sensitive = nil
    cluster = .absent
    analyzer = .absent
  }
}
