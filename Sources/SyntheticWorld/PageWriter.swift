internal import Bytes

/// Writes plans as one page of API v2: `data` joined with `includes`.
struct PageWriter: ~Copyable {
  private let people: Population
  private let grammar: TextGrammar
  private var text = Composition()
  private var original = Composition()

  init(people: Population, grammar: TextGrammar) {
    self.people = people
    self.grammar = grammar
  }

  /// The page, pretty-printed by nothing: one line.
  mutating func write(_ plans: [TweetPlan], into out: inout ByteBuffer) {
    var users: Set<Int32> = []
    var places: Set<Int> = []
    var included: [UInt64: TweetCore] = [:]
    out.append("{\"data\":[")
    for (index, plan) in plans.enumerated() {
      if index > 0 { out.append(",") }
      grammar.compose(plan, people, into: &text, original: &original)
      tweet(plan, into: &out)
      users.insert(plan.core.author)
      if plan.core.place >= 0 { places.insert(Int(plan.core.place)) }
      for core in [plan.retweeted, plan.quoted].compactMap({ $0 }) {
        included[core.id] = core
        users.insert(core.author)
      }
    }
    out.append("],\"includes\":{\"tweets\":[")
    for (index, core) in included.values.sorted(by: { $0.id < $1.id }).enumerated() {
      if index > 0 { out.append(",") }
      grammar.compose(core, people, into: &text)
      tweet(TweetPlan(core: core, retweeted: nil, quoted: nil), into: &out)
    }
    out.append("],\"users\":[")
    for (index, number) in users.sorted().enumerated() {
      if index > 0 { out.append(",") }
      user(people.accounts[Int(number)], into: &out)
    }
    out.append("],\"places\":[")
    for (index, place) in places.sorted().enumerated() {
      if index > 0 { out.append(",") }
      self.place(Place.all[place], into: &out)
    }
    out.append("]},\"meta\":{\"result_count\":")
    out.append(decimal: UInt64(plans.count))
    out.append(",\"newest_id\":\"")
    out.append(decimal: plans.map(\.core.id).max() ?? 0)
    out.append("\",\"oldest_id\":\"")
    out.append(decimal: plans.map(\.core.id).min() ?? 0)
    out.append("\"}}\n")
  }

  private func tweet(_ plan: TweetPlan, into out: inout ByteBuffer) {
    let core = plan.core
    out.append("{\"id\":\"")
    out.append(decimal: core.id)
    out.append("\",\"text\":\"")
    out.append(escaped: text.text.span)
    out.append("\",\"author_id\":\"")
    out.append(decimal: people.accounts[Int(core.author)].id)
    out.append("\",\"created_at\":\"")
    WorldTime.appendISO(core.time, to: &out)
    out.append("\",\"lang\":\"")
    out.append(core.language.code)
    out.append("\",\"conversation_id\":\"")
    out.append(decimal: core.conversation)
    out.append("\"")
    if core.replyAuthor >= 0 {
      out.append(",\"in_reply_to_user_id\":\"")
      out.append(decimal: people.accounts[Int(core.replyAuthor)].id)
      out.append("\"")
    }
    references(plan, into: &out)
    entities(into: &out)
    if core.place >= 0 {
      out.append(",\"geo\":{\"place_id\":\"")
      out.append(Place.all[Int(core.place)].id)
      out.append("\"}")
    }
    for (key, count) in [
      (",\"public_metrics\":{\"retweet_count\":" as StaticString, core.retweets),
      (",\"reply_count\":", core.replies),
      (",\"like_count\":", core.likes), (",\"quote_count\":", core.quotes),
    ] {
      out.append(key)
      out.append(decimal: UInt64(count))
    }
    out.append("},\"possibly_sensitive\":false,\"source\":\"Twitter Web App\"}")
  }

  private func references(_ plan: TweetPlan, into out: inout ByteBuffer) {
    var all: [(StaticString, UInt64)] = []
    if let core = plan.retweeted { all.append(("retweeted", core.id)) }
    if let core = plan.quoted { all.append(("quoted", core.id)) }
    if plan.core.replyAuthor >= 0 { all.append(("replied_to", plan.core.replyTo)) }
    for (index, reference) in all.enumerated() {
      out.append(index == 0 ? ",\"referenced_tweets\":[{\"type\":\"" : ",{\"type\":\"")
      out.append(reference.0)
      out.append("\",\"id\":\"")
      out.append(decimal: reference.1)
      out.append("\"}")
    }
    if !all.isEmpty { out.append("]") }
  }

