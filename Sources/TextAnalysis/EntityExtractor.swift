internal import CTextScan

/// Finds links, hashtags, mentions, lists and cashtags by twitter-text's rules (version 3), without regular expressions.
///
/// Hand-written scanners over UTF-8; each looks only at places where its sign (`#`, `@`, `$`, a dot between letters)
/// stands, so a text without any costs one pass. One thread at a time; to analyse whole tweets use `Analyzer`.
public struct EntityExtractor: ~Copyable {
  private var unicode = UnicodeTable()
  private var domains = DomainNames()
  private var scan = TextScan()

  /// An extractor. Cost: about 0.2 ms, for ICU and the table of top-level domains.
  public init() {}

  /// Replaces `list` with the entities of `text`, in order, overlaps resolved as twitter-text does.
  /// - Complexity: O(n).
  public mutating func extract(_ text: Span<UInt8>, kinds: EntityKinds = .all, into list: inout EntityList) {
    scan.scan(text)
    Self.extract(
      text, signs: scan.signs, kinds: kinds, unicode: &unicode, domains: domains, into: &list)
  }

  /// The handle that a reply begins with (bytes of the name), or nil. - Complexity: O(n).
  public func replyTarget(of text: Span<UInt8>) -> Range<Int>? { TagScanner.reply(text) }

  static func extract(
    _ text: Span<UInt8>, signs: EntitySigns, kinds: EntityKinds, unicode: inout UnicodeTable,
    domains: borrowing DomainNames, into list: inout EntityList
  ) {
    list.removeAll()
    if kinds.contains(.urls) && signs.dot {
      LinkScanner.scan(text, unicode: &unicode, domains: domains, into: &list)
    }
    if signs.hasTags { TagScanner.scan(text, signs, kinds: kinds, unicode: &unicode, into: &list) }
    list.resolveOverlaps()
  }
}

/// Which signs of entities a text holds at all.
struct EntitySigns {
  let dot: Bool
  let hash: Bool
  let dollar: Bool
  let at: Bool
  /// The first byte of fullwidth ＃ and ＠, and of few others.
  let fullwidth: Bool

  var hasTags: Bool { hash || dollar || at || fullwidth }

  /// For a text that was not looked at: any may be there.
  static let all = EntitySigns(bits: .max)

  /// From the bits that the shim returns.
  init(bits: UInt32) {
    dot = bits & UInt32(TM_SIGN_DOT) != 0
    hash = bits & UInt32(TM_SIGN_HASH) != 0
    dollar = bits & UInt32(TM_SIGN_DOLLAR) != 0
    at = bits & UInt32(TM_SIGN_AT) != 0
    fullwidth = bits & UInt32(TM_SIGN_FULLWIDTH) != 0
  }
}
