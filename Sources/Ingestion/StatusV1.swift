internal import Bytes
internal import JSON
internal import Records

/// Twitter's v1.1 status, also as streams, old archives and slim dumps write it: `full_text`, `extended_tweet`,
/// `retweeted_status`, `quoted_status`.
enum StatusV1 {
  enum Key {
    static let table = KeyTable([
      "id", "id_str", "created_at", "full_text", "text", "extended_tweet", "user", "entities",
      "extended_entities",
      "lang", "source", "in_reply_to_status_id", "in_reply_to_status_id_str", "in_reply_to_user_id",
      "in_reply_to_user_id_str", "in_reply_to_screen_name", "retweeted_status", "quoted_status",
      "quoted_status_id", "quoted_status_id_str", "coordinates", "geo", "place", "retweet_count",
      "favorite_count",
      "reply_count", "quote_count", "possibly_sensitive", "hashtags", "symbols", "user_mentions", "urls",
      "media",
      // What tells other shapes apart, so that one walk over a record serves detection and reading.
      "type", "data", "includes", "delete", "scrub_geo", "limit", "warning", "disconnect", "status_withheld",
      "user_withheld", "tweet", "author_id", "public_metrics", "edit_history_tweet_ids", "referenced_tweets",
      "objectType", "verb", "postedTime", "friends", "conversation_id", "errors", "meta", "username",
      "statuses", "results",
    ])
    static let id = 0, idStr = 1, createdAt = 2, fullText = 3, text = 4, extendedTweet = 5, user = 6
    static let entities = 7, extendedEntities = 8, lang = 9, source = 10, replyStatus = 11,
      replyStatusStr = 12
    static let replyUser = 13, replyUserStr = 14, replyName = 15, retweeted = 16, quoted = 17, quotedID = 18
    static let quotedIDStr = 19, coordinates = 20, geo = 21, place = 22, retweetCount = 23, favoriteCount = 24
    static let replyCount = 25, quoteCount = 26, sensitive = 27
    static let type = 33, data = 34, includes = 35, delete = 36, scrubGeo = 37, limit = 38, warning = 39
    static let disconnect = 40, statusWithheld = 41, userWithheld = 42, tweet = 43, authorID = 44
    static let publicMetrics = 45, editHistory = 46, referenced = 47, objectType = 48, verb = 49
    static let postedTime = 50, friends = 51, conversation = 52, errors = 53, meta = 54, username = 55
    static let statuses = 56, results = 57
    static let hashtags = 28, symbols = 29, mentions = 30, urls = 31, media = 32
  }

  /// Fills `tweet` (already reset) from a status.
  ///
  /// A retweet keeps its own id, time, user and counts and takes the text and what lies in it from the original.
  static func read(
    _ fields: borrowing JSONFields, allowsMissingID: Bool, into tweet: inout Tweet
  ) throws(Rejection) {
    let isWithoutID =
      allowsMissingID && !fields.has(Key.idStr) && !fields.has(Key.id) && fields.has(Key.createdAt)
    tweet.id = isWithoutID ? 0 : try id(fields)
    tweet.createdAt = try RecordTime.resolve(fields, Key.createdAt, id: tweet.id)
    if let user = fields[Key.user], user.isObject { tweet.user = UserV1.read(user, &tweet) }
    if let original = fields[Key.retweeted], original.isObject {
      let inner = JSONFields(original, Key.table)
      try readContent(inner, &tweet)
      tweet.retweetOf = try reference(inner, &tweet, withText: false)
    } else {
      try readContent(fields, &tweet)
    }
    readReply(fields, &tweet)
    if let quoted = fields[Key.quoted], quoted.isObject {
      tweet.quoteOf = try reference(JSONFields(quoted, Key.table), &tweet, withText: true)
    } else {
      let quotedID = fields.has(Key.quotedIDStr) ? fields.id(Key.quotedIDStr) : fields.id(Key.quotedID)
      if quotedID > 0 { tweet.quoteOf = Reference(id: quotedID) }
    }
    tweet.geo = GeoV1.read(
      point: fields[Key.coordinates], latitudeFirst: fields[Key.geo], place: fields[Key.place], &tweet)
    var counts = Counts()
    counts.likes = fields.count(Key.favoriteCount)
    counts.retweets = fields.count(Key.retweetCount)
    counts.replies = fields.count(Key.replyCount)
    counts.quotes = fields.count(Key.quoteCount)
    if !counts.isEmpty { tweet.counts = counts }
    tweet.source = MarkupText.appName(fields, Key.source, &tweet)
    tweet.sensitive = fields.bool(Key.sensitive)
  }

