internal import Bytes
internal import Records
internal import TextAnalysis

/// Adds tweets to a batch: which terms, columns and flags a tweet gives. One per thread.
struct TweetIndexer: ~Copyable {
  private var analyzer: Analyzer
  private var folded = ByteBuffer()
  private var words = TokenList()
  private var key = ByteBuffer()
  private var hashes: [UInt32] = []

  /// An indexer that analyses by `settings`.
  init(_ settings: AnalyzerSettings) { analyzer = Analyzer(settings) }

  /// The id of the analyzer's settings.
  var identifier: String { analyzer.identifier }

  /// Adds a tweet that has its tokens; one that has none is analysed first.
  mutating func add(
    _ tweet: inout Tweet, to batch: inout IndexBatch.Content, _ tables: inout WorkerTables.Content
  ) {
    if !tweet.isTokenized { analyzer.analyze(&tweet) }
    var facts = DocumentFacts()
    facts.id = tweet.id
    facts.time = tweet.createdAt
    facts.length = UInt32(tweet.tokens.length)
    addText(tweet, &batch, &tables)
    addAuthor(tweet, &facts, &batch, &tables)
    addEntities(tweet, &facts, &batch, &tables)
    addReferences(tweet, &facts, &batch, &tables)
    addPlace(tweet, &facts, &batch, &tables)
    addRest(tweet, &facts, &batch, &tables)
    addFlags(facts.flags, &batch, &tables)
    batch.facts.append(facts)
    batch.tokenEnds.append(Int32(batch.tokenTerms.count))
    RecordCodec.encode(tweet, to: &batch.records)
    batch.recordEnds.append(Int32(batch.records.count))
  }

  // Hashes first, then insertions: see `TermTable.touch`.
  private mutating func addText(
    _ tweet: borrowing Tweet, _ batch: inout IndexBatch.Content, _ tables: inout WorkerTables.Content
  ) {
    hashes.removeAll(keepingCapacity: true)
    var touched: UInt32 = 0
    for index in 0..<tweet.tokens.count {
      let hash = TermTable.hash(TermField.text.rawValue, Self.kept(tweet.tokens.term(index)))
      touched |= tables.terms.touch(hash)
      hashes.append(hash)
    }
    // Used, so that the reads above are not optimised away.
    hashes.append(touched)
    for index in 0..<tweet.tokens.count {
      let number = tables.terms.insert(
        TermField.text.rawValue, Self.kept(tweet.tokens.term(index)), hash: hashes[index])
      batch.tokenTerms.append(UInt32(number))
      batch.tokenPositions.append(UInt16(clamping: tweet.tokens.tokens[index].position))
    }
  }

  // A term is at most 1,023 bytes on disk; longer ones keep their beginning.
  @_lifetime(copy term)
  private static func kept(_ term: Span<UInt8>) -> Span<UInt8> {
    term.count < SegmentFormat.longestTerm ? term : term.extracting(0..<SegmentFormat.longestTerm - 1)
  }

  @discardableResult
  private func append(
    _ field: TermField, _ term: Span<UInt8>, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) -> UInt32 {
    if term.isEmpty { return 0 }
    let number = UInt32(tables.terms.insert(field.rawValue, Self.kept(term)))
    batch.add(term: number)
    return number + 1
  }

  // Every tweet has some flags: their terms' numbers are kept.
  private func addFlags(
    _ flags: Int64, _ batch: inout IndexBatch.Content, _ tables: inout WorkerTables.Content
  ) {
    for flag in TweetFlag.allCases where flags & flag.bit != 0 {
      if tables.flagTerms[flag.rawValue] == 0 {
        var name = ByteBuffer(capacity: 16)
        name.append(flag.name)
        tables.flagTerms[flag.rawValue] = append(.flag, name.span, &batch, &tables)
      } else {
        batch.add(term: tables.flagTerms[flag.rawValue] - 1)
      }
    }
  }

  private mutating func appendFolded(
    _ field: TermField, _ text: Span<UInt8>, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    folded.removeAll()
    analyzer.fold(text, into: &folded)
    append(field, folded.span, &batch, &tables)
  }

  private mutating func append(
    _ field: TermField, id: UInt64, _ batch: inout IndexBatch.Content, _ tables: inout WorkerTables.Content
  ) {
    if id == 0 { return }
    key.removeAll()
    key.append(littleEndian: id.byteSwapped)
    append(field, key.span, &batch, &tables)
  }

  private mutating func addAuthor(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    guard let user = tweet.user else { return }
    if user.verified == true { facts.flags |= TweetFlag.verified.bit }
    if user.protected == true { facts.flags |= TweetFlag.protected.bit }
    if user.id == 0 && !user.username.hasText { return }
    let name = tweet.bytes(user.username)
    key.removeAll()
    key.append(littleEndian: user.id.byteSwapped)
    if user.id == 0 { analyzer.fold(name, into: &key) }
    let number = tables.users.insert(TermField.author.rawValue, key.span)
    facts.user = Int32(number)
    if number == tables.authors.count { tables.authors.append(WorkerTables.Author()) }
    // An author's terms change only with the handle; it is compared, not folded again.
    if tables.authors[number].idTerm == 0 && user.id > 0 {
      tables.authors[number].idTerm = append(.authorID, key.span, &batch, &tables)
    } else if user.id > 0 {
      batch.add(term: tables.authors[number].idTerm - 1)
    }
    guard user.username.hasText else { return }
    let last = tables.authors[number].lastHandle
    if last.span.equals(name) {
      batch.add(term: tables.authors[number].handleTerm - 1)
    } else {
      folded.removeAll()
      analyzer.fold(name, into: &folded)
      let term = append(.author, folded.span, &batch, &tables)
      tables.authors[number].handleTerm = term
      tables.authors[number].lastHandle = term == 0 ? [] : name.array
    }
    if tweet.id >= tables.authors[number].newest {
      tables.authors[number].newest = tweet.id
      let shown = tables.authors[number].handle
      if !shown.span.equals(name) { tables.authors[number].handle = name.array }
    }
  }

