internal import Bytes
internal import Records
internal import TextAnalysis

/// Takes out of a tweet what trends are counted by. One per thread.
struct SightingCollector: ~Copyable {
  private var analyzer = Analyzer()
  /// Names and words of more bytes are not counted: nobody searches for them, and what is held is planned by numbers of
  /// terms, not by their length.
  static let longest = 1024

  private let kinds: UInt8
  private let levels: UInt8
  private let needsWords: Bool
  // What the batch that is being made consists of: here and not in an object, every access to which is checked.
  private var sightings: [TrendBatch.Sighting] = []
  private var placeNumbers: [UInt32] = []
  private var terms = TermKeys()
  private var formUses: [TrendBatch.Form] = []
  private var places = TermTable(capacity: 64)
  private var forms = TermTable(capacity: 1 << 8)
  private var folded = ByteBuffer()
  private var words = TokenList()

  /// A collector for the places and kinds of `settings`.
  init(_ settings: TrendSettings) {
    kinds = settings.kinds.bits
    levels = settings.levels.reduce(0) { $0 | 1 << $1.rawValue }
    needsWords = !settings.kinds.isDisjoint(with: [.term, .phrase, .emoji])
  }

  /// What it needs of tweets. The words of links are told from others by the links.
  static func parts(_ settings: TrendSettings) -> TweetParts {
    var parts: TweetParts = []
    if settings.kinds.contains(.mention) { parts.insert(.mentions) }
    if !settings.kinds.isDisjoint(with: [.url, .term, .phrase, .emoji]) { parts.insert(.links) }
    return parts
  }

  /// Adds a tweet; one without tokens is analysed first.
  mutating func add(_ tweet: inout Tweet) {
    if !tweet.isTokenized { analyzer.analyze(&tweet) }
    addPlaces(tweet)
    addTags(tweet)
    if needsWords { addWords(tweet) }
    sightings.append(
      TrendBatch.Sighting(
        time: tweet.createdAt, id: tweet.id, voter: Self.voter(tweet),
        text: tweet.retweetOf?.id == nil ? TextFingerprint.of(tweet.tokens) : 0,
        placesEnd: Int32(placeNumbers.count), usesEnd: Int32(terms.count)))
  }

  /// Puts what was added since the last call into `batch`, which is empty, and goes on with its memory.
  mutating func move(to batch: TrendBatch) {
    swap(&batch.sightings, &sightings)
    swap(&batch.placeNumbers, &placeNumbers)
    swap(&batch.terms, &terms)
    swap(&batch.formUses, &formUses)
    swap(&batch.places, &places)
    swap(&batch.forms, &forms)
  }

  // Static, so that name and table are two things to the compiler.
  private static func insert(_ field: UInt8, _ name: borrowing ByteBuffer, _ table: inout TermTable) -> UInt32
  {
    UInt32(table.insert(field, name.span))
  }

  private static func append(_ kind: TrendKind, _ name: borrowing ByteBuffer, _ terms: inout TermKeys) {
    terms.append(kind.rawValue, name.span)
  }

  // Accounts by id, else by handle; a tweet that names nobody speaks for itself. The three kinds never meet.
  private static func voter(_ tweet: borrowing Tweet) -> UInt64 {
    // Fields, as a copy of the whole user took longer than all else here.
    guard let id = tweet.user?.id, let name = tweet.user?.username else { return tweet.id &* 4 &+ 2 }
    if id > 0 { return id &* 4 }
    return name.hasText ? Checksum.xxh3(tweet.bytes(name)) | 1 : tweet.id &* 4 &+ 2
  }

  private mutating func addPlaces(_ tweet: borrowing Tweet) {
    let none = tweet.bytes(.absent)
    addPlace(.world, "world", none)
    if let country = tweet.geo?.country, country.hasText {
      addPlace(.country, "country:", tweet.bytes(country))
    }
    if let place = tweet.geo?.placeID, place.hasText { addPlace(.place, "place:", tweet.bytes(place)) }
    if tweet.lang.hasText { addPlace(.lang, "lang:", tweet.bytes(tweet.lang)) }
  }

  private mutating func addPlace(
    _ level: TrendLevel, _ prefix: StaticString, _ name: Span<UInt8>
  ) {
    guard level == .world || levels >> level.rawValue & 1 == 1, name.count <= Self.longest else { return }
    folded.removeAll()
    folded.append(prefix)
    folded.append(name)
    placeNumbers.append(Self.insert(level.rawValue, folded, &places))
  }

  // MARK: Terms

