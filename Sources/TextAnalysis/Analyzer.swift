public import Bytes
public import Records

/// Turns texts into terms: the one analysis that the index, the trends and the queries share.
///
/// One per thread; it keeps its buffers, so a stream of tweets allocates nothing. `TextAnalysis.md` states every rule.
/// To find entities alone use `EntityExtractor`.
public struct Analyzer: ~Copyable {
  /// What it was made with.
  public let settings: AnalyzerSettings
  /// A short name of the settings and the rules' version, such as `tm1`: what an index remembers.
  public let identifier: String

  private var words = WordAnalysis()
  private var domains = DomainNames()
  private var entities = EntityList()
  private var scan = TextScan()
  private var path = ByteBuffer(capacity: 256)
  private var pathScan = TextScan()
  /// The link after the last one that was found in the text in hand.
  private var nextLink = 0

  /// An analyzer. Cost: about 0.2 ms and 100 KB; tables grow with the scripts that occur.
  public init(_ settings: AnalyzerSettings = AnalyzerSettings()) {
    self.settings = settings
    identifier = settings.identifier
  }

  /// Replaces `tokens` with the terms of `text`.
  /// - Parameters:
  ///   - language: the tweet's `lang`, for `--stem auto`; may be empty.
  ///   - links: which written link leads where; ranges of `arena`.
  /// - Complexity: O(n), without allocation once the buffers have grown.
  public mutating func analyze(
    text: Span<UInt8>, language: Span<UInt8>, links: [Link], arena: Span<UInt8>, into tokens: inout TokenList
  ) {
    tokens.removeAll()
    words.stemLanguage = stemLanguage(of: language)
    nextLink = 0
    scan.scan(text)
    EntityExtractor.extract(
      text, signs: scan.signs, kinds: .all, unicode: &words.unicode, domains: domains, into: &entities)
    var at = 0
    for index in 0..<entities.count {
      let entity = entities.entities[index]
      words.add(text, scan, at..<Int(entity.start), to: &tokens)
      add(entity, of: text, links: links, arena: arena, to: &tokens)
      at = Int(entity.end)
    }
    words.add(text, scan, at..<text.count, to: &tokens)
  }

  /// Replaces `tokens` with the terms of a text whose links are not expanded.
  public mutating func analyze(text: Span<UInt8>, language: Span<UInt8>, into tokens: inout TokenList) {
    analyze(text: text, language: language, links: [], arena: text, into: &tokens)
  }

  /// Fills `tokens` and `analyzer` of a tweet from its text, links and language.
  public mutating func analyze(_ tweet: inout Tweet) {
    analyze(
      arena: tweet.arena, text: tweet.text.range, language: tweet.lang.range, links: tweet.urls,
      into: &tweet.tokens)
    tweet.analyzer = tweet.add(identifier.utf8.span)
    tweet.isTokenized = true
  }

  private mutating func analyze(
    arena: borrowing ByteBuffer, text: Range<Int>, language: Range<Int>, links: [Link],
    into tokens: inout TokenList
  ) {
    let bytes = arena.span
    analyze(
      text: bytes.extracting(text), language: bytes.extracting(language), links: links, arena: bytes,
      into: &tokens)
  }

  /// Replaces `tokens` with the terms of a word or phrase of a query: by the rules for texts, so that it gives what the
  /// index has. At each position the first term is the word itself; others there are its bare form or its stem.
  public mutating func words(of query: Span<UInt8>, language: Span<UInt8>, into tokens: inout TokenList) {
    analyze(text: query, language: language, into: &tokens)
  }

  /// Whether a term is one character of Han, kana or Hangul: of runs of these the index has pairs.
  public mutating func isHalfOfPair(_ term: Span<UInt8>) -> Bool {
    if term.count < 3 || term.count > 4 { return false }
    let (value, next) = CodePoints.next(term, 0)
    return next == term.count && words.unicode.entry(value).has(Property.eastAsian)
  }

  /// Appends NFKC, full case folding and the folding of diacritics of `text` to `out`: for handles, tags, hosts, places.
  /// Folding twice changes nothing. - Complexity: O(n).
  public mutating func fold(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    words.fold(text, into: &out)
  }

  /// `analyze`, that also says for each term which bytes of `text` it comes from: for highlights. Of a run that is
  /// folded as a whole, and of a link, each term has the whole range. - Complexity: O(n), with allocations.
  public mutating func analyze(
    text: Span<UInt8>, language: Span<UInt8>, links: [Link], arena: Span<UInt8>, into tokens: inout TokenList,
    ranges: inout [Range<Int>]
  ) {
    words.observation = Observation()
    analyze(text: text, language: language, links: links, arena: arena, into: &tokens)
    ranges = words.observation?.ranges ?? []
    words.observation = nil
  }

