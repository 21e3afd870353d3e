/// Finds links, hashtags, mentions, lists and cashtags by twitter-text's rules (version 3), without regular expressions.
///
/// Hand-written scanners over UTF-8; each looks only at places where its sign (`#`, `@`, `$`, a dot between letters)
/// stands, so a text without any costs one pass. One thread at a time; to analyse whole tweets use `Analyzer`.
public struct EntityExtractor: ~Copyable {
  private var unicode = UnicodeTable()
  private var domains = DomainNames()

  /// An extractor. Cost: about 50 µs, for the table of top-level domains.
  public init() {}

  /// Replaces `list` with the entities of `text`, in order, overlaps resolved as twitter-text does.
  /// - Complexity: O(n).
  public mutating func extract(_ text: Span<UInt8>, kinds: EntityKinds = .all, into list: inout EntityList) {
    Self.extract(text, kinds: kinds, unicode: &unicode, domains: domains, into: &list)
  }

  /// The handle that a reply begins with (bytes of the name), or nil. - Complexity: O(n).
  public func replyTarget(of text: Span<UInt8>) -> Range<Int>? { TagScanner.reply(text) }

  static func extract(
    _ text: Span<UInt8>, kinds: EntityKinds, unicode: inout UnicodeTable, domains: borrowing DomainNames,
    into list: inout EntityList
  ) {
    list.removeAll()
    let signs = EntitySigns(text)
    if kinds.contains(.urls) && signs.dot {
      LinkScanner.scan(text, unicode: &unicode, domains: domains, into: &list)
    }
    if signs.hasTags { TagScanner.scan(text, signs, kinds: kinds, unicode: &unicode, into: &list) }
    list.resolveOverlaps()
  }
}

/// Which signs of entities a text holds at all: a pass that the compiler turns into vector code.
struct EntitySigns {
  let dot: Bool
  let hash: Bool
  let dollar: Bool
  let at: Bool
  /// The first byte of fullwidth ＃ and ＠, and of few others.
  let fullwidth: Bool

  var hasTags: Bool { hash || dollar || at || fullwidth }

  init(_ text: Span<UInt8>) {
    // The least difference is 0 where the sign occurs. Minima are what the compiler makes vector code of; comparisons
    // it turns into a jump table, five times slower.
    var (leastDot, leastHash, leastDollar, leastAt, leastFullwidth) = (
      UInt8.max, UInt8.max, UInt8.max, UInt8.max, UInt8.max
    )
    for i in text.indices {
      let byte = text[i]
      leastDot = min(leastDot, byte ^ 0x2E)
      leastHash = min(leastHash, byte ^ 0x23)
      leastDollar = min(leastDollar, byte ^ 0x24)
      leastAt = min(leastAt, byte ^ 0x40)
      leastFullwidth = min(leastFullwidth, byte ^ 0xEF)
    }
    dot = leastDot == 0
    hash = leastHash == 0
    dollar = leastDollar == 0
    at = leastAt == 0
    fullwidth = leastFullwidth == 0
  }
}