  private mutating func addEntities(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    for tag in tweet.hashtags { appendFolded(.hashtag, tweet.bytes(tag), &batch, &tables) }
    if !tweet.hashtags.isEmpty { facts.flags |= TweetFlag.hashtags.bit }
    for tag in tweet.cashtags { appendFolded(.cashtag, tweet.bytes(tag), &batch, &tables) }
    if !tweet.cashtags.isEmpty { facts.flags |= TweetFlag.cashtags.bit }
    for mention in tweet.mentions where mention.username.hasText {
      appendFolded(.mention, tweet.bytes(mention.username), &batch, &tables)
    }
    if !tweet.mentions.isEmpty { facts.flags |= TweetFlag.mentions.bit }
    for link in tweet.urls {
      facts.flags |= TweetFlag.links.bit
      let address = tweet.bytes(link.expanded.hasText ? link.expanded : link.url)
      analyzer.words(of: address, language: address.extracting(0..<0), into: &words)
      for index in 0..<words.count {
        append(index == 0 ? .host : .urlWord, words.term(index), &batch, &tables)
      }
    }
    for medium in tweet.media {
      facts.flags |= TweetFlag.media.bit
      let type = tweet.bytes(medium.type)
      if type.equals("photo") { facts.flags |= TweetFlag.images.bit }
      if type.equals("video") { facts.flags |= TweetFlag.videos.bit }
      if type.equals("animated_gif") { facts.flags |= TweetFlag.animated.bit }
    }
  }

  private mutating func addReferences(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    if let reply = tweet.replyTo {
      facts.flags |= TweetFlag.reply.bit
      append(.replyTweet, id: reply.tweet, &batch, &tables)
      append(.replyUser, id: reply.user, &batch, &tables)
      if reply.username.hasText { appendFolded(.replyName, tweet.bytes(reply.username), &batch, &tables) }
    }
    if let retweet = tweet.retweetOf {
      facts.flags |= TweetFlag.retweet.bit
      append(.retweetTweet, id: retweet.id, &batch, &tables)
      append(.retweetUser, id: retweet.userID, &batch, &tables)
      if retweet.username.hasText {
        appendFolded(.retweetName, tweet.bytes(retweet.username), &batch, &tables)
      }
    }
    if let quote = tweet.quoteOf {
      facts.flags |= TweetFlag.quote.bit
      append(.quoteTweet, id: quote.id, &batch, &tables)
    }
    append(.conversation, id: tweet.conversation, &batch, &tables)
  }

  private mutating func addPlace(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    guard let geo = tweet.geo else { return }
    if let lon = geo.lon, let lat = geo.lat {
      facts.flags |= TweetFlag.point.bit
      facts.longitude = (lon == 0 ? -0.0 : lon).bitPattern
      facts.latitude = (lat == 0 ? -0.0 : lat).bitPattern
    }
    if geo.place.hasText || geo.placeID.hasText || geo.country.hasText {
      facts.flags |= TweetFlag.place.bit
      key.removeAll()
      key.append(tweet.bytes(geo.placeID))
      key.append(0)
      key.append(tweet.bytes(geo.country))
      key.append(0)
      key.append(tweet.bytes(geo.place))
      facts.place = Int32(tables.places.insert(TermField.placeID.rawValue, key.span))
    }
    if geo.placeID.hasText { appendFolded(.placeID, tweet.bytes(geo.placeID), &batch, &tables) }
    if geo.country.hasText { appendFolded(.country, tweet.bytes(geo.country), &batch, &tables) }
    if geo.place.hasText {
      let name = tweet.bytes(geo.place)
      analyzer.words(of: name, language: name.extracting(0..<0), into: &words)
      for index in 0..<words.count { append(.placeWord, words.term(index), &batch, &tables) }
    }
  }

  private mutating func addRest(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout IndexBatch.Content,
    _ tables: inout WorkerTables.Content
  ) {
    if tweet.lang.hasText {
      facts.flags |= TweetFlag.language.bit
      append(.language, tweet.bytes(tweet.lang), &batch, &tables)
      facts.language = Int32(tables.languages.insert(TermField.language.rawValue, tweet.bytes(tweet.lang)))
    }
    if tweet.source.hasText { appendFolded(.source, tweet.bytes(tweet.source), &batch, &tables) }
    if tweet.sensitive == true { facts.flags |= TweetFlag.sensitive.bit }
    guard let counts = tweet.counts else { return }
    facts.likes = counts.likes
    facts.retweets = counts.retweets
    facts.replies = counts.replies
    facts.quotes = counts.quotes
  }
}