  /// `analyze`, with a line for each entity and segment.
  mutating func traced(
    text: Span<UInt8>, language: Span<UInt8>, links: [Link], arena: Span<UInt8>, into tokens: inout TokenList
  ) -> [String] {
    words.observation = Observation()
    analyze(text: text, language: language, links: links, arena: arena, into: &tokens)
    var lines: [String] = []
    if let stems = words.stemLanguage { lines.append("stems: \(stems.rawValue)") }
    for entity in entities.entities {
      lines.append("entity \(entity.range) “\(String(text.extracting(entity.range)))”: \(entity.kind)")
    }
    lines += words.observation?.steps ?? []
    words.observation = nil
    return lines
  }

  private func stemLanguage(of code: Span<UInt8>) -> StemLanguage? {
    switch settings.stemming {
    case .off: nil
    case .auto: StemLanguage(twitter: code)
    case .language(let language): language
    }
  }
}

// A handle of ICU or Snowball has no thread of its own; only one thread may use it at a time, which `~Copyable` and
// `mutating` see to.
extension Analyzer: @unchecked Sendable {}

// MARK: Entities

extension Analyzer {
  private mutating func add(
    _ entity: Entity, of text: Span<UInt8>, links: [Link], arena: Span<UInt8>, to tokens: inout TokenList
  ) {
    switch entity.kind {
    case .url: addLink(entity, of: text, links: links, arena: arena, to: &tokens)
    case .hashtag: addTag(0x23, text.extracting(entity.name), to: &tokens)
    case .cashtag: addTag(0x24, text.extracting(entity.name), to: &tokens)
    case .mention: addTag(0x40, text.extracting(entity.name), to: &tokens)
    case .list: addTag(0x40, text.extracting(Int(entity.nameStart)..<Int(entity.end)), to: &tokens)
    }
    if words.observation != nil { words.observation?.locate(entity.range, count: tokens.count) }
  }

  /// The tag with its sign, and bare, at one position.
  private mutating func addTag(_ sign: UInt8, _ name: Span<UInt8>, to tokens: inout TokenList) {
    path.removeAll()
    path.append(sign)
    if name.count > WordAnalysis.longestFolded {
      words.fold(name.extracting(0..<CodePoints.floor(name, WordAnalysis.longestFolded)), into: &path)
    } else if name.isASCII {
      path.appendLowered(name)
    } else {
      words.fold(name, into: &path)
    }
    let end = CodePoints.floor(path.span, WordAnalysis.longestTerm)
    if end < 2 { return }
    tokens.append(path.span.extracting(0..<end))
    tokens.append(path.span.extracting(1..<end), samePosition: true)
  }

  private mutating func addLink(
    _ entity: Entity, of text: Span<UInt8>, links: [Link], arena: Span<UInt8>, to tokens: inout TokenList
  ) {
    let written = text.extracting(entity.range)
    // Links stand in the text's order, so the search goes on behind the last one found. No tweet has more than a few;
    // a record that claims thousands must not cost the square of them.
    for step in 0..<min(links.count, Self.mostLinks) {
      let index = (nextLink + step) % links.count
      let link = links[index]
      if link.expanded.hasText && Int(link.url.count) == written.count
        && arena.extracting(link.url.range).equals(written)
      {
        nextLink = index + 1
        addLink(arena.extracting(link.expanded.range), to: &tokens)
        return
      }
    }
    addLink(written, to: &tokens)
  }

  /// How many links are compared with one in the text.
  private static let mostLinks = 256

  private static func scan(_ path: borrowing ByteBuffer, into scan: inout TextScan) { scan.scan(path.span) }

  /// The host as one term, then the words of the path. The random name behind `t.co/` is no word.
  private mutating func addLink(_ link: Span<UInt8>, to tokens: inout TokenList) {
    let parts = LinkParts(link)
    path.removeAll()
    words.fold(link.extracting(parts.host), into: &path)
    if path.isEmpty { return }
    let isShortened = path.span.equalsIgnoringCase(.shortener)
    tokens.append(path.span.extracting(0..<CodePoints.floor(path.span, WordAnalysis.longestTerm)))
    if isShortened || parts.path.isEmpty { return }
    path.removeAll()
    LinkParts.decode(link.extracting(parts.path), into: &path)
    Self.scan(path, into: &pathScan)
    words.addAll(path, pathScan, to: &tokens)
  }
}

extension ByteBuffer {
  /// Appends `text` with ASCII capitals as small letters.
  mutating func appendLowered(_ text: Span<UInt8>) {
    append(upTo: text.count) { target in
      for i in text.indices { target[i] = lowered(text[i]) }
      return text.count
    }
  }
}
