/// Everything about one tweet but its words: those follow from `textSeed`, so a plan can be written out twice and in
/// several formats.
struct TweetCore: Sendable {
  /// A snowflake id that agrees with `time`.
  var id: UInt64
  /// ms since 1970.
  var time: Int64
  var author: Int32
  var language: Language
  var textSeed: UInt64
  /// Index of `Place.all`, or -1: no place given.
  var place: Int16 = -1
  /// Exact coordinates too.
  var hasPoint = false
  /// Index of `Burst.all`, or -1.
  var burst: Int16 = -1
  /// In the shape of the streaming API: `text`, `extended_tweet`, everything escaped to ASCII.
  var isStream = false
  /// Written between seven and nine in the morning where its author lives.
  var isMorning = false
  var replyTo: UInt64 = 0
  var replyAuthor: Int32 = -1
  /// The tweet that began the conversation.
  var conversation: UInt64
  var likes = 0
  var retweets = 0
  var replies = 0
  var quotes = 0
}

/// A tweet with what it embeds.
struct TweetPlan: Sendable {
  var core: TweetCore
  var retweeted: TweetCore?
  var quoted: TweetCore?
}
