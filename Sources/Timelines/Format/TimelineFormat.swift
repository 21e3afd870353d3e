package import Commits

/// Every constant of a timeline segment, and nothing else. The page TimelineFormat.md explains them.
package enum TimelineFormat {
  /// The first bytes of the member `header`.
  package static let magic: [UInt8] = Array("TMTIMELN".utf8)
  /// Tweets of one segment at most: what their facts take while it is built fits the memory a run may use (6 million of 56
  /// bytes). Cuts depend on the input alone.
  package static let tweetsPerSegment = 6_000_000
  /// Accounts that are kept as worth following.
  package static let popular = 50

  /// A part of the timelines, whole ones: the newest tweet's number as varint, then how far each next one lies behind,
  /// less 1. Parts stand before all other members, since they are written as they are made.
  package static func part(_ number: Int) -> String {
    "timelines/" + (number < 10 ? "0" : "") + String(number)
  }
  /// Parts at most.
  package static let parts = 32
  /// Bytes of a part that is followed by another, at least.
  package static let partSize = 48 << 20

  /// Members in the order in which they stand.
  package enum Member: String, CaseIterable, Sendable {
    /// `TimelineHeader`.
    case header
    /// u64 id a user, ascending: users go by their place here.
    case users
    /// u8 a user: `UserFlags`.
    case flags
    /// `TweetRow` a tweet, by time and then id.
    case tweets
    /// u64 each, ascending: ids of tweets here whose rows in older segments no longer stand.
    case superseded
    /// u32 each: authors whose tweets of this segment were not pushed, ascending.
    case pulled
    /// u32 a user and one more: where its tweets begin in the next member.
    case authorOffsets = "by-author/offsets"
    /// u32 a tweet: its number, ascending for each author.
    case authorTweets = "by-author/tweets"
    /// u64 a user and one more: where its timeline begins in the parts, as if they were one (`part`).
    case timelineOffsets = "timelines/offsets"
    /// u64 a user and one more: where its list begins in the next member.
    case followOffsets = "follows/offsets"
    /// Edges without a time: the first followee's number as varint, then the gaps less 1.
    case follows
    /// `ChangeRows` of follow, block, blocked by, mute.
    case changes
    /// `NameTable`.
    case names
    /// u32 deleted tweets, u32 deleted accounts, their ids ascending, u64 each.
    case deletes
    /// u32 a user, u32 how many follow it, the most followed first.
    case popular
    case checksums
  }
}

extension StoreKind {
  /// A folder that `fanout -s` writes.
  package static let timelines = StoreKind(
    manifestType: "timeline-manifest", attribute: "settings", version: 2, oldestVersion: 2,
    noun: "a timeline store", builder: (command: "fanout -s", input: "--graph FILE"))
}

/// What kind of tweet a row tells of.
package struct TweetMarks: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Its record said that its author was protected, or that it was not.
  package static let protected = TweetMarks(rawValue: 1)
  package static let open = TweetMarks(rawValue: 2)
  /// It answers someone.
  package static let reply = TweetMarks(rawValue: 4)
  /// It retweets another: one whose id or whose author is known.
  package static let retweet = TweetMarks(rawValue: 8)

  /// It, what it retweets or the author of either was deleted before the segment was made: it was not pushed.
  package static let hidden = TweetMarks(rawValue: 16)

  /// Those of a tweet.
  package init(_ facts: TweetFacts, isHidden: Bool) {
    self = isHidden ? .hidden : []
    if facts.protection == .protected { insert(.protected) }
    if facts.protection == .open { insert(.open) }
    if facts.replyTo > 0 { insert(.reply) }
    if facts.original > 0 || facts.originalAuthor > 0 { insert(.retweet) }
  }

  /// What the record said.
  var protection: TweetFacts.Protection {
    contains(.protected) ? .protected : contains(.open) ? .open : .unsaid
  }
}

/// What is known of a user of a segment.
package struct UserFlags: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The user began to follow someone in this segment's run: what older segments hold for it is no longer all.
  package static let reset = UserFlags(rawValue: 1)
  /// Nothing was pushed to this user here, since it was silent too long: its timeline is built when it is read.
  package static let unpushed = UserFlags(rawValue: 2)
  /// More was to be pushed than a timeline keeps.
  package static let cut = UserFlags(rawValue: 4)
  /// A tweet of the user says here that its author was protected: of all others nothing need be looked up.
  package static let protected = UserFlags(rawValue: 8)
}
