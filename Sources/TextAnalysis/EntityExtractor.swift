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
  public mutating func replyTarget(of text: Span<UInt8>) -> Range<Int>? { TagScanner.reply(text) }

  static func extract(
    _ text: Span<UInt8>, kinds: EntityKinds, unicode: inout UnicodeTable, domains: borrowing DomainNames,
    into list: inout EntityList
  ) {
    list.removeAll()
    let signs = EntitySigns(text)
    if signs.isEmpty { return }
    if kinds.contains(.urls) && signs.dot {
      LinkScanner.scan(text, unicode: &unicode, domains: domains, into: &list)
    }
    let tags = signs.tags && !kinds.isDisjoint(with: [.hashtags, .mentions, .cashtags])
    if tags { TagScanner.scan(text, kinds: kinds, unicode: &unicode, into: &list) }
    list.resolveOverlaps()
  }
}

/// Which signs of entities a text holds at all.
struct EntitySigns {
  var dot = false
  var tags = false
  var isEmpty: Bool { !dot && !tags }

  init(_ text: Span<UInt8>) {
    var dots = false
    var signs = false
    for i in text.indices {
      let byte = text[i]
      dots = dots || byte == 0x2E
      // Fullwidth ＃ and ＠ begin with the byte 0xEF, as do few others.
      signs = signs || byte == 0x40 || byte &- 0x23 < 2 || byte == 0xEF
    }
    dot = dots
    tags = signs
  }
}
