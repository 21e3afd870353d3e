internal import Bytes
internal import JSON
internal import Records

/// A v1.1 user object.
enum UserV1 {
  private enum Key {
    static let table = KeyTable([
      "id", "id_str", "screen_name", "name", "description", "location", "followers_count", "friends_count",
      "statuses_count", "verified", "protected", "created_at",
    ])
    static let id = 0, idStr = 1, screenName = 2, name = 3, description = 4, location = 5, followers = 6
    static let friends = 7, statuses = 8, verified = 9, protected = 10, createdAt = 11
  }

  static func read(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> User? {
    let fields = JSONFields(value, Key.table)
    var user = User()
    user.id = fields.has(Key.idStr) ? fields.id(Key.idStr) : fields.id(Key.id)
    user.username = fields.text(Key.screenName, into: &tweet)
    user.name = fields.text(Key.name, into: &tweet)
    user.bio = fields.text(Key.description, into: &tweet)
    user.location = fields.text(Key.location, into: &tweet)
    user.followers = fields.count(Key.followers)
    user.following = fields.count(Key.friends)
    user.tweets = fields.count(Key.statuses)
    user.verified = fields.bool(Key.verified)
    user.protected = fields.bool(Key.protected)
    user.createdAt = fields.time(Key.createdAt)
    return user == User() ? nil : user
  }

  static func handle(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> (UInt64, TextRange) {
    let fields = JSONFields(value, Key.table)
    let id = fields.has(Key.idStr) ? fields.id(Key.idStr) : fields.id(Key.id)
    return (id, fields.text(Key.screenName, into: &tweet))
  }
}

/// The lists of a v1.1 `entities` object.
enum EntityV1 {
  private enum Key {
    static let table = KeyTable([
      "text", "id", "id_str", "screen_name", "url", "expanded_url", "type", "media_url_https", "media_url",
    ])
    static let text = 0, id = 1, idStr = 2, screenName = 3, url = 4, expanded = 5, type = 6, mediaSecure = 7
    static let mediaURL = 8
  }

  static func texts(
    _ list: borrowing JSONValue, _ tweet: inout Tweet, _ add: (inout Tweet, TextRange) -> Void
  ) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let text = JSONFields(element, Key.table).text(Key.text, into: &tweet)
      if text.hasText { add(&tweet, text) }
    }
  }

  static func mentions(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let id = fields.has(Key.idStr) ? fields.id(Key.idStr) : fields.id(Key.id)
      let username = fields.text(Key.screenName, into: &tweet)
      if id > 0 || username.hasText { tweet.mentions.append(Mention(id: id, username: username)) }
    }
  }

  static func links(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let url = fields.text(Key.url, into: &tweet)
      let expanded = fields.text(Key.expanded, into: &tweet)
      if url.hasText || expanded.hasText { tweet.urls.append(Link(url: url, expanded: expanded)) }
    }
  }

  static func media(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let type = fields.text(Key.type, into: &tweet)
      let key = fields.has(Key.mediaSecure) ? Key.mediaSecure : Key.mediaURL
      let url = fields.text(key, into: &tweet)
      if type.hasText || url.hasText { tweet.media.append(Media(type: type, url: url)) }
    }
  }
}

/// Where a v1.1 status was sent from.
enum GeoV1 {
  private enum Key {
    static let table = KeyTable(["coordinates", "id", "full_name", "name", "country_code", "type"])
    static let coordinates = 0, id = 1, fullName = 2, name = 3, country = 4
  }

  /// `coordinates` holds longitude first (GeoJSON), the older `geo` latitude first.
  static func read(
    point: JSONValue?, latitudeFirst: JSONValue?, place: JSONValue?, _ tweet: inout Tweet
  ) -> Geo? {
    var geo = Geo()
    if let point, let pair = pair(point) {
      geo.lon = pair.0
      geo.lat = pair.1
    } else if let latitudeFirst, let pair = pair(latitudeFirst) {
      geo.lon = pair.1
      geo.lat = pair.0
    }
    if let place, place.isObject {
      let fields = JSONFields(place, Key.table)
      geo.place = fields.text(Key.fullName, into: &tweet)
      if !geo.place.isPresent { geo.place = fields.text(Key.name, into: &tweet) }
      geo.placeID = fields.text(Key.id, into: &tweet)
      geo.country = fields.text(Key.country, into: &tweet)
    }
    return geo == Geo() ? nil : geo
  }

  private static func pair(_ value: borrowing JSONValue) -> (Double, Double)? {
    guard value.isObject, let list = JSONFields(value, Key.table)[Key.coordinates] else { return nil }
    var cursor = list.cursor
    guard let first = cursor.next()?.number, let second = cursor.next()?.number else { return nil }
    return (first, second)
  }
}
