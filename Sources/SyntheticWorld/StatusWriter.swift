internal import Bytes

/// Writes plans as the v1.1 API's JSON: full statuses, and for some the streaming API's shape.
struct StatusWriter: ~Copyable {
  let people: Population
  private let grammar: TextGrammar
  private var outer = Composition()
  private var inner = Composition()
  // Escaped already.
  private static let apps: [StaticString] = [
    "<a href=\\\"http://twitter.com/download/iphone\\\" rel=\\\"nofollow\\\">Twitter for iPhone</a>",
    "<a href=\\\"http://twitter.com/download/android\\\" rel=\\\"nofollow\\\">Twitter for Android</a>",
    "<a href=\\\"https://mobile.twitter.com\\\" rel=\\\"nofollow\\\">Twitter Web App</a>",
    "<a href=\\\"https://bots.example.com\\\" rel=\\\"nofollow\\\">Bird Counter</a>",
  ]

  init(people: Population, grammar: TextGrammar) {
    self.people = people
    self.grammar = grammar
  }

  /// One status with what it embeds, without a line end. `boost` is added to likes and retweets: a later snapshot.
  mutating func write(_ plan: TweetPlan, boost: Int = 0, into out: inout ByteBuffer) {
    grammar.compose(plan, people, into: &outer, original: &inner)
    if let original = plan.retweeted {
      open(plan.core, isOuter: true, into: &out)
      out.append(",\"retweeted_status\":")
      open(original, isOuter: false, into: &out)
      close(original, boost, isQuote: false, into: &out)
    } else {
      open(plan.core, isOuter: true, into: &out)
      if let quoted = plan.quoted {
        grammar.compose(quoted, people, into: &inner)
        out.append(",\"quoted_status_id\":")
        out.append(decimal: quoted.id)
        out.append(",\"quoted_status_id_str\":\"")
        out.append(decimal: quoted.id)
        out.append("\",\"quoted_status\":")
        open(quoted, isOuter: false, into: &out)
        close(quoted, 0, isQuote: false, into: &out)
      }
    }
    close(plan.core, boost, isQuote: plan.quoted != nil, into: &out)
  }

  /// All up to the embedded statuses.
  private mutating func open(_ core: TweetCore, isOuter: Bool, into out: inout ByteBuffer) {
    // Swapping is free: `text` is the one that is written now, whichever it is.
    if !isOuter { swap(&outer, &inner) }
    defer { if !isOuter { swap(&outer, &inner) } }
    out.append("{\"created_at\":\"")
    WorldTime.appendClassic(core.time, to: &out)
    out.append("\",\"id\":")
    // Some programs on the way read ids as floating point; only `id_str` is right then.
    out.append(decimal: core.textSeed % 40 == 0 ? (core.id + 50) / 100 * 100 : core.id)
    out.append(",\"id_str\":\"")
    out.append(decimal: core.id)
    out.append("\"")
    let isLong = core.isStream && outer.codePoints > 140
    if isLong {
      inner.keep(first: 117, of: outer, link: core.id)
      text("text", inner, ascii: true, into: &out)
      out.append(",\"truncated\":true,\"display_text_range\":[0,140],")
      entities(inner, core, into: &out)
      out.append(",\"extended_tweet\":{\"full_text\":\"")
      out.append(escaped: outer.text.span, ascii: true)
      out.append("\",")
      displayRange(outer, into: &out)
      entities(outer, core, into: &out)
      out.append("}")
    } else {
      text(core.isStream ? "text" : "full_text", outer, ascii: core.isStream, into: &out)
      out.append(",\"truncated\":false,")
      if !core.isStream { displayRange(outer, into: &out) }
      entities(outer, core, into: &out)
    }
    out.append(",\"source\":\"")
    out.append(Self.app(core))
    out.append("\"")
    reply(core, into: &out)
    user(core.author, core.time, into: &out)
    place(core, into: &out)
  }

  /// The program that an account tweets with, as it stands in `source`.
  static func app(_ core: TweetCore) -> StaticString {
    apps[Int(SplitMix64.mix(UInt64(core.author)) % 4)]
  }

  private func text(
    _ key: StaticString, _ composition: borrowing Composition, ascii: Bool, into out: inout ByteBuffer
  ) {
    out.append(",\"")
    out.append(key)
    out.append("\":\"")
    out.append(escaped: composition.text.span, ascii: ascii)
    out.append("\"")
  }

  private func displayRange(_ composition: borrowing Composition, into out: inout ByteBuffer) {
    out.append("\"display_text_range\":[")
    out.append(decimal: UInt64(composition.displayStart))
    out.append(",")
    out.append(decimal: UInt64(composition.displayEnd))
    out.append("],")
  }

  private func reply(_ core: TweetCore, into out: inout ByteBuffer) {
    guard core.replyAuthor >= 0 else {
      out.append(
        ",\"in_reply_to_status_id\":null,\"in_reply_to_status_id_str\":null,\"in_reply_to_user_id\":null")
      out.append(",\"in_reply_to_user_id_str\":null,\"in_reply_to_screen_name\":null")
      return
    }
    let parent = people.accounts[Int(core.replyAuthor)]
    out.append(",\"in_reply_to_status_id\":")
    out.append(decimal: core.replyTo)
    out.append(",\"in_reply_to_status_id_str\":\"")
    out.append(decimal: core.replyTo)
    out.append("\",\"in_reply_to_user_id\":")
    out.append(decimal: parent.id)
    out.append(",\"in_reply_to_user_id_str\":\"")
    out.append(decimal: parent.id)
    out.append("\",\"in_reply_to_screen_name\":\"")
    out.append(parent.username)
    out.append("\"")
  }

