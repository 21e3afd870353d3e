public import Bytes
internal import JSON

/// Writes the canonical record: keys in the contract's order, absent fields left out, a newline at the end.
public enum TweetWriter {
  /// Appends `tweet` as one line. - Returns: where in `out` the field `cluster` stands, or would. - Complexity: O(bytes).
  @discardableResult
  public static func write(_ tweet: borrowing Tweet, to out: inout ByteBuffer) -> Int {
    out.append("{\"type\":\"tweet\",\"id\":\"")
    out.append(decimal: tweet.id)
    out.append("\",\"created_at\":\"")
    Timestamp.append(tweet.createdAt, to: &out)
    out.append(UInt8(ascii: "\""))
    if let user = tweet.user { write(user, tweet, &out) }
    string(",\"text\":", tweet.text, tweet, &out)
    string(",\"lang\":", tweet.lang, tweet, &out)
    list(",\"hashtags\":[", tweet.hashtags, tweet, &out)
    list(",\"cashtags\":[", tweet.cashtags, tweet, &out)
    writeMentions(tweet, &out)
    writeLinks(tweet, &out)
    writeReferences(tweet, &out)
    if tweet.conversation > 0 { id(",\"conversation_id\":\"", tweet.conversation, &out) }
    if let geo = tweet.geo { write(geo, tweet, &out) }
    if let counts = tweet.counts, !counts.isEmpty { write(counts, &out) }
    string(",\"source\":", tweet.source, tweet, &out)
    if let sensitive = tweet.sensitive {
      out.append(sensitive ? ",\"sensitive\":true" : ",\"sensitive\":false")
    }
    let clusterPlace = out.count
    string(",\"cluster\":", tweet.cluster, tweet, &out)
    if tweet.spam.isPresent {
      out.append(",\"spam\":")
      out.append(tweet.bytes(tweet.spam))
    }
    if tweet.isTokenized { writeTokens(tweet, &out) }
    out.append("}\n")
    return clusterPlace
  }

  /// Appends the field `cluster`, from the comma on: what belongs at the place that `write` returned.
  public static func writeCluster(_ id: UInt64, _ out: inout ByteBuffer) {
    out.append(",\"cluster\":\"")
    out.append(decimal: id)
    out.append(UInt8(ascii: "\""))
  }

  /// Appends the analyzer's id and the tokens: all that tokenizing adds to a record, from the comma on.
  public static func writeTokens(_ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    string(",\"analyzer\":", tweet.analyzer, tweet, &out)
    out.append(",\"tokens\":[")
    let count = tweet.tokens.count
    var index = 0
    while index < count {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      var end = index + 1
      let position = tweet.tokens.tokens[index].position
      while end < count, tweet.tokens.tokens[end].position == position { end += 1 }
      if end - index > 1 { out.append(UInt8(ascii: "[")) }
      for place in index..<end {
        if place > index { out.append(UInt8(ascii: ",")) }
        out.append(jsonString: tweet.tokens.term(place))
      }
      if end - index > 1 { out.append(UInt8(ascii: "]")) }
      index = end
    }
    out.append(UInt8(ascii: "]"))
  }

  private static func write(_ user: User, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    out.append(",\"user\":")
    let start = out.count
    if user.id > 0 { id(",\"id\":\"", user.id, &out) }
    string(",\"username\":", user.username, tweet, &out)
    string(",\"name\":", user.name, tweet, &out)
    string(",\"bio\":", user.bio, tweet, &out)
    string(",\"location\":", user.location, tweet, &out)
    number(",\"followers\":", user.followers, &out)
    number(",\"following\":", user.following, &out)
    number(",\"tweets\":", user.tweets, &out)
    if let verified = user.verified { out.append(verified ? ",\"verified\":true" : ",\"verified\":false") }
    if let protected = user.protected {
      out.append(protected ? ",\"protected\":true" : ",\"protected\":false")
    }
    if let at = user.createdAt { time(",\"created_at\":\"", at, &out) }
    close(start, &out)
  }

  private static func writeMentions(_ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if tweet.mentions.isEmpty { return }
    out.append(",\"mentions\":[")
    for (place, mention) in tweet.mentions.enumerated() {
      if place > 0 { out.append(UInt8(ascii: ",")) }
      let start = out.count
      if mention.id > 0 { id(",\"id\":\"", mention.id, &out) }
      string(",\"username\":", mention.username, tweet, &out)
      close(start, &out)
    }
    out.append("]")
  }

