internal import Bytes
internal import JSON
internal import Records

/// A GNIP activity (PowerTrack): `actor` wrote `body` at `postedTime`; a `share` carries the original in `object`.
enum GnipActivity {
  enum Key {
    static let table = KeyTable([
      "id", "verb", "body", "postedTime", "actor", "object", "twitter_entities", "twitter_extended_entities",
      "long_object", "inReplyTo", "twitter_quoted_status", "twitter_lang", "generator", "geo", "location",
      "favoritesCount", "retweetCount", "displayName", "preferredUsername", "summary", "followersCount",
      "friendsCount", "statusesCount", "verified", "link", "twitter_country_code", "coordinates",
      "hashtags", "symbols", "user_mentions", "urls", "media", "possiblySensitive", "objectType",
    ])
    static let id = 0, verb = 1, body = 2, postedTime = 3, actor = 4, object = 5, entities = 6
    static let extendedEntities = 7, longObject = 8, inReplyTo = 9, quoted = 10, lang = 11, generator = 12
    static let geo = 13, location = 14, favorites = 15, retweets = 16, displayName = 17, username = 18
    static let summary = 19, followers = 20, friends = 21, statuses = 22, verified = 23, link = 24
    static let country = 25, coordinates = 26, hashtags = 27, symbols = 28, mentions = 29, urls = 30
    static let media = 31, sensitive = 32, objectType = 33
  }

  /// Fills `tweet` (already reset).
  static func read(_ value: borrowing JSONValue, allowsMissingID: Bool, into tweet: inout Tweet)
    throws(Rejection)
  {
    let fields = JSONFields(value, Key.table)
    if fields.has(Key.id) {
      tweet.id = id(fields, Key.id)
      guard tweet.id > 0 else { throw Rejection(.badID, "\"id\" does not end in a tweet's id") }
    } else if !allowsMissingID || !fields.has(Key.postedTime) {
      throw Rejection(.missingID, "no \"id\"")
    }
    tweet.createdAt = try RecordTime.resolve(fields, Key.postedTime, id: tweet.id)
    if let actor = fields[Key.actor], actor.isObject { tweet.user = user(actor, &tweet) }
    let isShare = fields[Key.verb]?.isString == true && Self.isShare(fields)
    if isShare, let object = fields[Key.object], object.isObject {
      let original = JSONFields(object, Key.table)
      try readContent(original, &tweet)
      if !tweet.lang.isPresent { tweet.lang = fields.text(Key.lang, into: &tweet) }
      tweet.retweetOf = reference(original, withText: false, &tweet)
    } else {
      try readContent(fields, &tweet)
    }
    if let quoted = fields[Key.quoted], quoted.isObject {
      tweet.quoteOf = reference(JSONFields(quoted, Key.table), withText: true, &tweet)
    }
    if let target = fields[Key.inReplyTo], target.isObject {
      let link = JSONFields(target, Key.table)
      var reply = ReplyTarget()
      reply.tweet = id(link, Key.link)
      reply.username = replyName(link, &tweet)
      if reply.tweet > 0 { tweet.replyTo = reply }
    }
    tweet.geo = geo(fields, &tweet)
    var counts = Counts()
    counts.likes = fields.count(Key.favorites)
    counts.retweets = fields.count(Key.retweets)
    if !counts.isEmpty { tweet.counts = counts }
    if let generator = fields[Key.generator], generator.isObject {
      tweet.source = JSONFields(generator, Key.table).text(Key.displayName, into: &tweet)
    }
    tweet.sensitive = fields.bool(Key.sensitive)
  }

  /// The place of the activity that a share embeds, for `--expand`; 0 when there is none.
  static func embedded(_ value: borrowing JSONValue) -> [Int] {
    let fields = JSONFields(value, Key.table)
    var places: [Int] = []
    if isShare(fields), let object = fields[Key.object], object.isObject { places.append(object.index) }
    if let quoted = fields[Key.quoted], quoted.isObject { places.append(quoted.index) }
    return places.filter { JSONFields(value.at($0), Key.table).has(Key.body) }
  }

  private static func isShare(_ fields: borrowing JSONFields) -> Bool {
    guard let verb = fields[Key.verb] else { return false }
    return verb.string.equals("share")
  }

  // `tag:search.twitter.com,2005:123`, `id:twitter.com:123`, `http://twitter.com/name/statuses/123`: the digits at the end.
  private static func id(_ fields: borrowing JSONFields, _ key: Int) -> UInt64 {
    guard let value = fields[key] else { return 0 }
    if !value.isString { return RecordID.parse(value) ?? 0 }
    let text = value.string
    var start = text.count
    while start > 0, text[start - 1] >= 48, text[start - 1] <= 57 { start -= 1 }
    return RecordID.parse(text.extracting(start..<text.count)) ?? 0
  }