  private func entities(into out: inout ByteBuffer) {
    if text.entities.isEmpty { return }
    out.append(",\"entities\":{")
    let kinds: [(TextEntity.Kind, StaticString)] = [
      (.hashtag, "\"hashtags\":["), (.cashtag, "\"cashtags\":["), (.mention, "\"mentions\":["),
      (.url, "\"urls\":["),
    ]
    var isFirstKind = true
    for (kind, key) in kinds {
      // Media are links too.
      let members = text.entities.filter { $0.kind == kind || kind == .url && $0.kind == .media }
      if members.isEmpty { continue }
      if !isFirstKind { out.append(",") }
      isFirstKind = false
      out.append(key)
      for (index, entity) in members.enumerated() {
        out.append(index == 0 ? "{\"start\":" : ",{\"start\":")
        out.append(decimal: UInt64(entity.start))
        out.append(",\"end\":")
        out.append(decimal: UInt64(entity.end))
        value(entity, into: &out)
        out.append("}")
      }
      out.append("]")
    }
    out.append("}")
  }

  private func value(_ entity: TextEntity, into out: inout ByteBuffer) {
    let words = text.text.span.extracting(entity.bytes)
    switch entity.kind {
    case .hashtag, .cashtag:
      out.append(",\"tag\":\"")
      out.append(escaped: words)
    case .mention:
      out.append(",\"id\":\"")
      out.append(decimal: people.accounts[Int(entity.reference)].id)
      out.append("\",\"username\":\"")
      out.append(words)
    case .url:
      out.append(",\"url\":\"")
      out.append(words)
      out.append("\",\"expanded_url\":\"")
      Links.appendLong(entity.reference, to: &out)
      out.append("\",\"display_url\":\"")
      Links.appendLong(entity.reference, scheme: false, to: &out)
    case .media:
      out.append(",\"url\":\"")
      out.append(words)
      out.append("\",\"expanded_url\":\"https://twitter.com/i/status/")
      out.append(decimal: entity.reference)
      out.append("/photo/1\",\"display_url\":\"pic.twitter.com/")
      out.append(words.extracting(13..<words.count))
    }
    out.append("\"")
  }

  private func user(_ account: Account, into out: inout ByteBuffer) {
    out.append("{\"id\":\"")
    out.append(decimal: account.id)
    out.append("\",\"username\":\"")
    out.append(account.username)
    out.append("\",\"name\":\"")
    out.append(account.name)
    out.append("\",\"location\":\"")
    out.append(Place.all[account.place].name)
    out.append("\",\"created_at\":\"")
    WorldTime.appendISO(account.created, to: &out)
    out.append("\",\"protected\":")
    out.append(account.isProtected ? "true" : "false")
    out.append(",\"verified\":")
    out.append(account.isVerified ? "true" : "false")
    out.append(",\"public_metrics\":{\"followers_count\":")
    out.append(decimal: UInt64(account.followers))
    out.append(",\"following_count\":")
    out.append(decimal: UInt64(account.following))
    out.append(",\"tweet_count\":")
    out.append(decimal: UInt64(account.posts))
    out.append("}}")
  }

  private func place(_ place: Place, into out: inout ByteBuffer) {
    out.append("{\"id\":\"")
    out.append(place.id)
    out.append("\",\"full_name\":\"")
    out.append(place.name)
    out.append("\",\"country\":\"")
    out.append(place.country)
    out.append("\",\"country_code\":\"")
    out.append(place.countryCode)
    out.append("\",\"geo\":{\"type\":\"Feature\",\"bbox\":[")
    out.append(millionths: place.longitude - 50_000)
    out.append(",")
    out.append(millionths: place.latitude - 50_000)
    out.append(",")
    out.append(millionths: place.longitude + 50_000)
    out.append(",")
    out.append(millionths: place.latitude + 50_000)
    out.append("],\"properties\":{}}}")
  }
}