  private static func writeLinks(_ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if !tweet.urls.isEmpty {
      out.append(",\"urls\":[")
      for (place, link) in tweet.urls.enumerated() {
        if place > 0 { out.append(UInt8(ascii: ",")) }
        let start = out.count
        string(",\"url\":", link.url, tweet, &out)
        string(",\"expanded\":", link.expanded, tweet, &out)
        close(start, &out)
      }
      out.append("]")
    }
    if !tweet.media.isEmpty {
      out.append(",\"media\":[")
      for (place, medium) in tweet.media.enumerated() {
        if place > 0 { out.append(UInt8(ascii: ",")) }
        let start = out.count
        string(",\"type\":", medium.type, tweet, &out)
        string(",\"url\":", medium.url, tweet, &out)
        close(start, &out)
      }
      out.append("]")
    }
  }

  private static func writeReferences(_ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if let reply = tweet.replyTo {
      out.append(",\"reply_to\":")
      let start = out.count
      if reply.tweet > 0 { id(",\"tweet\":\"", reply.tweet, &out) }
      if reply.user > 0 { id(",\"user\":\"", reply.user, &out) }
      string(",\"username\":", reply.username, tweet, &out)
      close(start, &out)
    }
    if let retweet = tweet.retweetOf {
      out.append(",\"retweet_of\":")
      write(retweet, tweet, &out)
    }
    if let quote = tweet.quoteOf {
      out.append(",\"quote_of\":")
      write(quote, tweet, &out)
    }
  }

  private static func write(_ reference: Reference, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    let start = out.count
    id(",\"id\":\"", reference.id, &out)
    if reference.userID > 0 || reference.username.isPresent {
      out.append(",\"user\":")
      let userStart = out.count
      if reference.userID > 0 { id(",\"id\":\"", reference.userID, &out) }
      string(",\"username\":", reference.username, tweet, &out)
      close(userStart, &out)
    }
    if let at = reference.createdAt { time(",\"created_at\":\"", at, &out) }
    string(",\"text\":", reference.text, tweet, &out)
    close(start, &out)
  }

  private static func write(_ geo: Geo, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    out.append(",\"geo\":")
    let start = out.count
    if let lon = geo.lon, let lat = geo.lat {
      out.append(",\"lon\":")
      out.append(number: lon)
      out.append(",\"lat\":")
      out.append(number: lat)
    }
    string(",\"place\":", geo.place, tweet, &out)
    string(",\"place_id\":", geo.placeID, tweet, &out)
    string(",\"country\":", geo.country, tweet, &out)
    close(start, &out)
  }

  private static func write(_ counts: Counts, _ out: inout ByteBuffer) {
    out.append(",\"counts\":")
    let start = out.count
    number(",\"likes\":", counts.likes, &out)
    number(",\"retweets\":", counts.retweets, &out)
    number(",\"replies\":", counts.replies, &out)
    number(",\"quotes\":", counts.quotes, &out)
    close(start, &out)
  }

  // Members are written with a leading comma; the first one's becomes the opening brace, so that no caller keeps a flag.
  private static func close(_ start: Int, _ out: inout ByteBuffer) {
    if out.count > start { out.set(UInt8(ascii: "{"), at: start) } else { out.append(UInt8(ascii: "{")) }
    out.append(UInt8(ascii: "}"))
  }

  @inline(__always)
  private static func string(
    _ key: StaticString, _ field: TextRange, _ tweet: borrowing Tweet, _ out: inout ByteBuffer
  ) {
    guard field.isPresent else { return }
    out.append(key)
    out.append(jsonString: tweet.bytes(field))
  }

  @inline(__always)
  private static func list(
    _ key: StaticString, _ fields: [TextRange], _ tweet: borrowing Tweet, _ out: inout ByteBuffer
  ) {
    if fields.isEmpty { return }
    out.append(key)
    for (place, field) in fields.enumerated() {
      if place > 0 { out.append(UInt8(ascii: ",")) }
      out.append(jsonString: tweet.bytes(field))
    }
    out.append(UInt8(ascii: "]"))
  }

  @inline(__always)
  private static func number(_ key: StaticString, _ value: Int64, _ out: inout ByteBuffer) {
    guard value >= 0 else { return }
    out.append(key)
    out.append(decimal: value)
  }

  @inline(__always)
  private static func id(_ key: StaticString, _ value: UInt64, _ out: inout ByteBuffer) {
    out.append(key)
    out.append(decimal: value)
    out.append(UInt8(ascii: "\""))
  }

  @inline(__always)
  private static func time(_ key: StaticString, _ value: Int64, _ out: inout ByteBuffer) {
    out.append(key)
    Timestamp.append(value, to: &out)
    out.append(UInt8(ascii: "\""))
  }
}
