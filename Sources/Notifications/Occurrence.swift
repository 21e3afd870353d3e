internal import Activity
internal import Bytes

/// An engagement or a change of a like as it is sorted: what concerns one tweet together, likes of one pair in order of time.
struct Occurrence: SortedRow {
  /// How, in the order in which a tweet's occurrences are read.
  enum Kind: UInt8 { case mention, reply, quote, retweet, like }

  /// The tweet that is answered, quoted, retweeted or liked; 0 for a mention, and when it is unknown.
  var target: UInt64
  var kind: Kind
  /// Whether the record of `tweet` says that its author is protected.
  var isProtected = false
  var actor: UInt64
  /// The tweet that does it; of a like `target`.
  var tweet: UInt64
  /// Whom it concerns, as the record tells; 0 when it does not.
  var recipient: UInt64 = 0
  /// Twice the time in ms since 1970, and 1 where a like is taken back: that comes last among equal times.
  var stamp: Int64

  var at: Int64 { stamp >> 1 }
  var isOn: Bool { stamp & 1 == 0 }

  init(_ engagement: Engagement) {
    target = engagement.target
    kind =
      switch engagement.kind {
      case .mention: .mention
      case .reply: .reply
      case .quote: .quote
      case .retweet: .retweet
      }
    isProtected = engagement.isProtected
    actor = engagement.actor
    tweet = engagement.tweet
    recipient = engagement.recipient
    stamp = Self.stamp(engagement.at, isOn: true)
  }

  init(_ like: LikeChange) {
    target = like.tweet
    kind = .like
    actor = like.user
    tweet = like.tweet
    stamp = Self.stamp(like.at, isOn: like.isOn)
  }

  // Times that twice would overflow are those of no record: they are moved to the ends.
  private static func stamp(_ at: Int64, isOn: Bool) -> Int64 {
    min(max(at, Int64.min >> 1), Int64.max >> 1) << 1 | (isOn ? 0 : 1)
  }

  /// Whether both are of one account, one tweet and one kind: they count once.
  func isOne(with other: Occurrence) -> Bool {
    target == other.target && kind == other.kind && actor == other.actor && tweet == other.tweet
  }

  static func < (a: Occurrence, b: Occurrence) -> Bool {
    if a.target != b.target { return a.target < b.target }
    if a.kind != b.kind { return a.kind.rawValue < b.kind.rawValue }
    if a.actor != b.actor { return a.actor < b.actor }
    if a.tweet != b.tweet { return a.tweet < b.tweet }
    if a.stamp != b.stamp { return a.stamp < b.stamp }
    if a.recipient != b.recipient { return a.recipient < b.recipient }
    return !a.isProtected && b.isProtected
  }

  // MARK: In a file

  static var width: Int { 42 }

  func append(to out: inout ByteBuffer) {
    for value in [target, actor, tweet, recipient] { out.append(littleEndian: value) }
    out.append(littleEndian: stamp)
    out.append(kind.rawValue)
    out.append(isProtected ? 1 : 0)
  }

  init(_ bytes: Span<UInt8>, at offset: Int) {
    target = bytes.word(at: offset)
    actor = bytes.word(at: offset + 8)
    tweet = bytes.word(at: offset + 16)
    recipient = bytes.word(at: offset + 24)
    stamp = Int64(bitPattern: bytes.word(at: offset + 32))
    kind = Kind(rawValue: bytes[offset + 40]) ?? .mention
    isProtected = bytes[offset + 41] == 1
  }
}
