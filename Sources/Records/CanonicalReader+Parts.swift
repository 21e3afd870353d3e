/// The parts of a canonical tweet, each in the order in which `TweetWriter` writes it.
extension CanonicalReader {
  /// - Parameter isWhole: whether more is read of it than id and handle; the rest is then passed over.
  static func user(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet, isWhole: Bool) -> User {
    var user = User()
    cursor.open()
    if cursor.member("\"id\":\"") { user.id = cursor.id() }
    if cursor.member("\"username\":\"") { user.username = cursor.text(&tweet) }
    if cursor.member("\"name\":\"") { user.name = text(&cursor, &tweet, isWhole) }
    if cursor.member("\"bio\":\"") { user.bio = text(&cursor, &tweet, isWhole) }
    if cursor.member("\"location\":\"") { user.location = text(&cursor, &tweet, isWhole) }
    if cursor.member("\"followers\":") { user.followers = cursor.count() }
    if cursor.member("\"following\":") { user.following = cursor.count() }
    if cursor.member("\"tweets\":") { user.tweets = cursor.count() }
    if cursor.member("\"verified\":") { user.verified = cursor.bool() }
    if cursor.member("\"protected\":") { user.protected = cursor.bool() }
    if cursor.member("\"created_at\":\"") { user.createdAt = cursor.time() }
    cursor.close()
    return user
  }

  private static func text(
    _ cursor: inout CanonicalCursor, _ tweet: inout Tweet, _ isWanted: Bool
  ) -> TextRange {
    if isWanted { return cursor.text(&tweet) }
    cursor.skipText()
    return .absent
  }

  // The elements of a list, at least one, behind its bracket.
  @inline(__always)
  private static func each(_ cursor: inout CanonicalCursor, _ body: (inout CanonicalCursor) -> Void) {
    repeat { body(&cursor) } while cursor.take(",")
    cursor.need("]")
  }

  static func strings(
    _ cursor: inout CanonicalCursor, _ tweet: inout Tweet, _ add: (inout Tweet, TextRange) -> Void
  ) {
    each(&cursor) { cursor in
      cursor.need("\"")
      add(&tweet, cursor.text(&tweet))
    }
  }

  static func mentions(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) {
    each(&cursor) { cursor in
      var mention = Mention(id: 0, username: .absent)
      cursor.open()
      if cursor.member("\"id\":\"") { mention.id = cursor.id() }
      if cursor.member("\"username\":\"") { mention.username = cursor.text(&tweet) }
      cursor.close()
      tweet.mentions.append(mention)
    }
  }

  static func links(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) {
    each(&cursor) { cursor in
      var link = Link(url: .absent, expanded: .absent)
      cursor.open()
      if cursor.member("\"url\":\"") { link.url = cursor.text(&tweet) }
      if cursor.member("\"expanded\":\"") { link.expanded = cursor.text(&tweet) }
      cursor.close()
      tweet.urls.append(link)
    }
  }

  static func media(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) {
    each(&cursor) { cursor in
      var medium = Media(type: .absent, url: .absent)
      cursor.open()
      if cursor.member("\"type\":\"") { medium.type = cursor.text(&tweet) }
      if cursor.member("\"url\":\"") { medium.url = cursor.text(&tweet) }
      cursor.close()
      tweet.media.append(medium)
    }
  }

  static func reply(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) -> ReplyTarget {
    var reply = ReplyTarget()
    cursor.open()
    if cursor.member("\"tweet\":\"") { reply.tweet = cursor.id() }
    if cursor.member("\"user\":\"") { reply.user = cursor.id() }
    if cursor.member("\"username\":\"") { reply.username = cursor.text(&tweet) }
    cursor.close()
    return reply
  }

  static func reference(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) -> Reference {
    cursor.need("{\"id\":\"")
    var reference = Reference(id: cursor.id())
    if cursor.member("\"user\":") {
      cursor.open()
      if cursor.member("\"id\":\"") { reference.userID = cursor.id() }
      if cursor.member("\"username\":\"") { reference.username = cursor.text(&tweet) }
      cursor.close()
    }
    if cursor.member("\"created_at\":\"") { reference.createdAt = cursor.time() }
    if cursor.member("\"text\":\"") { reference.text = cursor.text(&tweet) }
    cursor.close()
    return reference
  }

  static func geo(_ cursor: inout CanonicalCursor, _ tweet: inout Tweet) -> Geo {
    var geo = Geo()
    cursor.open()
    if cursor.member("\"lon\":") {
      geo.lon = cursor.number()
      cursor.need(",\"lat\":")
      geo.lat = cursor.number()
    }
    if cursor.member("\"place\":\"") { geo.place = cursor.text(&tweet) }
    if cursor.member("\"place_id\":\"") { geo.placeID = cursor.text(&tweet) }
    if cursor.member("\"country\":\"") { geo.country = cursor.text(&tweet) }
    cursor.close()
    return geo
  }

  static func counts(_ cursor: inout CanonicalCursor) -> Counts {
    var counts = Counts()
    cursor.open()
    if cursor.member("\"likes\":") { counts.likes = cursor.count() }
    if cursor.member("\"retweets\":") { counts.retweets = cursor.count() }
    if cursor.member("\"replies\":") { counts.replies = cursor.count() }
    if cursor.member("\"quotes\":") { counts.quotes = cursor.count() }
    cursor.close()
    return counts
  }
}
