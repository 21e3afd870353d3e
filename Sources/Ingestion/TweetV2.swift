internal import Bytes
internal import JSON
internal import Records

/// A tweet of API v2, out of a page with its `includes` or flattened (author, media, place and referenced tweets inlined).
enum TweetV2 {
  enum Key {
    static let table = KeyTable([
      "id", "created_at", "author_id", "author", "text", "lang", "source", "possibly_sensitive",
      "conversation_id",
      "public_metrics", "referenced_tweets", "in_reply_to_user_id", "in_reply_to_user", "entities",
      "attachments",
      "geo", "note_tweet", "type", "like_count", "retweet_count", "reply_count", "quote_count", "media_keys",
      "media", "hashtags", "cashtags", "mentions", "urls", "data", "includes", "errors",
    ])
    static let id = 0, createdAt = 1, authorID = 2, author = 3, text = 4, lang = 5, source = 6, sensitive = 7
    static let conversation = 8, metrics = 9, referenced = 10, replyUserID = 11, replyUser = 12, entities = 13
    static let attachments = 14, geo = 15, note = 16, type = 17, likes = 18, retweets = 19, replies = 20
    static let quotes = 21, mediaKeys = 22, media = 23, hashtags = 24, cashtags = 25, mentions = 26, urls = 27
    static let data = 28, includes = 29, errors = 30
  }

  /// Fills `tweet` (already reset).
  ///
  /// `referenced_tweets` says what it retweets, quotes and answers; the tweets themselves are looked for inlined, then in
  /// `includes.tweets`. A retweet takes text, lang, entities and media from its original where that is known.
  static func read(
    _ value: borrowing JSONValue, _ includes: borrowing Includes, allowsMissingID: Bool,
    into tweet: inout Tweet
  ) throws(Rejection) {
    let fields = JSONFields(value, Key.table)
    if fields.has(Key.id) {
      tweet.id = fields.id(Key.id)
      guard tweet.id > 0 else { throw Rejection(.badID, "the id is no whole number from 1 to 2^63-1") }
    } else if !allowsMissingID || !fields.has(Key.createdAt) {
      throw Rejection(.missingID, "no \"id\"")
    }
    tweet.createdAt = try RecordTime.resolve(fields, Key.createdAt, id: tweet.id)
    tweet.user = author(fields, value, includes, &tweet)
    let links = References(fields, value, includes)
    if links.retweet > 0 {
      var reference = Reference(id: links.retweet)
      if links.retweetPlace > 0 {
        let original = JSONFields(value.at(links.retweetPlace), Key.table)
        if original.has(Key.text) { try readContent(original, value, includes, &tweet) }
        describe(&reference, original, value, includes, withText: false, &tweet)
      }
      tweet.retweetOf = reference
    }
    if !tweet.text.isPresent { try readContent(fields, value, includes, &tweet) }
    if links.quote > 0 {
      var reference = Reference(id: links.quote)
      if links.quotePlace > 0 {
        let quoted = JSONFields(value.at(links.quotePlace), Key.table)
        describe(&reference, quoted, value, includes, withText: true, &tweet)
      }
      tweet.quoteOf = reference
    }
    tweet.replyTo = reply(fields, value, includes, links, &tweet)
    tweet.conversation = fields.id(Key.conversation)
    tweet.geo = GeoV2.read(fields[Key.geo], includes, &tweet)
    if let metrics = fields[Key.metrics] { tweet.counts = counts(JSONFields(metrics, Key.table)) }
    tweet.source = MarkupText.appName(fields, Key.source, &tweet)
    tweet.sensitive = fields.bool(Key.sensitive)
  }

  /// The places of the tweets that it retweets and quotes, for `--expand`.
  static func embedded(_ value: borrowing JSONValue, _ includes: borrowing Includes) -> [Int] {
    let links = References(JSONFields(value, Key.table), value, includes)
    return [links.retweetPlace, links.quotePlace].filter { place in
      place > 0 && JSONFields(value.at(place), Key.table).has(Key.text)
    }
  }

  private static func author(
    _ fields: borrowing JSONFields, _ value: borrowing JSONValue, _ includes: borrowing Includes,
    _ tweet: inout Tweet
  ) -> User? {
    if let inlined = fields[Key.author], inlined.isObject { return UserV2.read(inlined, &tweet) }
    let id = fields.id(Key.authorID)
    if id == 0 { return nil }
    if let place = includes.user(id) { return UserV2.read(value.at(place), &tweet) }
    var user = User()
    user.id = id
    return user
  }

