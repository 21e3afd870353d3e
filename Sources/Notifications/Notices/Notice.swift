internal import Activity
internal import Bytes
internal import JSON
internal import Records

/// One thing that a user is told of.
struct Notice: Hashable {
  /// What happened, in the order of the names.
  enum Kind: UInt8, CaseIterable {
    case follow, like, mention, quote, reply, retweet

    /// As it stands in a record.
    var name: StaticString {
      switch self {
      case .follow: "follow"
      case .like: "like"
      case .mention: "mention"
      case .quote: "quote"
      case .reply: "reply"
      case .retweet: "retweet"
      }
    }
  }
  /// Of what happened at no known time: before all others.
  static let untimed = LikeChange.oldest

  var kind: Kind
  /// Who is told.
  var user: UInt64
  /// Who did it.
  var actor: UInt64
  /// The tweet that does it, of a like the one liked; 0 of a follow.
  var tweet: UInt64
  /// When, in ms since 1970, or `untimed`.
  var at: Int64

  /// Appends the `notification` record of DESIGN §3 and a newline.
  func write(to out: inout ByteBuffer) {
    out.append("{\"type\":\"notification\",\"id\":\"")
    out.append(kind.name)
    for part in tweet > 0 ? [user, actor, tweet] : [user, actor] {
      out.append(UInt8(ascii: ":"))
      out.append(decimal: part)
    }
    out.append("\",\"user\":\"")
    out.append(decimal: user)
    out.append("\",\"kind\":\"")
    out.append(kind.name)
    out.append("\",\"actor\":\"")
    out.append(decimal: actor)
    if tweet > 0 {
      out.append("\",\"tweet\":\"")
      out.append(decimal: tweet)
    }
    if at > Self.untimed {
      out.append("\",\"at\":\"")
      Timestamp.append(at, to: &out)
    }
    out.append("\"}\n")
  }

  // MARK: In a file

  static let width = 33

  func append(to out: inout ByteBuffer) {
    for value in [user, actor, tweet] { out.append(littleEndian: value) }
    out.append(littleEndian: at)
    out.append(kind.rawValue)
  }

  init(_ bytes: Span<UInt8>, at offset: Int) {
    user = bytes.word(at: offset)
    actor = bytes.word(at: offset + 8)
    tweet = bytes.word(at: offset + 16)
    at = Int64(bitPattern: bytes.word(at: offset + 24))
    kind = Kind(rawValue: bytes[offset + 32]) ?? .mention
  }

  init(_ kind: Kind, user: UInt64, actor: UInt64, tweet: UInt64, at: Int64) {
    self.kind = kind
    self.user = user
    self.actor = actor
    self.tweet = tweet
    self.at = at
  }
}
