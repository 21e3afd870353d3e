internal import Bytes
internal import JSON
internal import Records

/// A v2 user object.
enum UserV2 {
  private enum Key {
    static let table = KeyTable([
      "id", "username", "name", "description", "location", "verified", "protected", "created_at",
      "public_metrics",
      "followers_count", "following_count", "tweet_count",
    ])
    static let id = 0, username = 1, name = 2, description = 3, location = 4, verified = 5, protected = 6
    static let createdAt = 7, metrics = 8, followers = 9, following = 10, tweets = 11
  }

  static func read(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> User? {
    let fields = JSONFields(value, Key.table)
    var user = User()
    user.id = fields.id(Key.id)
    user.username = fields.text(Key.username, into: &tweet)
    user.name = fields.text(Key.name, into: &tweet)
    user.bio = fields.text(Key.description, into: &tweet)
    user.location = fields.text(Key.location, into: &tweet)
    if let metrics = fields[Key.metrics] {
      let counts = JSONFields(metrics, Key.table)
      user.followers = counts.count(Key.followers)
      user.following = counts.count(Key.following)
      user.tweets = counts.count(Key.tweets)
    }
    user.verified = fields.bool(Key.verified)
    user.protected = fields.bool(Key.protected)
    user.createdAt = fields.time(Key.createdAt)
    return user == User() ? nil : user
  }

  static func handle(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> (UInt64, TextRange) {
    let fields = JSONFields(value, Key.table)
    return (fields.id(Key.id), fields.text(Key.username, into: &tweet))
  }
}

/// The lists of a v2 `entities` object, and `attachments`.
enum EntityV2 {
  private enum Key {
    static let table = KeyTable([
      "tag", "username", "id", "url", "expanded_url", "type", "preview_image_url", "start",
    ])
    static let tag = 0, username = 1, id = 2, url = 3, expanded = 4, type = 5, preview = 6, start = 7
  }

  static func read(_ entities: borrowing JSONValue, _ tweet: inout Tweet) {
    let lists = JSONFields(entities, TweetV2.Key.table)
    if let list = lists[TweetV2.Key.hashtags] { tags(list, &tweet) { $0.hashtags.append($1) } }
    if let list = lists[TweetV2.Key.cashtags] { tags(list, &tweet) { $0.cashtags.append($1) } }
    if let list = lists[TweetV2.Key.mentions] { mentions(list, &tweet) }
    if let list = lists[TweetV2.Key.urls] { links(list, &tweet) }
  }

  private static func tags(
    _ list: borrowing JSONValue, _ tweet: inout Tweet, _ add: (inout Tweet, TextRange) -> Void
  ) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let tag = JSONFields(element, Key.table).text(Key.tag, into: &tweet)
      if tag.hasText { add(&tweet, tag) }
    }
  }

  private static func mentions(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let username = fields.text(Key.username, into: &tweet)
      let id = fields.id(Key.id)
      if id > 0 || username.hasText { tweet.mentions.append(Mention(id: id, username: username)) }
    }
  }

  // One link to several pictures is listed once for each of them: only the first counts.
  private static func links(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    var lastStart: Int64 = -1
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let start = fields.count(Key.start)
      if start >= 0 && start == lastStart { continue }
      lastStart = start
      let url = fields.text(Key.url, into: &tweet)
      let expanded = fields.text(Key.expanded, into: &tweet)
      if url.hasText || expanded.hasText { tweet.urls.append(Link(url: url, expanded: expanded)) }
    }
  }

  /// Media by `media_keys` through the includes, or inlined.
  static func media(
    _ attachments: borrowing JSONValue, _ value: borrowing JSONValue, _ includes: borrowing Includes,
    _ tweet: inout Tweet
  ) {
    let fields = JSONFields(attachments, TweetV2.Key.table)
    if let list = fields[TweetV2.Key.media] {
      var cursor = list.cursor
      while let element = cursor.next() { medium(element, &tweet) }
    } else if let keys = fields[TweetV2.Key.mediaKeys] {
      var cursor = keys.cursor
      while let key = cursor.next() {
        if let place = includes.medium(key) { medium(value.at(place), &tweet) }
      }
    }
  }

  private static func medium(_ value: borrowing JSONValue, _ tweet: inout Tweet) {
    let fields = JSONFields(value, Key.table)
    let type = fields.text(Key.type, into: &tweet)
    let url = fields.text(fields.has(Key.url) ? Key.url : Key.preview, into: &tweet)
    if type.hasText || url.hasText { tweet.media.append(Media(type: type, url: url)) }
  }
}

/// Where a v2 tweet was sent from: `coordinates` is GeoJSON (longitude first), the place is inlined or included.
enum GeoV2 {
  private enum Key {
    static let table = KeyTable(["coordinates", "place_id", "id", "full_name", "name", "country_code"])
    static let coordinates = 0, placeID = 1, id = 2, fullName = 3, name = 4, country = 5
  }

  static func read(_ value: JSONValue?, _ includes: borrowing Includes, _ tweet: inout Tweet) -> Geo? {
    guard let value, value.isObject else { return nil }
    let fields = JSONFields(value, Key.table)
    var geo = Geo()
    if let point = fields[Key.coordinates] {
      var cursor = point.cursor
      if let inner = JSONFields(point, Key.table)[Key.coordinates] { cursor = inner.cursor }
      if let lon = cursor.next()?.number, let lat = cursor.next()?.number {
        geo.lon = lon
        geo.lat = lat
      }
    }
    if let id = fields[fields.has(Key.placeID) ? Key.placeID : Key.id], id.isString {
      geo.placeID = tweet.add(id.string)
      if let place = includes.place(id) {
        describe(JSONFields(value.at(place), Key.table), &geo, &tweet)
      }
    }
    if !geo.place.isPresent { describe(fields, &geo, &tweet) }
    return geo == Geo() ? nil : geo
  }

  private static func describe(_ fields: borrowing JSONFields, _ geo: inout Geo, _ tweet: inout Tweet) {
    geo.place = fields.text(Key.fullName, into: &tweet)
    if !geo.place.isPresent { geo.place = fields.text(Key.name, into: &tweet) }
    geo.country = fields.text(Key.country, into: &tweet)
  }
}
