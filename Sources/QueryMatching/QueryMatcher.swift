internal import Bytes
public import QueryGrammar
public import Records
public import TextAnalysis

/// Says of one record after another whether it matches a query: by the record alone, without an index.
///
/// It is what `ingest --where` filters by, what an index asks where only the stored record knows, and the definition by
/// which tests measure the index. Texts are analysed when a clause asks for them. One per thread. To search many tweets
/// again and again build an index.
public struct QueryMatcher: ~Copyable {
  private let root: MatchClause
  private var analysis: QueryAnalysis
  /// Of the tweet in hand.
  private var tokens = TokenList()
  private var hasTokens = false
  private var words = TokenList()
  private var folded = ByteBuffer(capacity: 1024)
  private var places: [[Int]] = []

  /// A matcher of `query`; `within_time:` is measured from `now` (ms since 1970), and matches nothing without it.
  public init(
    _ query: QueryNode, now: Int64? = nil, settings: AnalyzerSettings = AnalyzerSettings()
  ) {
    analysis = QueryAnalysis(settings)
    root = MatchClause(now.map { query.resolved(now: $0) } ?? query, &analysis)
  }

  /// Whether `tweet` matches. - Complexity: O(clauses · record).
  public mutating func matches(_ tweet: borrowing Tweet) -> Bool {
    hasTokens = false
    return holds(root, tweet)
  }

  private mutating func holds(_ clause: MatchClause, _ tweet: borrowing Tweet) -> Bool {
    switch clause {
    case .all: return true
    case .nothing: return false
    case .phrase(let plan): return stands(plan, tweet)
    case .field(let field, let keys): return has(field, keys, tweet)
    case .id(let field, let id): return Self.ids(field, tweet) == id
    case .account(let role, let name, let id): return isAccount(role, name, id, tweet)
    case .link(let terms): return linkHolds(terms, tweet)
    case .words(let field, let terms, let whole): return holds(field, terms, whole, tweet)
    case .substring(let field, let part): return contains(field, part, tweet)
    case .property(let property): return has(property, tweet)
    case .range(let field, let range): return Self.number(field, tweet).map { range.contains($0) } ?? false
    case .area(let area):
      guard let longitude = tweet.geo?.lon, let latitude = tweet.geo?.lat else { return false }
      return area.contains(longitude: longitude, latitude: latitude)
    case .sample(let limit): return SampleRule.takes(tweet.id, below: limit)
    case .and(let parts):
      for part in parts where !holds(part, tweet) { return false }
      return true
    case .or(let parts):
      for part in parts where holds(part, tweet) { return true }
      return false
    case .not(let inner): return !holds(inner, tweet)
    }
  }

  // MARK: Text

  private mutating func stands(_ plan: PhrasePlan, _ tweet: borrowing Tweet) -> Bool {
    if !hasTokens {
      analysis.analyzer.analyze(
        text: tweet.bytes(tweet.text), language: tweet.bytes(tweet.lang), links: tweet.urls,
        arena: tweet.arena.span, into: &tokens)
      hasTokens = true
    }
    places.removeAll(keepingCapacity: true)
    for part in plan.parts {
      var found: [Int] = []
      for index in 0..<tokens.count where part.term.matches(tokens.term(index)) {
        // Positions beyond have one number in an index.
        let position = min(Int(tokens.tokens[index].position), 65_535)
        if found.last != position { found.append(position) }
      }
      if found.isEmpty { return false }
      places.append(found)
    }
    return PhrasePlaces.count(places, offsets: plan.parts.map(\.offset), slop: plan.slop) > 0
  }

  private mutating func contains(_ field: QuerySubstring, _ part: [UInt8], _ tweet: borrowing Tweet) -> Bool {
    if field == .text { return contains(part, tweet.bytes(tweet.text)) }
    for link in tweet.urls {
      if contains(part, tweet.bytes(link.expanded)) || contains(part, tweet.bytes(link.url)) { return true }
    }
    return false
  }

  private mutating func contains(_ part: [UInt8], _ text: Span<UInt8>) -> Bool {
    fold(text)
    let bytes = folded.span
    if part.isEmpty || part.count > bytes.count { return false }
    for start in 0...bytes.count - part.count
    where bytes[start] == part[0] && bytes.extracting(start..<start + part.count).equals(part.span) {
      return true
    }
    return false
  }

  // MARK: Fields

  private mutating func fold(_ text: Span<UInt8>) {
    folded.removeAll()
    analysis.analyzer.fold(text, into: &folded)
  }

  private mutating func isSame(_ text: Span<UInt8>, _ key: [UInt8]) -> Bool {
    if key.isEmpty || text.isEmpty { return false }
    fold(text)
    return folded.span.equals(key.span)
  }

  private mutating func has(_ field: QueryField, _ keys: [[UInt8]], _ tweet: borrowing Tweet) -> Bool {
    for key in keys {
      switch field {
      case .hashtag: for tag in tweet.hashtags where isSame(tweet.bytes(tag), key) { return true }
      case .cashtag: for tag in tweet.cashtags where isSame(tweet.bytes(tag), key) { return true }
      case .mention:
        for mention in tweet.mentions where isSame(tweet.bytes(mention.username), key) { return true }
      case .language: if tweet.lang.hasText, tweet.bytes(tweet.lang).equals(key.span) { return true }
      case .country: if let geo = tweet.geo, isSame(tweet.bytes(geo.country), key) { return true }
      case .source: if isSame(tweet.bytes(tweet.source), key) { return true }
      default: return false
      }
    }
    return false
  }

