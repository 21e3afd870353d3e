internal import Bytes
internal import JSON
public import Records
public import TestSupport

/// Tweets with every field present or absent at random, and with hostile strings.
public enum RandomTweet {
  /// Fills every field or leaves it out.
  public static func fill(_ tweet: inout Tweet, _ random: inout SeededGenerator) {
    tweet.reset()
    func flip() -> Bool { Bool.random(using: &random) }
    func id() -> UInt64 {
      UInt64.random(in: 1...UInt64(Int64.max), using: &random) >> UInt64.random(in: 0..<50, using: &random)
        | 1
    }
    func time() -> Int64 { Int64.random(in: -62_000_000_000_000...253_000_000_000_000, using: &random) }
    func count() -> Int64 {
      flip()
        ? -1 : Int64.random(in: 0...Int64.max, using: &random) >> Int64.random(in: 0..<60, using: &random)
    }
    func text(_ tweet: inout Tweet) -> TextRange {
      let pool: [Character] = [
        "a", "Z", "0", " ", "\"", "\\", "\n", "\u{0}", "\u{1F}", "é", "東", "🐦", "#", "\u{2028}",
      ]
      let text = String(
        (0..<Int.random(in: 0..<30, using: &random)).map { _ in pool.randomElement(using: &random) ?? "a" })
      let bytes = Array(text.utf8)
      return tweet.add(bytes.span)
    }
    func maybe(_ tweet: inout Tweet) -> TextRange { flip() ? text(&tweet) : .absent }
    func list(_ tweet: inout Tweet) -> [TextRange] {
      flip() ? [] : (0..<Int.random(in: 1..<4, using: &random)).map { _ in text(&tweet) }
    }
    func reference(_ tweet: inout Tweet, hasText: Bool) -> Reference {
      var reference = Reference(id: id())
      if flip() { reference.userID = id() }
      reference.username = maybe(&tweet)
      if flip() { reference.createdAt = time() }
      if hasText { reference.text = maybe(&tweet) }
      return reference
    }
    tweet.id = id()
    tweet.createdAt = time()
    tweet.text = text(&tweet)
    if flip() {
      var user = User()
      if flip() { user.id = id() }
      user.username = maybe(&tweet)
      user.name = maybe(&tweet)
      user.bio = maybe(&tweet)
      user.location = maybe(&tweet)
      user.followers = count()
      user.following = count()
      user.tweets = count()
      if flip() { user.verified = flip() }
      if flip() { user.protected = flip() }
      if flip() { user.createdAt = time() }
      tweet.user = user
    }
    tweet.lang = maybe(&tweet)
    tweet.hashtags = list(&tweet)
    tweet.cashtags = list(&tweet)
    for _ in 0..<Int.random(in: 0..<3, using: &random) {
      tweet.mentions.append(Mention(id: flip() ? id() : 0, username: maybe(&tweet)))
      tweet.urls.append(Link(url: maybe(&tweet), expanded: maybe(&tweet)))
      tweet.media.append(Media(type: maybe(&tweet), url: maybe(&tweet)))
    }
    if flip() {
      var reply = ReplyTarget()
      if flip() { reply.tweet = id() }
      if flip() { reply.user = id() }
      reply.username = maybe(&tweet)
      tweet.replyTo = reply
    }
    if flip() { tweet.retweetOf = reference(&tweet, hasText: false) }
    if flip() { tweet.quoteOf = reference(&tweet, hasText: true) }
    if flip() { tweet.conversation = id() }
    if flip() {
      var geo = Geo()
      if flip() {
        geo.lon = Double.random(in: -180...180, using: &random)
        geo.lat = flip() ? 0 : Double.random(in: -90...90, using: &random)
      }
      geo.place = maybe(&tweet)
      geo.placeID = maybe(&tweet)
      geo.country = maybe(&tweet)
      tweet.geo = geo
    }
    var counts = Counts()
    counts.likes = count()
    counts.retweets = count()
    counts.replies = count()
    counts.quotes = count()
    if flip() && !counts.isEmpty { tweet.counts = counts }
    tweet.source = maybe(&tweet)
    if flip() { tweet.sensitive = flip() }
    tweet.cluster = maybe(&tweet)
    if flip() {
      let spam = Array(#"{"score":0.5,"parts":[{"rule":"links","é":1}]}"#.utf8)
      tweet.spam = tweet.add(spam.span)
    }
    if flip() {
      tweet.isTokenized = true
      let analyzer = Array("tm1".utf8)
      tweet.analyzer = tweet.add(analyzer.span)
      for _ in 0..<Int.random(in: 0..<8, using: &random) {
        let term = Array(["a", "東京", "#nyc", "nyc"].randomElement(using: &random)?.utf8 ?? "x".utf8)
        tweet.tokens.append(term.span, samePosition: flip())
      }
    }
  }

  /// Its canonical line.
  public static func line(_ tweet: borrowing Tweet) -> String {
    var out = ByteBuffer()
    TweetWriter.write(tweet, to: &out)
    return out.span.text
  }

  /// Reads a canonical line.
  public static func read(_ line: String, into tweet: inout Tweet) throws -> TweetReader.Record {
    var buffer = ByteBuffer()
    buffer.append(string: line)
    var parser = JSONParser()
    try parser.parse(buffer, 0..<buffer.count)
    return try TweetReader.read(parser.root, into: &tweet)
  }
}
