internal import Bytes
public import JSON

/// Reads canonical records: `type` tells tweets from events; fields may come in any order, unknown ones are passed over.
///
/// Optional fields of the wrong JSON type count as absent. - Complexity: O(bytes).
public enum TweetReader {
  /// What a record turned out to be.
  public enum Record: Equatable, Sendable {
    /// The tweet that was filled.
    case tweet
    /// An event.
    case event(Event)
    /// A record of another type, such as `trend`.
    case other
  }

  private enum Key {
    static let table = KeyTable([
      "id", "created_at", "user", "text", "lang", "hashtags", "cashtags", "mentions", "urls", "media",
      "reply_to",
      "retweet_of", "quote_of", "conversation_id", "geo", "counts", "source", "sensitive", "cluster", "spam",
      "analyzer", "tokens", "type", "at", "up_to", "target", "tweet",
    ])
    static let id = 0, createdAt = 1, user = 2, text = 3, lang = 4, hashtags = 5, cashtags = 6, mentions = 7
    static let urls = 8, media = 9, replyTo = 10, retweetOf = 11, quoteOf = 12, conversation = 13, geo = 14
    static let counts = 15, source = 16, sensitive = 17, cluster = 18, spam = 19, analyzer = 20, tokens = 21
    static let type = 22, at = 23, upTo = 24, target = 25, tweet = 26
  }

  /// Reads `value` into `tweet`, which is reset first. - Throws: `Rejection` with the reason and the field.
  /// - Parameter parts: what is read of a tweet. Half of the time of reading all goes into parts that counting needs not.
  public static func read(
    _ value: borrowing JSONValue, into tweet: inout Tweet, parts: TweetParts = .all
  ) throws(Rejection) -> Record {
    tweet.reset()
    guard value.isObject else { throw Rejection(.unknownShape, "expected an object") }
    let fields = JSONFields(value, Key.table)
    guard let type = fields[Key.type], type.isString else {
      throw Rejection(.unknownShape, "expected a canonical record, found no \"type\"")
    }
    let name = type.string
    if name.equals("tweet") {
      try readTweet(fields, &tweet, parts)
      return .tweet
    }
    for kind in Event.Kind.allCases where name.equals(kind.name) {
      return .event(try readEvent(kind, fields))
    }
    return .other
  }

  private static func readTweet(
    _ fields: borrowing JSONFields, _ tweet: inout Tweet, _ parts: TweetParts
  ) throws(Rejection) {
    guard fields.has(Key.id) else { throw Rejection(.missingID, "no \"id\"") }
    tweet.id = fields.id(Key.id)
    guard tweet.id > 0 else { throw Rejection(.badID, "\"id\" is no whole number from 1 to 2^63-1") }
    guard let text = fields[Key.text], text.isString else { throw Rejection(.missingText, "no \"text\"") }
    let hasTokens = fields.has(Key.tokens)
    if parts.contains(.text) || !hasTokens { tweet.text = tweet.add(text.string) }
    if fields.has(Key.createdAt) {
      guard let time = fields.time(Key.createdAt) else {
        throw Rejection(.badTime, "\"created_at\" is no time")
      }
      tweet.createdAt = time
    } else {
      guard let time = Snowflake.time(tweet.id) else {
        throw Rejection(.missingTime, "no \"created_at\", and the id is too old to carry a time")
      }
      tweet.createdAt = time
    }
    tweet.lang = fields.text(Key.lang, into: &tweet)
    if let list = fields[Key.hashtags] { PartReader.strings(list, &tweet) { $0.hashtags.append($1) } }
    if let list = fields[Key.cashtags] { PartReader.strings(list, &tweet) { $0.cashtags.append($1) } }
    if parts.contains(.mentions), let list = fields[Key.mentions] { PartReader.mentions(list, &tweet) }
    if parts.contains(.links) || !hasTokens, let list = fields[Key.urls] { PartReader.links(list, &tweet) }
    if let geo = fields[Key.geo] { tweet.geo = PartReader.geo(geo, &tweet) }
    if parts.contains(.rest) {
      if let user = fields[Key.user] { tweet.user = PartReader.user(user, &tweet) }
      readRest(fields, &tweet)
    } else {
      if let user = fields[Key.user] { tweet.user = PartReader.userName(user, &tweet) }
      if let retweet = fields[Key.retweetOf] { tweet.retweetOf = PartReader.referenceID(retweet) }
    }
    if let tokens = fields[Key.tokens] { readTokens(tokens, &tweet) }
  }

  private static func readRest(_ fields: borrowing JSONFields, _ tweet: inout Tweet) {
    if let list = fields[Key.media] { PartReader.media(list, &tweet) }
    if let reply = fields[Key.replyTo] { tweet.replyTo = PartReader.reply(reply, &tweet) }
    if let retweet = fields[Key.retweetOf] { tweet.retweetOf = PartReader.reference(retweet, &tweet) }
    if let quote = fields[Key.quoteOf] { tweet.quoteOf = PartReader.reference(quote, &tweet) }
    tweet.conversation = fields.id(Key.conversation)
    if let counts = fields[Key.counts] { tweet.counts = PartReader.counts(counts) }
    tweet.source = fields.text(Key.source, into: &tweet)
    tweet.sensitive = fields.bool(Key.sensitive)
    tweet.cluster = fields.text(Key.cluster, into: &tweet)
    if let spam = fields[Key.spam] {
      let start = tweet.arena.count
      JSONText.append(spam, to: &tweet.arena)
      tweet.spam = TextRange(start: start, count: tweet.arena.count - start)
    }
    tweet.analyzer = fields.text(Key.analyzer, into: &tweet)
  }

  private static func readTokens(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    tweet.isTokenized = true
    var cursor = list.cursor
    while let element = cursor.next() {
      if element.isString {
        tweet.tokens.append(element.string)
        continue
      }
      var inner = element.cursor
      var isFirst = true
      while let term = inner.next() {
        tweet.tokens.append(term.string, samePosition: !isFirst)
        isFirst = false
      }
    }
  }

  private static func readEvent(_ kind: Event.Kind, _ fields: borrowing JSONFields) throws(Rejection) -> Event
  {
    var event = Event(kind)
    event.user = fields.id(Key.user)
    event.target = fields.id(Key.target)
    switch kind {
    case .delete: event.tweet = fields.id(Key.id)
    case .scrubGeo: event.tweet = fields.id(Key.upTo)
    default: event.tweet = fields.id(Key.tweet)
    }
    if fields.has(Key.at) {
      guard let at = fields.time(Key.at) else { throw Rejection(.badTime, "\"at\" is no time") }
      event.at = at
    }
    if let missing = event.missingField { throw Rejection(.missingID, "no \"\(missing)\"") }
    return event
  }
}

extension Event {
  /// The name of a field that this kind needs and that is absent, or nil.
  public var missingField: String? {
    switch kind {
    case .delete: tweet == 0 ? "id" : nil
    case .scrubGeo, .userDelete: user == 0 ? "user" : nil
    case .like, .unlike: user == 0 ? "user" : tweet == 0 ? "tweet" : nil
    default: user == 0 ? "user" : target == 0 ? "target" : nil
    }
  }
}
