internal import Bytes
internal import JSON

/// Reads tweets and events that are written exactly as `TweetWriter` and `Event` do: straight from the bytes, in the writer's
/// order.
///
/// It gives what `JSONParser` and `TweetReader` give, or declines: whatever is wrong, unusual or in another order is for
/// them to judge, so what is accepted or refused does not depend on it. A tokenized tweet of 420 bytes took 8,000
/// instructions by way of a tape and takes 4,000. Reused from line to line; one per thread. - Complexity: O(bytes).
public struct CanonicalReader: ~Copyable {
  private var marks = JSONMarks()

  /// A reader.
  public init() {}

  /// Reads a line into `tweet`, which is reset first. - Returns: nil where it declines; `tweet` then holds nothing of use.
  /// - Parameter parts: what is read, as with `TweetReader`.
  public mutating func read(
    _ line: Span<UInt8>, into tweet: inout Tweet, parts: TweetParts = .all
  ) -> TweetReader.Record? {
    guard line.has("{\"type\":\"", at: 0), marks.find(in: line) else { return nil }
    tweet.reset()
    var cursor = CanonicalCursor(line, marks: marks.span)
    guard cursor.take("{\"type\":\"tweet\",\"id\":\"") else {
      let event = Self.event(&cursor)
      return cursor.isWhole && event.missingField == nil ? .event(event) : nil
    }
    Self.read(&cursor, &tweet, parts)
    if parts != .all { tweet.drop(allBut: parts) }
    return cursor.isWhole ? .tweet : nil
  }

  // From the id's digits on.
  private static func read(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet, _ parts: TweetParts) {
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

  private static func event(_ cursor: inout CanonicalCursor) -> Event {
    cursor.need("{\"type\":\"")
    let name = cursor.bytes.extracting(cursor.plain())
    var event = Event(.delete)
    for kind in Event.Kind.allCases where name.equals(kind.name) { event.kind = kind }
    if !name.equals(event.kind.name) { cursor.fail() }
    if event.kind == .delete, cursor.member("\"id\":\"") { event.tweet = cursor.id() }
    if cursor.member("\"user\":\"") { event.user = cursor.id() }
    switch event.kind {
    case .delete, .userDelete: break
    case .scrubGeo: if cursor.member("\"up_to\":\"") { event.tweet = cursor.id() }
    case .like, .unlike: if cursor.member("\"tweet\":\"") { event.tweet = cursor.id() }
    default: if cursor.member("\"target\":\"") { event.target = cursor.id() }
    }
    if cursor.member("\"at\":\"") { event.at = cursor.time() }
    cursor.close()
    return event
  }
}
