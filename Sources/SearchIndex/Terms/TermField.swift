/// The first byte of every term in the dictionary: what the term was found in. DO NOT CHANGE THESE VALUES: they are on disk.
public enum TermField: UInt8, CaseIterable, Sendable {
  /// A term of the text, with frequencies and positions.
  case text = 0x74  // t
  /// A hashtag without `#`, folded.
  case hashtag = 0x68  // h
  /// A cashtag without `$`, folded.
  case cashtag = 0x63  // c
  /// A handle named in the text, folded.
  case mention = 0x6D  // m
  /// The author's handle, folded.
  case author = 0x61  // a
  /// The author's id, eight bytes big-endian.
  case authorID = 0x41  // A
  /// The handle replied to, folded.
  case replyName = 0x72  // r
  /// The id of the account replied to.
  case replyUser = 0x52  // R
  /// The id of the tweet replied to.
  case replyTweet = 0x70  // p
  /// The handle retweeted, folded.
  case retweetName = 0x62  // b
  /// The id of the account retweeted.
  case retweetUser = 0x42  // B
  /// The id of the tweet retweeted.
  case retweetTweet = 0x77  // w
  /// The id of the tweet quoted.
  case quoteTweet = 0x71  // q
  /// The conversation's id.
  case conversation = 0x6F  // o
  /// A link's host, folded, without `www.`.
  case host = 0x75  // u
  /// A word of a link's address, folded.
  case urlWord = 0x55  // U
  /// Twitter's language code.
  case language = 0x6C  // l
  /// The country's code, folded.
  case country = 0x6E  // n
  /// A place's id, folded.
  case placeID = 0x50  // P
  /// A word of a place's name, folded.
  case placeWord = 0x4E  // N
  /// The app's name, folded whole.
  case source = 0x73  // s
  /// A property such as `media`.
  case flag = 0x66  // f

  /// Whether its terms are ids, eight bytes big-endian.
  public var holdsID: Bool {
    switch self {
    case .authorID, .replyUser, .replyTweet, .retweetUser, .retweetTweet, .quoteTweet, .conversation: true
    default: false
    }
  }

  /// Whether its postings carry frequencies and positions.
  public var hasPositions: Bool { self == .text }
}

/// The properties that `has:`, `is:` and `filter:` ask for, one bit each in the column `flags`. DO NOT RENUMBER.
public enum TweetFlag: Int, CaseIterable, Sendable {
  case media, images, videos, animated, links, hashtags, cashtags, mentions, point, place, reply, retweet,
    quote
  case verified, sensitive, protected, language

  /// The flag's term.
  public var name: StaticString {
    switch self {
    case .media: "media"
    case .images: "images"
    case .videos: "videos"
    case .animated: "animated"
    case .links: "links"
    case .hashtags: "hashtags"
    case .cashtags: "cashtags"
    case .mentions: "mentions"
    case .point: "point"
    case .place: "place"
    case .reply: "reply"
    case .retweet: "retweet"
    case .quote: "quote"
    case .verified: "verified"
    case .sensitive: "sensitive"
    case .protected: "protected"
    case .language: "language"
    }
  }

  /// The flag's bit.
  public var bit: Int64 { 1 << Int64(rawValue) }
}