  private mutating func addTags(_ tweet: borrowing Tweet) {
    if kinds.has(.hashtag) {
      for tag in tweet.hashtags { add(.hashtag, "#", tweet.bytes(tag)) }
    }
    if kinds.has(.cashtag) {
      for tag in tweet.cashtags { add(.cashtag, "$", tweet.bytes(tag)) }
    }
    if kinds.has(.mention) {
      for mention in tweet.mentions where mention.username.hasText {
        add(.mention, "@", tweet.bytes(mention.username))
      }
    }
    if kinds.has(.url) {
      for link in tweet.urls {
        add(
          .url, "url:", Self.address(tweet.bytes(link.expanded.hasText ? link.expanded : link.url))
        )
      }
    }
  }

  private mutating func add(
    _ kind: TrendKind, _ sign: StaticString, _ name: Span<UInt8>
  ) {
    if name.isEmpty || name.count > Self.longest { return }
    folded.removeAll()
    folded.append(sign)
    analyzer.fold(name, into: &folded)
    Self.append(kind, folded, &terms)
    let size = folded.count - 1
    if kind == .url || size != name.count || !folded.span.extracting(1..<folded.count).equals(name) {
      folded.removeAll()
      folded.append(sign)
      folded.append(name)
      formUses.append(
        TrendBatch.Form(
          use: UInt32(terms.count - 1), form: Self.insert(kind.rawValue, folded, &forms)))
    }
  }

  // Words and pairs of neighbouring words. Tags, names and the words of links are no words.
  private mutating func addWords(_ tweet: borrowing Tweet) {
    var linkWords = 0
    var last = -1
    var lastPosition = Int32(-2)
    let links = linkSizes(tweet)
    var nextLink = 0
    // Lent once for all, as asking the tweet for each word took longer than looking at it.
    let list = tweet.tokens.tokens.span
    let bytes = tweet.tokens.bytes.span
    for index in 0..<list.count {
      let token = list[index]
      if token.position == lastPosition && last != index - 1 { continue }
      let term = bytes.extracting(Int(token.start)..<Int(token.start) + Int(token.count))
      if linkWords > 0 {
        linkWords -= 1
        continue
      }
      if nextLink < links.count, Self.equals(term, links[nextLink].host) {
        linkWords = links[nextLink].words - 1
        nextLink += 1
        last = -1
        continue
      }
      let first = term[0]
      if first == UInt8(ascii: "#") || first == UInt8(ascii: "$") || first == UInt8(ascii: "@") {
        last = -1
        lastPosition = token.position
        continue
      }
      if token.position == lastPosition { continue }
      if Self.isEmoji(term) {
        if kinds.has(.emoji) { addEmoji(term) }
        last = -1
        lastPosition = token.position
        continue
      }
      if kinds.has(.term), term.count <= Self.longest {
        terms.append(TrendKind.term.rawValue, bytes, Int(token.start), count: Int(token.count))
      }
      if kinds.has(.phrase), last >= 0, token.position == lastPosition + 1 {
        addPhrase(tweet.tokens.term(last), term)
      }
      last = index
      lastPosition = token.position
    }
  }

  private static func equals(_ term: Span<UInt8>, _ host: [UInt8]) -> Bool { term.equals(host.span) }

  private mutating func linkSizes(_ tweet: borrowing Tweet) -> [(host: [UInt8], words: Int)] {
    tweet.urls.compactMap { link in
      let address = tweet.bytes(link.expanded.hasText ? link.expanded : link.url)
      analyzer.words(of: address, language: address.extracting(0..<0), into: &words)
      return words.count == 0 ? nil : (words.term(0).array, words.count)
    }
  }

  private mutating func addEmoji(_ term: Span<UInt8>) {
    if term.count > Self.longest { return }
    terms.append(TrendKind.emoji.rawValue, term)
  }

  private mutating func addPhrase(_ first: Span<UInt8>, _ second: Span<UInt8>) {
    if first.count + second.count > Self.longest { return }
    folded.removeAll()
    folded.append(first)
    folded.append(UInt8(ascii: " "))
    folded.append(second)
    Self.append(.phrase, folded, &terms)
  }

  // Emoji begin with a code point from U+203C on that is no letter of a script below U+2E80: as UTF-8, E2 80 BC to E2 BA 7F
  // or F0 9F.
  private static func isEmoji(_ term: Span<UInt8>) -> Bool {
    if term.count < 3 { return false }
    if term[0] == 0xF0 { return term[1] == 0x9F }
    return term[0] == 0xE2 && term[1] < 0xBA
  }
}
