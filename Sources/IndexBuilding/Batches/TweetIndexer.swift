internal import Bytes
internal import Records
internal import TextAnalysis
internal import SearchIndex

/// Adds tweets to a batch: which terms, columns and flags a tweet gives. One per thread.
struct TweetIndexer: ~Copyable {
  private var analyzer: Analyzer
  private var folded = ByteBuffer()
  private var words = TokenList()
  private var key = ByteBuffer()

  /// An indexer that analyses by `settings`.
  init(_ settings: AnalyzerSettings) { analyzer = Analyzer(settings) }

  /// The id of the analyzer's settings.
  var identifier: String { analyzer.identifier }

  /// Adds a tweet that has its tokens; one that has none is analysed first.
  mutating func add(
    _ tweet: inout Tweet, to batch: inout BatchDraft, _ tables: inout WorkerTables.Content
  ) {
    if !tweet.isTokenized { analyzer.analyze(&tweet) }
    var facts = DocumentFacts()
    facts.id = tweet.id
    facts.time = tweet.createdAt
    facts.length = UInt32(tweet.tokens.length)
    addText(tweet, &batch)
    addAuthor(tweet, &facts, &batch, &tables)
    addEntities(tweet, &facts, &batch)
    addReferences(tweet, &facts, &batch)
    addPlace(tweet, &facts, &batch, &tables)
    addRest(tweet, &facts, &batch, &tables)
    batch.add(flags: facts.flags)
    RecordCodec.encode(tweet, to: &batch.records)
    batch.endDocument(facts)
  }

  private func addText(_ tweet: borrowing Tweet, _ batch: inout BatchDraft) {
    for index in 0..<tweet.tokens.count {
      batch.add(
        .text, tweet.tokens.term(index), position: UInt16(clamping: tweet.tokens.tokens[index].position))
    }
  }

  private mutating func appendFolded(
    _ field: TermField, _ text: Span<UInt8>, _ batch: inout BatchDraft
  ) {
    folded.removeAll()
    analyzer.fold(text, into: &folded)
    batch.add(field, folded.span)
  }

  private mutating func append(_ field: TermField, id: UInt64, _ batch: inout BatchDraft) {
    if id == 0 { return }
    key.removeAll()
    key.append(littleEndian: id.byteSwapped)
    batch.add(field, key.span)
  }

  private mutating func addAuthor(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout BatchDraft,
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
    if user.id > 0 { batch.add(.authorID, key.span) }
    guard user.username.hasText else { return }
    appendFolded(.author, name, &batch)
    if tweet.id >= tables.authors[number].newest {
      tables.authors[number].newest = tweet.id
      let shown = tables.authors[number].handle
      if !shown.span.equals(name) { tables.authors[number].handle = name.array }
    }
  }

  private mutating func addEntities(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout BatchDraft
  ) {
    for tag in tweet.hashtags { appendFolded(.hashtag, tweet.bytes(tag), &batch) }
    if !tweet.hashtags.isEmpty { facts.flags |= TweetFlag.hashtags.bit }
    for tag in tweet.cashtags { appendFolded(.cashtag, tweet.bytes(tag), &batch) }
    if !tweet.cashtags.isEmpty { facts.flags |= TweetFlag.cashtags.bit }
    for mention in tweet.mentions where mention.username.hasText {
      appendFolded(.mention, tweet.bytes(mention.username), &batch)
    }
    if !tweet.mentions.isEmpty { facts.flags |= TweetFlag.mentions.bit }
    for link in tweet.urls {
      facts.flags |= TweetFlag.links.bit
      let address = tweet.bytes(link.expanded.hasText ? link.expanded : link.url)
      analyzer.words(of: address, language: address.extracting(0..<0), into: &words)
      for index in 0..<words.count {
        batch.add(index == 0 ? .host : .urlWord, words.term(index))
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
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout BatchDraft
  ) {
    if let reply = tweet.replyTo {
      facts.flags |= TweetFlag.reply.bit
      append(.replyTweet, id: reply.tweet, &batch)
      append(.replyUser, id: reply.user, &batch)
      if reply.username.hasText { appendFolded(.replyName, tweet.bytes(reply.username), &batch) }
    }
    if let retweet = tweet.retweetOf {
      facts.flags |= TweetFlag.retweet.bit
      append(.retweetTweet, id: retweet.id, &batch)
      append(.retweetUser, id: retweet.userID, &batch)
      if retweet.username.hasText {
        appendFolded(.retweetName, tweet.bytes(retweet.username), &batch)
      }
    }
    if let quote = tweet.quoteOf {
      facts.flags |= TweetFlag.quote.bit
      append(.quoteTweet, id: quote.id, &batch)
    }
    append(.conversation, id: tweet.conversation, &batch)
  }

  private mutating func addPlace(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout BatchDraft,
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
    if geo.placeID.hasText { appendFolded(.placeID, tweet.bytes(geo.placeID), &batch) }
    if geo.country.hasText { appendFolded(.country, tweet.bytes(geo.country), &batch) }
    if geo.place.hasText {
      let name = tweet.bytes(geo.place)
      analyzer.words(of: name, language: name.extracting(0..<0), into: &words)
      for index in 0..<words.count { batch.add(.placeWord, words.term(index)) }
    }
  }

  private mutating func addRest(
    _ tweet: borrowing Tweet, _ facts: inout DocumentFacts, _ batch: inout BatchDraft,
    _ tables: inout WorkerTables.Content
  ) {
    if tweet.lang.hasText {
      facts.flags |= TweetFlag.language.bit
      batch.add(.language, tweet.bytes(tweet.lang))
      facts.language = Int32(tables.languages.insert(TermField.language.rawValue, tweet.bytes(tweet.lang)))
    }
    if tweet.source.hasText { appendFolded(.source, tweet.bytes(tweet.source), &batch) }
    if tweet.sensitive == true { facts.flags |= TweetFlag.sensitive.bit }
    if let counts = tweet.counts { facts.counts = counts }
  }
}