  /// The places of the tweets that it retweets and quotes, and of the one that the retweeted one quotes.
  static func embedded(_ fields: borrowing JSONFields) -> [Int] {
    var places: [Int] = []
    if let original = fields[Key.retweeted], original.isObject {
      places.append(original.index)
      let inner = JSONFields(original, Key.table)
      if let quoted = inner[Key.quoted], quoted.isObject { places.append(quoted.index) }
    }
    if let quoted = fields[Key.quoted], quoted.isObject { places.append(quoted.index) }
    return places
  }

  // `id_str` beats `id`, which JavaScript may have rounded.
  private static func id(_ fields: borrowing JSONFields) throws(Rejection) -> UInt64 {
    guard fields.has(Key.idStr) || fields.has(Key.id) else {
      throw Rejection(.missingID, "no \"id_str\" and no \"id\"")
    }
    let id = fields.has(Key.idStr) ? fields.id(Key.idStr) : fields.id(Key.id)
    guard id > 0 else { throw Rejection(.badID, "the id is no whole number from 1 to 2^63-1") }
    return id
  }

  // The text in its longest form with what the source found in it.
  private static func readContent(_ fields: borrowing JSONFields, _ tweet: inout Tweet) throws(Rejection) {
    if let extended = fields[Key.extendedTweet], extended.isObject {
      let inner = JSONFields(extended, Key.table)
      tweet.text = MarkupText.read(inner, Key.fullText, &tweet)
      if tweet.text.isPresent { readEntities(inner, &tweet) }
    }
    if !tweet.text.isPresent {
      tweet.text = MarkupText.read(fields, Key.fullText, &tweet)
      if !tweet.text.isPresent { tweet.text = MarkupText.read(fields, Key.text, &tweet) }
      guard tweet.text.isPresent else { throw Rejection(.missingText, "no \"full_text\" and no \"text\"") }
      readEntities(fields, &tweet)
    }
    tweet.lang = fields.text(Key.lang, into: &tweet)
  }

  private static func readEntities(_ fields: borrowing JSONFields, _ tweet: inout Tweet) {
    if let entities = fields[Key.entities], entities.isObject {
      let lists = JSONFields(entities, Key.table)
      if let list = lists[Key.hashtags] { EntityV1.texts(list, &tweet) { $0.hashtags.append($1) } }
      if let list = lists[Key.symbols] { EntityV1.texts(list, &tweet) { $0.cashtags.append($1) } }
      if let list = lists[Key.mentions] { EntityV1.mentions(list, &tweet) }
      if let list = lists[Key.urls] { EntityV1.links(list, &tweet) }
      if let list = lists[Key.media], !fields.has(Key.extendedEntities) { EntityV1.media(list, &tweet) }
    } else {
      tweet.needsEntities = true
    }
    // The extended list holds all pictures, the plain one only the first.
    if let extended = fields[Key.extendedEntities], extended.isObject {
      let lists = JSONFields(extended, Key.table)
      if let list = lists[Key.media] { EntityV1.media(list, &tweet) }
    }
  }

  private static func readReply(_ fields: borrowing JSONFields, _ tweet: inout Tweet) {
    var reply = ReplyTarget()
    reply.tweet = fields.has(Key.replyStatusStr) ? fields.id(Key.replyStatusStr) : fields.id(Key.replyStatus)
    reply.user = fields.has(Key.replyUserStr) ? fields.id(Key.replyUserStr) : fields.id(Key.replyUser)
    reply.username = fields.text(Key.replyName, into: &tweet)
    if reply.tweet > 0 || reply.user > 0 || reply.username.hasText { tweet.replyTo = reply }
  }

  // What a retweet or quote embeds: nil when it has no usable id.
  private static func reference(
    _ fields: borrowing JSONFields, _ tweet: inout Tweet, withText: Bool
  ) throws(Rejection) -> Reference? {
    let id = fields.has(Key.idStr) ? fields.id(Key.idStr) : fields.id(Key.id)
    if id == 0 { return nil }
    var reference = Reference(id: id)
    if let user = fields[Key.user], user.isObject {
      (reference.userID, reference.username) = UserV1.handle(user, &tweet)
    }
    if fields.has(Key.createdAt) {
      reference.createdAt = RecordTime.reconciled(fields.time(Key.createdAt), id: id)
    }
    if withText {
      if let extended = fields[Key.extendedTweet], extended.isObject {
        reference.text = MarkupText.read(JSONFields(extended, Key.table), Key.fullText, &tweet)
      }
      if !reference.text.isPresent { reference.text = MarkupText.read(fields, Key.fullText, &tweet) }
      if !reference.text.isPresent { reference.text = MarkupText.read(fields, Key.text, &tweet) }
    }
    return reference
  }
}
