internal import JSON

/// Reads the parts of a canonical tweet.
enum PartReader {
  private enum Key {
    static let table = KeyTable([
      "id", "username", "name", "bio", "location", "followers", "following", "tweets", "verified",
      "protected",
      "created_at", "url", "expanded", "type", "tweet", "user", "text", "lon", "lat", "place", "place_id",
      "country", "likes", "retweets", "replies", "quotes",
    ])
    static let id = 0, username = 1, name = 2, bio = 3, location = 4, followers = 5, following = 6, tweets = 7
    static let verified = 8, protected = 9, createdAt = 10, url = 11, expanded = 12, type = 13, tweet = 14
    static let user = 15, text = 16, lon = 17, lat = 18, place = 19, placeID = 20, country = 21
    static let likes = 22, retweets = 23, replies = 24, quotes = 25
  }

  static func user(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> User {
    let fields = JSONFields(value, Key.table)
    var user = User()
    user.id = fields.id(Key.id)
    user.username = fields.text(Key.username, into: &tweet)
    user.name = fields.text(Key.name, into: &tweet)
    user.bio = fields.text(Key.bio, into: &tweet)
    user.location = fields.text(Key.location, into: &tweet)
    user.followers = fields.count(Key.followers)
    user.following = fields.count(Key.following)
    user.tweets = fields.count(Key.tweets)
    user.verified = fields.bool(Key.verified)
    user.protected = fields.bool(Key.protected)
    user.createdAt = fields.time(Key.createdAt)
    return user
  }

  /// A user's id, or the handle where there is none.
  static func userName(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> User {
    var user = User()
    var handle: Int?
    var cursor = value.cursor
    // Of duplicate keys the last counts, and null counts as absent.
    while let member = cursor.nextMember() {
      switch Key.table.number(member) {
      case Key.id: user.id = member.value.isNull ? 0 : RecordID.parse(member.value) ?? 0
      case Key.username: handle = member.value.isString ? member.value.index : nil
      default: break
      }
    }
    if user.id == 0, let handle { user.username = tweet.add(value.at(handle).string) }
    return user
  }

  /// A reference by id alone; nil without one.
  static func referenceID(_ value: borrowing JSONValue) -> Reference? {
    var id: UInt64 = 0
    var cursor = value.cursor
    while let member = cursor.nextMember() {
      if Key.table.number(member) == Key.id {
        id = member.value.isNull ? 0 : RecordID.parse(member.value) ?? 0
      }
    }
    return id == 0 ? nil : Reference(id: id)
  }

  static func strings(
    _ list: borrowing JSONValue, _ tweet: inout Tweet, _ add: (inout Tweet, TextRange) -> Void
  ) {
    var cursor = list.cursor
    while let element = cursor.next() {
      guard element.isString else { continue }
      let text = tweet.add(element.string)
      add(&tweet, text)
    }
  }

  static func mentions(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let username = fields.text(Key.username, into: &tweet)
      tweet.mentions.append(Mention(id: fields.id(Key.id), username: username))
    }
  }

  static func links(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let url = fields.text(Key.url, into: &tweet)
      tweet.urls.append(Link(url: url, expanded: fields.text(Key.expanded, into: &tweet)))
    }
  }

  static func media(_ list: borrowing JSONValue, _ tweet: inout Tweet) {
    var cursor = list.cursor
    while let element = cursor.next() {
      let fields = JSONFields(element, Key.table)
      let type = fields.text(Key.type, into: &tweet)
      tweet.media.append(Media(type: type, url: fields.text(Key.url, into: &tweet)))
    }
  }

  static func reply(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> ReplyTarget {
    let fields = JSONFields(value, Key.table)
    var reply = ReplyTarget()
    reply.tweet = fields.id(Key.tweet)
    reply.user = fields.id(Key.user)
    reply.username = fields.text(Key.username, into: &tweet)
    return reply
  }

  static func reference(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> Reference? {
    let fields = JSONFields(value, Key.table)
    let id = fields.id(Key.id)
    if id == 0 { return nil }
    var reference = Reference(id: id)
    if let user = fields[Key.user] {
      let inner = JSONFields(user, Key.table)
      reference.userID = inner.id(Key.id)
      reference.username = inner.text(Key.username, into: &tweet)
    }
    reference.createdAt = fields.time(Key.createdAt)
    reference.text = fields.text(Key.text, into: &tweet)
    return reference
  }

  static func geo(_ value: borrowing JSONValue, _ tweet: inout Tweet) -> Geo {
    let fields = JSONFields(value, Key.table)
    var geo = Geo()
    if let lon = fields.number(Key.lon), let lat = fields.number(Key.lat) {
      geo.lon = lon
      geo.lat = lat
    }
    geo.place = fields.text(Key.place, into: &tweet)
    geo.placeID = fields.text(Key.placeID, into: &tweet)
    geo.country = fields.text(Key.country, into: &tweet)
    return geo
  }

  static func counts(_ value: borrowing JSONValue) -> Counts {
    let fields = JSONFields(value, Key.table)
    var counts = Counts()
    counts.likes = fields.count(Key.likes)
    counts.retweets = fields.count(Key.retweets)
    counts.replies = fields.count(Key.replies)
    counts.quotes = fields.count(Key.quotes)
    return counts
  }
}
