package import Bytes
package import Records

// A stored record, without what is stored elsewhere: id and time stand in columns, tokens in the lists.
//
//   varint presence bits (see `Presence`); the text; the present parts in the order of their bits
//   a string: varint bytes, the bytes; a list: varint count, the elements; an optional string: varint (bytes + 1), 0 = absent
//   counts and optional ids: varint (value + 1), 0 = absent; coordinates: f64 little-endian
/// Packs a canonical tweet into bytes and back: what is stored for every document.
package enum RecordCodec {
  private enum Presence {
    static let user = 0, lang = 1, hashtags = 2, cashtags = 3, mentions = 4, urls = 5, media = 6, reply = 7
    static let retweet = 8, quote = 9, conversation = 10, geo = 11, counts = 12, source = 13, sensitive = 14
    static let sensitiveValue = 15, cluster = 16, spam = 17
  }

  /// Appends the packed record. - Complexity: O(bytes).
  package static func encode(_ tweet: borrowing Tweet, to out: inout ByteBuffer) {
    var bits: UInt64 = 0
    func mark(_ bit: Int, _ isPresent: Bool) { if isPresent { bits |= 1 << UInt64(bit) } }
    mark(Presence.user, tweet.user != nil)
    mark(Presence.lang, tweet.lang.isPresent)
    mark(Presence.hashtags, !tweet.hashtags.isEmpty)
    mark(Presence.cashtags, !tweet.cashtags.isEmpty)
    mark(Presence.mentions, !tweet.mentions.isEmpty)
    mark(Presence.urls, !tweet.urls.isEmpty)
    mark(Presence.media, !tweet.media.isEmpty)
    mark(Presence.reply, tweet.replyTo != nil)
    mark(Presence.retweet, tweet.retweetOf != nil)
    mark(Presence.quote, tweet.quoteOf != nil)
    mark(Presence.conversation, tweet.conversation > 0)
    mark(Presence.geo, tweet.geo != nil)
    mark(Presence.counts, tweet.counts != nil)
    mark(Presence.source, tweet.source.isPresent)
    mark(Presence.sensitive, tweet.sensitive != nil)
    mark(Presence.sensitiveValue, tweet.sensitive == true)
    mark(Presence.cluster, tweet.cluster.isPresent)
    mark(Presence.spam, tweet.spam.isPresent)
    out.append(varint: bits)
    string(tweet.text, tweet, &out)
    if let user = tweet.user { encode(user, tweet, &out) }
    if tweet.lang.isPresent { string(tweet.lang, tweet, &out) }
    strings(tweet.hashtags, tweet, &out)
    strings(tweet.cashtags, tweet, &out)
    encodeEntities(tweet, &out)
    if let reply = tweet.replyTo {
      out.append(varint: reply.tweet)
      out.append(varint: reply.user)
      optional(reply.username, tweet, &out)
    }
    if let retweet = tweet.retweetOf { encode(retweet, tweet, &out) }
    if let quote = tweet.quoteOf { encode(quote, tweet, &out) }
    if tweet.conversation > 0 { out.append(varint: tweet.conversation) }
    if let geo = tweet.geo { encode(geo, tweet, &out) }
    if let counts = tweet.counts {
      for count in [counts.likes, counts.retweets, counts.replies, counts.quotes] { number(count, &out) }
    }
    if tweet.source.isPresent { string(tweet.source, tweet, &out) }
    if tweet.cluster.isPresent { string(tweet.cluster, tweet, &out) }
    if tweet.spam.isPresent { string(tweet.spam, tweet, &out) }
  }

  private static func encodeEntities(_ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if !tweet.mentions.isEmpty {
      out.append(varint: UInt64(tweet.mentions.count))
      for mention in tweet.mentions {
        out.append(varint: mention.id)
        optional(mention.username, tweet, &out)
      }
    }
    if !tweet.urls.isEmpty {
      out.append(varint: UInt64(tweet.urls.count))
      for link in tweet.urls {
        optional(link.url, tweet, &out)
        optional(link.expanded, tweet, &out)
      }
    }
    if !tweet.media.isEmpty {
      out.append(varint: UInt64(tweet.media.count))
      for medium in tweet.media {
        optional(medium.type, tweet, &out)
        optional(medium.url, tweet, &out)
      }
    }
  }

  private static func encode(_ user: User, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    // Which of the rarer fields follow; slim records have none of them.
    var bits: UInt64 = 0
    func mark(_ bit: UInt64, _ isPresent: Bool) { if isPresent { bits |= 1 << bit } }
    mark(0, user.username.isPresent)
    mark(1, user.name.isPresent)
    mark(2, user.bio.isPresent)
    mark(3, user.location.isPresent)
    mark(4, user.followers >= 0 || user.following >= 0 || user.tweets >= 0)
    mark(5, user.verified != nil)
    mark(6, user.verified == true)
    mark(7, user.protected != nil)
    mark(8, user.protected == true)
    mark(9, user.createdAt != nil)
    out.append(varint: user.id)
    out.append(varint: bits)
    if user.username.isPresent { string(user.username, tweet, &out) }
    if user.name.isPresent { string(user.name, tweet, &out) }
    if user.bio.isPresent { string(user.bio, tweet, &out) }
    if user.location.isPresent { string(user.location, tweet, &out) }
    if bits & 16 != 0 {
      number(user.followers, &out)
      number(user.following, &out)
      number(user.tweets, &out)
    }
    if let at = user.createdAt { out.append(varint: zigzag(at)) }
  }

  private static func encode(_ reference: Reference, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    out.append(varint: reference.id)
    out.append(varint: reference.userID)
    optional(reference.username, tweet, &out)
    out.append(reference.createdAt == nil ? 0 : 1)
    if let at = reference.createdAt { out.append(varint: zigzag(at)) }
    optional(reference.text, tweet, &out)
  }

  private static func encode(_ geo: Geo, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if let lon = geo.lon, let lat = geo.lat {
      out.append(1)
      out.append(littleEndian: lon.bitPattern)
      out.append(littleEndian: lat.bitPattern)
    } else {
      out.append(0)
    }
    optional(geo.place, tweet, &out)
    optional(geo.placeID, tweet, &out)
    optional(geo.country, tweet, &out)
  }

  private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }

  private static func number(_ value: Int64, _ out: inout ByteBuffer) {
    out.append(varint: value < 0 ? 0 : UInt64(value) + 1)
  }

  private static func string(_ field: TextRange, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    let bytes = tweet.bytes(field)
    out.append(varint: UInt64(bytes.count))
    out.append(bytes)
  }

  private static func optional(_ field: TextRange, _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    guard field.isPresent else { return out.append(0) }
    let bytes = tweet.bytes(field)
    out.append(varint: UInt64(bytes.count) + 1)
    out.append(bytes)
  }

  private static func strings(_ fields: [TextRange], _ tweet: borrowing Tweet, _ out: inout ByteBuffer) {
    if fields.isEmpty { return }
    out.append(varint: UInt64(fields.count))
    for field in fields { string(field, tweet, &out) }
  }

  /// Reads a packed record into `tweet`, which is reset first; what columns hold is given.
  /// - Throws: `DecodeError` for anything out of bounds.
  package static func decode(
    _ bytes: Span<UInt8>, id: UInt64, time: Int64, into tweet: inout Tweet
  ) throws(DecodeError) {
    tweet.reset()
    var reader = RecordFieldReader(bytes)
    tweet.id = id
    tweet.createdAt = time
    let bits = try reader.number()
    func has(_ bit: Int) -> Bool { bits & 1 << UInt64(bit) != 0 }
    tweet.text = try reader.string(&tweet)
    if has(Presence.user) { tweet.user = try reader.user(&tweet) }
    if has(Presence.lang) { tweet.lang = try reader.string(&tweet) }
    if has(Presence.hashtags) {
      for _ in 0..<(try reader.count()) { tweet.hashtags.append(try reader.string(&tweet)) }
    }
    if has(Presence.cashtags) {
      for _ in 0..<(try reader.count()) { tweet.cashtags.append(try reader.string(&tweet)) }
    }
    if has(Presence.mentions) {
      for _ in 0..<(try reader.count()) {
        let id = try reader.number()
        tweet.mentions.append(Mention(id: id, username: try reader.optional(&tweet)))
      }
    }
    if has(Presence.urls) {
      for _ in 0..<(try reader.count()) {
        let url = try reader.optional(&tweet)
        tweet.urls.append(Link(url: url, expanded: try reader.optional(&tweet)))
      }
    }
    if has(Presence.media) {
      for _ in 0..<(try reader.count()) {
        let type = try reader.optional(&tweet)
        tweet.media.append(Media(type: type, url: try reader.optional(&tweet)))
      }
    }
    if has(Presence.reply) {
      var reply = ReplyTarget()
      reply.tweet = try reader.number()
      reply.user = try reader.number()
      reply.username = try reader.optional(&tweet)
      tweet.replyTo = reply
    }
    if has(Presence.retweet) { tweet.retweetOf = try reader.reference(&tweet) }
    if has(Presence.quote) { tweet.quoteOf = try reader.reference(&tweet) }
    if has(Presence.conversation) { tweet.conversation = try reader.number() }
    if has(Presence.geo) { tweet.geo = try reader.geo(&tweet) }
    if has(Presence.counts) {
      var counts = Counts()
      counts.likes = try reader.optionalNumber()
      counts.retweets = try reader.optionalNumber()
      counts.replies = try reader.optionalNumber()
      counts.quotes = try reader.optionalNumber()
      tweet.counts = counts
    }
    if has(Presence.source) { tweet.source = try reader.string(&tweet) }
    if has(Presence.sensitive) { tweet.sensitive = has(Presence.sensitiveValue) }
    if has(Presence.cluster) { tweet.cluster = try reader.string(&tweet) }
    if has(Presence.spam) { tweet.spam = try reader.string(&tweet) }
  }

  /// What follows the id and the time, which records of the first two formats began with.
  @_lifetime(copy bytes)
  static func withoutIdentity(_ bytes: Span<UInt8>) throws(DecodeError) -> Span<UInt8> {
    var reader = RecordFieldReader(bytes)
    _ = try reader.number()
    _ = try reader.signed()
    return reader.rest
  }

  /// Rewrites the packed record that begins at `start` and ends `body` with other counts.
  package static func replaceCounts(_ body: inout ByteBuffer, from start: Int, with counts: Counts) {
    var tweet = Tweet()
    // What was packed a moment ago unpacks.
    guard (try? decode(body.span.extracting(start..<body.count), id: 0, time: 0, into: &tweet)) != nil else {
      return
    }
    tweet.counts = counts.isEmpty ? nil : counts
    body.truncate(to: start)
    encode(tweet, to: &body)
  }
}