  private func user(_ number: Int32, _ now: Int64, into out: inout ByteBuffer) {
    let account = people.accounts[Int(number)]
    out.append(",\"user\":{\"id\":")
    out.append(decimal: account.id)
    out.append(",\"id_str\":\"")
    out.append(decimal: account.id)
    out.append("\",\"name\":\"")
    out.append(account.name)
    out.append("\",\"screen_name\":\"")
    out.append(account.username)
    out.append("\",\"location\":\"")
    if account.id % 3 != 0 { out.append(Place.all[account.place].name) }
    out.append("\",\"description\":\"")
    if account.isSpammer {
      out.append("Best deals every day")
    } else if account.id % 4 != 0 {
      grammar.append(profileOf: account, seed: account.id, into: &out)
    }
    out.append("\",\"url\":null,\"protected\":")
    out.append(account.isProtected ? "true" : "false")
    out.append(",\"followers_count\":")
    out.append(decimal: UInt64(account.followers))
    out.append(",\"friends_count\":")
    out.append(decimal: UInt64(account.following))
    out.append(",\"listed_count\":")
    out.append(decimal: UInt64(account.followers / 90))
    out.append(",\"created_at\":\"")
    WorldTime.appendClassic(account.created, to: &out)
    out.append("\",\"favourites_count\":")
    out.append(decimal: UInt64(account.posts / 3))
    out.append(",\"utc_offset\":null,\"time_zone\":null,\"geo_enabled\":true,\"verified\":")
    out.append(account.isVerified ? "true" : "false")
    out.append(",\"statuses_count\":")
    out.append(decimal: UInt64(account.posts) + UInt64(now - WorldTime.start) / 14_400_000)
    out.append(
      ",\"lang\":null,\"contributors_enabled\":false,\"is_translator\":false,\"default_profile\":true")
    out.append(",\"profile_image_url_https\":\"https://pbs.twimg.com/profile_images/")
    out.append(decimal: account.id)
    out.append("/normal.jpg\",\"following\":null,\"notifications\":null}")
  }

  private func place(_ core: TweetCore, into out: inout ByteBuffer) {
    guard core.place >= 0 else {
      out.append(",\"geo\":null,\"coordinates\":null,\"place\":null,\"contributors\":null")
      return
    }
    let place = Place.all[Int(core.place)]
    if core.hasPoint {
      let longitude = place.longitude + Int(core.textSeed >> 8 & 0xFFFF) - 32768
      let latitude = place.latitude + Int(core.textSeed >> 24 & 0xFFFF) - 32768
      out.append(",\"geo\":{\"type\":\"Point\",\"coordinates\":[")
      out.append(millionths: latitude)
      out.append(",")
      out.append(millionths: longitude)
      out.append("]},\"coordinates\":{\"type\":\"Point\",\"coordinates\":[")
      out.append(millionths: longitude)
      out.append(",")
      out.append(millionths: latitude)
      out.append("]}")
    } else {
      out.append(",\"geo\":null,\"coordinates\":null")
    }
    out.append(",\"place\":{\"id\":\"")
    out.append(place.id)
    out.append("\",\"place_type\":\"city\",\"name\":\"")
    out.append(place.name)
    out.append("\",\"full_name\":\"")
    out.append(place.name)
    out.append("\",\"country_code\":\"")
    out.append(place.countryCode)
    out.append("\",\"country\":\"")
    out.append(place.country)
    out.append("\",\"bounding_box\":{\"type\":\"Polygon\",\"coordinates\":[[")
    for (corner, signs) in [(-1, -1), (1, -1), (1, 1), (-1, 1)].enumerated() {
      out.append(corner == 0 ? "[" : ",[")
      out.append(millionths: place.longitude + 50_000 * signs.0)
      out.append(",")
      out.append(millionths: place.latitude + 50_000 * signs.1)
      out.append("]")
    }
    out.append("]]},\"attributes\":{}},\"contributors\":null")
  }

  /// Counts and flags, after the embedded statuses.
  private func close(_ core: TweetCore, _ boost: Int, isQuote: Bool, into out: inout ByteBuffer) {
    out.append(",\"is_quote_status\":")
    out.append(isQuote ? "true" : "false")
    if core.isStream {
      out.append(",\"quote_count\":")
      out.append(decimal: UInt64(core.quotes))
      out.append(",\"reply_count\":")
      out.append(decimal: UInt64(core.replies))
    }
    out.append(",\"retweet_count\":")
    out.append(decimal: UInt64(core.retweets + boost))
    out.append(",\"favorite_count\":")
    out.append(decimal: UInt64(core.likes + boost))
    out.append(",\"favorited\":false,\"retweeted\":false,\"possibly_sensitive\":false,\"lang\":\"")
    out.append(core.language.code)
    out.append("\"")
    if core.isStream {
      out.append(",\"filter_level\":\"low\",\"timestamp_ms\":\"")
      out.append(decimal: UInt64(core.time))
      out.append("\"")
    }
    out.append("}")
  }
}
