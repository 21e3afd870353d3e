internal import Bytes
internal import Records

/// Turns a row of a table into a tweet.
struct TableDecoder: ~Copyable {
  private var row = TableRow()

  init() {}

  /// Fills `tweet` (already reset). Text is taken as it stands: tables hold no entities and no HTML escapes of their own,
  /// but exports keep those of the API, so `&lt;`, `&gt;` and `&amp;` are decoded as everywhere.
  mutating func read(
    _ bytes: Span<UInt8>, _ columns: TableColumns, allowsMissingID: Bool, into tweet: inout Tweet
  ) throws(Rejection) {
    if let place = UTF8Check.firstError(in: bytes) {
      throw Rejection(.badUTF8, "byte \(place): expected UTF-8")
    }
    guard row.read(bytes, delimiter: columns.delimiter) || columns.delimiter == 0x09 else {
      throw Rejection(
        .badJSON, "expected a row of RFC 4180; a quoted field does not end where its quote closes")
    }
    guard row.count == columns.fields.count else {
      throw Rejection(
        .badJSON, "expected \(columns.fields.count) fields as in the header, found \(row.count)")
    }
    try Self.fill(row, columns, allowsMissingID: allowsMissingID, &tweet)
  }

  private static func fill(
    _ row: borrowing TableRow, _ columns: TableColumns, allowsMissingID: Bool, _ tweet: inout Tweet
  ) throws(Rejection) {
    var user = User()
    var counts = Counts()
    var geo = Geo()
    var reply = ReplyTarget()
    var time: Int64?
    var hasTime = false
    var idIsBad = false
    for (index, field) in columns.fields.enumerated() {
      let value = row.field(index)
      guard let field, value.count > 0 || field == .text else { continue }
      switch field {
      case .id:
        tweet.id = RecordID.parse(value) ?? 0
        idIsBad = tweet.id == 0
      case .text:
        let start = tweet.arena.count
        MarkupText.decode(value, into: &tweet.arena)
        tweet.text = TextRange(start: start, count: tweet.arena.count - start)
      case .createdAt:
        hasTime = true
        time = Timestamp.parse(value) ?? Timestamp.parseEpoch(value)
      case .username:
        user.username = tweet.add(value[0] == UInt8(ascii: "@") ? value.extracting(1..<value.count) : value)
      case .userID: user.id = RecordID.parse(value) ?? 0
      case .name: user.name = tweet.add(value)
      case .bio: user.bio = tweet.add(value)
      case .location: user.location = tweet.add(value)
      case .followers: user.followers = count(value)
      case .following: user.following = count(value)
      case .tweets: user.tweets = count(value)
      case .verified: user.verified = bool(value)
      case .lang: tweet.lang = tweet.add(value)
      case .likes: counts.likes = count(value)
      case .retweets: counts.retweets = count(value)
      case .replies: counts.replies = count(value)
      case .quotes: counts.quotes = count(value)
      case .source: tweet.source = MarkupText.appName(value, &tweet)
      case .replyTo: reply.tweet = RecordID.parse(value) ?? 0
      case .replyUser: reply.user = RecordID.parse(value) ?? 0
      case .replyUsername: reply.username = tweet.add(value)
      case .retweetOf: if let id = RecordID.parse(value) { tweet.retweetOf = Reference(id: id) }
      case .quoteOf: if let id = RecordID.parse(value) { tweet.quoteOf = Reference(id: id) }
      case .conversation: tweet.conversation = RecordID.parse(value) ?? 0
      case .lon: geo.lon = Double(value.text)
      case .lat: geo.lat = Double(value.text)
      case .place: geo.place = tweet.add(value)
      case .placeID: geo.placeID = tweet.add(value)
      case .country: geo.country = tweet.add(value)
      case .sensitive: tweet.sensitive = bool(value)
      }
    }
    if idIsBad { throw Rejection(.badID, "the id is no whole number from 1 to 2^63-1") }
    if tweet.id == 0 && !(allowsMissingID && hasTime) { throw Rejection(.missingID, "no id in its column") }
    if tweet.text.count == 0 { throw Rejection(.missingText, "no text in its column") }
    tweet.createdAt = try RecordTime.resolve(time, isThere: hasTime, id: tweet.id)
    if let lon = geo.lon, let lat = geo.lat, abs(lon) <= 180, abs(lat) <= 90 {
    } else {
      (geo.lon, geo.lat) = (nil, nil)
    }
    if geo != Geo() { tweet.geo = geo }
    if user != User() { tweet.user = user }
    if !counts.isEmpty { tweet.counts = counts }
    if reply.tweet > 0 || reply.user > 0 || reply.username.hasText { tweet.replyTo = reply }
    tweet.needsEntities = true
  }

  // `12`, and `12.0` as spreadsheets write it.
  private static func count(_ value: Span<UInt8>) -> Int64 {
    var end = value.count
    if end > 2, value[end - 1] == 48, value[end - 2] == UInt8(ascii: ".") { end -= 2 }
    if end == 1 && value[0] == 48 { return 0 }
    guard let number = RecordID.parse(value.extracting(0..<end)) else { return -1 }
    return Int64(number)
  }

  private static func bool(_ value: Span<UInt8>) -> Bool? {
    if value.equals("true") || value.equals("True") || value.equals("TRUE") || value.equals("1") {
      return true
    }
    if value.equals("false") || value.equals("False") || value.equals("FALSE") || value.equals("0") {
      return false
    }
    return nil
  }
}