  // `http://twitter.com/name/statuses/123`.
  private static func replyName(_ fields: borrowing JSONFields, _ tweet: inout Tweet) -> TextRange {
    guard let link = fields[Key.link], link.isString else { return .absent }
    let text = link.string
    var slashes: [Int] = []
    for index in text.indices where text[index] == UInt8(ascii: "/") { slashes.append(index) }
    guard slashes.count >= 5, slashes[3] > slashes[2] + 1 else { return .absent }
    return tweet.add(text.extracting(slashes[2] + 1..<slashes[3]))
  }

  private static func readContent(_ fields: borrowing JSONFields, _ tweet: inout Tweet) throws(Rejection) {
    if let long = fields[Key.longObject], long.isObject {
      let inner = JSONFields(long, Key.table)
      tweet.text = MarkupText.read(inner, Key.body, &tweet)
      if tweet.text.isPresent { readEntities(inner, &tweet) }
    }
    if !tweet.text.isPresent {
      tweet.text = MarkupText.read(fields, Key.body, &tweet)
      guard tweet.text.isPresent else { throw Rejection(.missingText, "no \"body\"") }
      readEntities(fields, &tweet)
    }
    tweet.lang = fields.text(Key.lang, into: &tweet)
  }

  private static func readEntities(_ fields: borrowing JSONFields, _ tweet: inout Tweet) {
    let hasExtended = fields.has(Key.extendedEntities)
    if let entities = fields[Key.entities], entities.isObject {
      let lists = JSONFields(entities, Key.table)
      if let list = lists[Key.hashtags] { EntityV1.texts(list, &tweet) { $0.hashtags.append($1) } }
      if let list = lists[Key.symbols] { EntityV1.texts(list, &tweet) { $0.cashtags.append($1) } }
      if let list = lists[Key.mentions] { EntityV1.mentions(list, &tweet) }
      if let list = lists[Key.urls] { EntityV1.links(list, &tweet) }
      if let list = lists[Key.media], !hasExtended { EntityV1.media(list, &tweet) }
    } else {
      tweet.needsEntities = true
    }
    if let extended = fields[Key.extendedEntities], extended.isObject {
      if let list = JSONFields(extended, Key.table)[Key.media] { EntityV1.media(list, &tweet) }
    }
  }

  private static func user(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> User? {
    let fields = JSONFields(value, Key.table)
    var user = User()
    user.id = id(fields, Key.id)
    user.username = fields.text(Key.username, into: &tweet)
    user.name = fields.text(Key.displayName, into: &tweet)
    user.bio = fields.text(Key.summary, into: &tweet)
    if let location = fields[Key.location], location.isObject {
      user.location = JSONFields(location, Key.table).text(Key.displayName, into: &tweet)
    }
    user.followers = fields.count(Key.followers)
    user.following = fields.count(Key.friends)
    user.tweets = fields.count(Key.statuses)
    user.verified = fields.bool(Key.verified)
    user.createdAt = fields.time(Key.postedTime)
    return user == User() ? nil : user
  }

  private static func reference(
    _ fields: borrowing JSONFields, withText: Bool, _ tweet: inout Tweet
  ) -> Reference? {
    let id = id(fields, Key.id)
    if id == 0 { return nil }
    var reference = Reference(id: id)
    if let actor = fields[Key.actor], actor.isObject {
      let inner = JSONFields(actor, Key.table)
      reference.userID = Self.id(inner, Key.id)
      reference.username = inner.text(Key.username, into: &tweet)
    }
    reference.createdAt = fields.time(Key.postedTime)
    if withText {
      if let long = fields[Key.longObject], long.isObject {
        reference.text = MarkupText.read(JSONFields(long, Key.table), Key.body, &tweet)
      }
      if !reference.text.isPresent { reference.text = MarkupText.read(fields, Key.body, &tweet) }
    }
    return reference
  }

  // `geo` holds latitude first; `location` is the place.
  private static func geo(_ fields: borrowing JSONFields, _ tweet: inout Tweet) -> Geo? {
    var geo = Geo()
    if let point = fields[Key.geo], point.isObject, let list = JSONFields(point, Key.table)[Key.coordinates] {
      var cursor = list.cursor
      if let lat = cursor.next()?.number, let lon = cursor.next()?.number {
        geo.lat = lat
        geo.lon = lon
      }
    }
    if let location = fields[Key.location], location.isObject {
      let place = JSONFields(location, Key.table)
      geo.place = place.text(Key.displayName, into: &tweet)
      geo.country = place.text(Key.country, into: &tweet)
    }
    return geo == Geo() ? nil : geo
  }
}
