internal import Bytes
internal import JSON

/// Reads tweets that are written exactly as `TweetWriter` does: straight from the bytes, in the writer's order.
///
/// It gives what `JSONParser` and `TweetReader` give, or declines: whatever is wrong, unusual or in another order is for
/// them to judge, so what is accepted or refused does not depend on it. A tokenized tweet of 420 bytes took 8,000
/// instructions by way of a tape and takes 4,000. Reused from line to line; one per thread. - Complexity: O(bytes).
public struct CanonicalReader: ~Copyable {
  private var marks = JSONMarks()

  /// A reader.
  public init() {}

  /// Reads a line into `tweet`, which is reset first. - Returns: false where it declines; `tweet` then holds nothing of use.
  /// - Parameter parts: what is read, as with `TweetReader`.
  public mutating func read(_ line: Span<UInt8>, into tweet: inout Tweet, parts: TweetParts = .all) -> Bool {
    guard line.has("{\"type\":\"tweet\",\"id\":\"", at: 0), marks.find(in: line) else { return false }
    tweet.reset()
    var cursor = CanonicalCursor(line, marks: marks.span)
    Self.read(&cursor, &tweet, parts)
    if parts != .all { tweet.drop(allBut: parts) }
    return cursor.isWhole
  }

  private static func read(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet, _ parts: TweetParts) {
    cursor.need("{\"type\":\"tweet\",\"id\":\"")
    tweet.id = cursor.id()
    cursor.need(",\"created_at\":\"")
    tweet.createdAt = cursor.time()
    if cursor.member("\"user\":") { tweet.user = user(&cursor, &tweet, isWhole: parts.contains(.rest)) }
    cursor.need(",\"text\":\"")
    tweet.text = cursor.text(&tweet)
    if cursor.member("\"lang\":\"") { tweet.lang = cursor.text(&tweet) }
    if cursor.member("\"hashtags\":[") { strings(&cursor, &tweet) { $0.hashtags.append($1) } }
    if cursor.member("\"cashtags\":[") { strings(&cursor, &tweet) { $0.cashtags.append($1) } }
    if cursor.member("\"mentions\":[") { mentions(&cursor, &tweet) }
    if cursor.member("\"urls\":[") { links(&cursor, &tweet) }
    if cursor.member("\"media\":[") { media(&cursor, &tweet) }
    if cursor.member("\"reply_to\":") { tweet.replyTo = reply(&cursor, &tweet) }
    if cursor.member("\"retweet_of\":") { tweet.retweetOf = reference(&cursor, &tweet) }
    if cursor.member("\"quote_of\":") { tweet.quoteOf = reference(&cursor, &tweet) }
    if cursor.member("\"conversation_id\":\"") { tweet.conversation = cursor.id() }
    if cursor.member("\"geo\":") { tweet.geo = geo(&cursor, &tweet) }
    if cursor.member("\"counts\":") { tweet.counts = counts(&cursor) }
    if cursor.member("\"source\":\"") { tweet.source = cursor.text(&tweet) }
    if cursor.member("\"sensitive\":") { tweet.sensitive = cursor.bool() }
    if cursor.member("\"cluster\":\"") { tweet.cluster = cursor.text(&tweet) }
    if cursor.member("\"analyzer\":\"") { tweet.analyzer = cursor.text(&tweet) }
    if cursor.member("\"tokens\":[") {
      tweet.isTokenized = true
      cursor.terms(into: &tweet.tokens)
    }
    cursor.close()
  }
}