  private mutating func isAccount(
    _ role: QueryAccount, _ name: [UInt8], _ id: UInt64, _ tweet: borrowing Tweet
  ) -> Bool {
    switch role {
    case .author:
      guard let user = tweet.user else { return false }
      return id > 0 && user.id == id || isSame(tweet.bytes(user.username), name)
    case .replied:
      guard let reply = tweet.replyTo else { return false }
      return id > 0 && reply.user == id || isSame(tweet.bytes(reply.username), name)
    case .retweeted:
      guard let original = tweet.retweetOf else { return false }
      return id > 0 && original.userID == id || isSame(tweet.bytes(original.username), name)
    }
  }

  // Hosts and words of all links together, as an index has them.
  private mutating func linkHolds(_ terms: [LinkTerm], _ tweet: borrowing Tweet) -> Bool {
    if terms.isEmpty { return false }
    var hosts: [[UInt8]] = []
    var paths: [[UInt8]] = []
    for link in tweet.urls {
      analyseWords(tweet.bytes(link.expanded.hasText ? link.expanded : link.url))
      for index in 0..<words.count {
        if index == 0 { hosts.append(words.term(0).array) } else { paths.append(words.term(index).array) }
      }
    }
    func isHost(_ part: [UInt8]) -> Bool { hosts.contains { HostLabels.holds($0.span, part.span) } }
    return terms.allSatisfy { term in
      isHost(term.whole)
        || !term.pieces.isEmpty && term.pieces.allSatisfy { paths.contains($0) || isHost($0) }
    }
  }

  private mutating func holds(
    _ field: QueryWords, _ terms: [[UInt8]], _ whole: [UInt8], _ tweet: borrowing Tweet
  ) -> Bool {
    switch field {
    case .place:
      guard let geo = tweet.geo else { return false }
      return isSame(tweet.bytes(geo.placeID), whole) || holdsAll(terms, tweet.bytes(geo.place))
    case .bio: return tweet.user.map { holdsAll(terms, tweet.bytes($0.bio)) } ?? false
    case .name: return tweet.user.map { holdsAll(terms, tweet.bytes($0.name)) } ?? false
    case .location: return tweet.user.map { holdsAll(terms, tweet.bytes($0.location)) } ?? false
    case .link: return false
    }
  }

  private mutating func holdsAll(_ terms: [[UInt8]], _ text: Span<UInt8>) -> Bool {
    if terms.isEmpty || text.isEmpty { return false }
    analyseWords(text)
    var missing = terms
    for index in 0..<words.count {
      let word = words.term(index)
      missing.removeAll { word.equals($0.span) }
    }
    return missing.isEmpty
  }

  private mutating func analyseWords(_ text: Span<UInt8>) {
    analysis.analyzer.words(of: text, language: text.extracting(0..<0), into: &words)
  }

  // MARK: Properties

  private mutating func has(_ property: QueryProperty, _ tweet: borrowing Tweet) -> Bool {
    switch property {
    case .selfThread: return isSelfReply(tweet)
    case .spaces: return contains(.link, Array("/i/spaces/".utf8), tweet)
    case .periscope:
      return isLinked(to: "periscope.tv", tweet) || isLinked(to: "pscp.tv", tweet)
    case .vine: return isLinked(to: "vine.co", tweet)
    default: return TweetProperties.holds(property, tweet)
    }
  }

  private mutating func isLinked(to host: StaticString, _ tweet: borrowing Tweet) -> Bool {
    for link in tweet.urls {
      analyseWords(tweet.bytes(link.expanded.hasText ? link.expanded : link.url))
      if words.count > 0, words.term(0).equals(host) { return true }
    }
    return false
  }

  private mutating func isSelfReply(_ tweet: borrowing Tweet) -> Bool {
    guard let reply = tweet.replyTo, let user = tweet.user else { return false }
    if reply.user > 0 && user.id > 0 { return reply.user == user.id }
    fold(tweet.bytes(user.username))
    let name = folded.span.array
    return isSame(tweet.bytes(reply.username), name)
  }

  private static func ids(_ field: QueryField, _ tweet: borrowing Tweet) -> UInt64? {
    switch field {
    case .replyTweet: tweet.replyTo?.tweet
    case .retweetTweet: tweet.retweetOf?.id
    case .quoteTweet: tweet.quoteOf?.id
    case .conversation: tweet.conversation
    case .authorID: tweet.user?.id
    case .replyUser: tweet.replyTo?.user
    case .retweetUser: tweet.retweetOf?.userID
    case .quoteUser: tweet.quoteOf?.userID
    default: nil
    }
  }

  private static func number(_ field: NumberField, _ tweet: borrowing Tweet) -> Int64? {
    func known(_ count: Int64?) -> Int64? { count.flatMap { $0 < 0 ? nil : $0 } }
    switch field {
    case .time: return tweet.createdAt
    case .id: return Int64(clamping: tweet.id)
    case .likes: return max(tweet.counts?.likes ?? 0, 0)
    case .retweets: return max(tweet.counts?.retweets ?? 0, 0)
    case .replies: return max(tweet.counts?.replies ?? 0, 0)
    case .quotes: return max(tweet.counts?.quotes ?? 0, 0)
    case .followers: return known(tweet.user?.followers)
    case .following: return known(tweet.user?.following)
    case .tweets: return known(tweet.user?.tweets)
    }
  }
}