  // `note_tweet` holds what does not fit into `text`.
  private static func readContent(
    _ fields: borrowing JSONFields, _ value: borrowing JSONValue, _ includes: borrowing Includes,
    _ tweet: inout Tweet
  ) throws(Rejection) {
    var hasEntities = false
    if let note = fields[Key.note], note.isObject {
      let inner = JSONFields(note, Key.table)
      tweet.text = MarkupText.read(inner, Key.text, &tweet)
      if tweet.text.isPresent, let entities = inner[Key.entities], entities.isObject {
        EntityV2.read(entities, &tweet)
        hasEntities = true
      }
    }
    if !tweet.text.isPresent { tweet.text = MarkupText.read(fields, Key.text, &tweet) }
    guard tweet.text.isPresent else { throw Rejection(.missingText, "no \"text\"") }
    if !hasEntities {
      if let entities = fields[Key.entities], entities.isObject {
        EntityV2.read(entities, &tweet)
      } else {
        tweet.needsEntities = true
      }
    }
    if let attachments = fields[Key.attachments] { EntityV2.media(attachments, value, includes, &tweet) }
    tweet.lang = fields.text(Key.lang, into: &tweet)
  }

  private static func describe(
    _ reference: inout Reference, _ fields: borrowing JSONFields, _ value: borrowing JSONValue,
    _ includes: borrowing Includes, withText: Bool, _ tweet: inout Tweet
  ) {
    reference.userID = fields.id(Key.authorID)
    if let inlined = fields[Key.author], inlined.isObject {
      (reference.userID, reference.username) = UserV2.handle(inlined, &tweet)
    } else if let place = includes.user(reference.userID) {
      reference.username = UserV2.handle(value.at(place), &tweet).1
    }
    reference.createdAt = fields.time(Key.createdAt)
    if withText {
      if let note = fields[Key.note], note.isObject {
        reference.text = MarkupText.read(JSONFields(note, Key.table), Key.text, &tweet)
      }
      if !reference.text.isPresent { reference.text = MarkupText.read(fields, Key.text, &tweet) }
    }
  }

  private static func reply(
    _ fields: borrowing JSONFields, _ value: borrowing JSONValue, _ includes: borrowing Includes,
    _ links: References, _ tweet: inout Tweet
  ) -> ReplyTarget? {
    var reply = ReplyTarget()
    reply.tweet = links.reply
    reply.user = fields.id(Key.replyUserID)
    if let inlined = fields[Key.replyUser], inlined.isObject {
      let handle = UserV2.handle(inlined, &tweet)
      if reply.user == 0 { reply.user = handle.0 }
      reply.username = handle.1
    }
    if links.replyPlace > 0 && reply.user == 0 {
      reply.user = JSONFields(value.at(links.replyPlace), Key.table).id(Key.authorID)
    }
    if !reply.username.isPresent, let place = includes.user(reply.user) {
      reply.username = UserV2.handle(value.at(place), &tweet).1
    }
    return reply.tweet > 0 || reply.user > 0 ? reply : nil
  }

  private static func counts(_ fields: borrowing JSONFields) -> Counts? {
    var counts = Counts()
    counts.likes = fields.count(Key.likes)
    counts.retweets = fields.count(Key.retweets)
    counts.replies = fields.count(Key.replies)
    counts.quotes = fields.count(Key.quotes)
    return counts.isEmpty ? nil : counts
  }

  /// What `referenced_tweets` names: ids, and places on the tape (0: not there).
  private struct References {
    var retweet: UInt64 = 0
    var retweetPlace = 0
    var quote: UInt64 = 0
    var quotePlace = 0
    var reply: UInt64 = 0
    var replyPlace = 0

    init(_ fields: borrowing JSONFields, _ value: borrowing JSONValue, _ includes: borrowing Includes) {
      guard let list = fields[Key.referenced] else { return }
      var cursor = list.cursor
      while let element = cursor.next() {
        let reference = JSONFields(element, Key.table)
        let id = reference.id(Key.id)
        guard id > 0, let type = reference[Key.type] else { continue }
        let place = reference.has(Key.text) ? element.index : includes.tweet(id) ?? 0
        if type.string.equals("retweeted") {
          (retweet, retweetPlace) = (id, place)
        } else if type.string.equals("quoted") {
          (quote, quotePlace) = (id, place)
        } else if type.string.equals("replied_to") {
          (reply, replyPlace) = (id, place)
        }
      }
    }
  }
}
