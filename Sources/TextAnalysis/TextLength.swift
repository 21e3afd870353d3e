internal import Bytes

/// How a tweet's length is counted: twitter-text's `config/v1.json` to `v3.json`.
public struct LengthRules: Equatable, Sendable {
  /// The most that a tweet may weigh, in characters.
  public var longest: Int
  /// Parts of a character that weights are given in.
  public var scale: Int
  /// What a code point weighs that is in no range of light ones.
  public var defaultWeight: Int
  /// What a link weighs, in characters.
  public var linkLength: Int
  /// Whether Latin and other short scripts weigh half.
  public var hasLightRanges: Bool
  /// Whether an emoji sequence weighs as one.
  public var countsEmojiWhole: Bool

  /// 140 code points.
  public static let v1 = LengthRules(
    longest: 140, scale: 1, defaultWeight: 1, linkLength: 23, hasLightRanges: false, countsEmojiWhole: false)
  /// 280, with most scripts at half weight.
  public static let v2 = LengthRules(
    longest: 280, scale: 100, defaultWeight: 200, linkLength: 23, hasLightRanges: true,
    countsEmojiWhole: false)
  /// As `v2`, and every emoji weighs two.
  public static let v3 = LengthRules(
    longest: 280, scale: 100, defaultWeight: 200, linkLength: 23, hasLightRanges: true, countsEmojiWhole: true
  )

  /// The weight of one code point, in parts.
  func weight(_ c: UInt32) -> Int {
    guard hasLightRanges else { return defaultWeight }
    let isLight =
      c <= 4351 || (c >= 8192 && c <= 8205) || (c >= 8208 && c <= 8223) || (c >= 8242 && c <= 8247)
    return isLight ? scale : defaultWeight
  }
}

/// The length of a tweet's text.
public struct TextLength: Equatable, Sendable {
  /// Weighted characters.
  public var weighted = 0
  /// Thousandths of the longest allowed, rounded down.
  public var permillage = 0
  /// Not empty, not too long, nothing forbidden in it.
  public var isValid = false
  /// The last UTF-16 unit of the text; 0 for an empty one.
  public var displayEnd = 0
  /// The last UTF-16 unit that still fits; 0 for an empty one.
  public var validEnd = 0
}

/// Measures and judges texts by twitter-text's rules. One thread at a time.
public struct TextValidator: ~Copyable {
  var unicode = UnicodeTable()
  let domains = DomainNames()
  var entities = EntityList()
  private var composed = ByteBuffer(capacity: 1024)

  /// A validator. Cost: about 0.2 ms, for ICU and the table of top-level domains.
  public init() {}

  /// The weighted length of `text`, counted in its composed form (NFC). - Complexity: O(n).
  public mutating func length(of text: Span<UInt8>, rules: LengthRules = .v3) -> TextLength {
    if Self.isBlank(text) { return TextLength() }
    if Self.mayCompose(text) {
      composed.removeAll()
      unicode.icu.compose(text, into: &composed)
      let shift = TextIndex.utf16Count(text) - TextIndex.utf16Count(composed.span)
      return Self.measure(composed, rules, shift, &unicode, domains, &entities)
    }
    return Self.measure(text, rules, 0, &unicode, domains, &entities)
  }

  /// Whether `text` may be sent: not empty, nothing forbidden in it, not too long.
  public mutating func isValidTweet(_ text: Span<UInt8>, rules: LengthRules = .v3) -> Bool {
    length(of: text, rules: rules).isValid
  }

  private static func isBlank(_ text: Span<UInt8>) -> Bool {
    for i in text.indices where text[i] > 0x20 { return false }
    return true
  }

  /// Below U+0300, the first combining mark, every text is composed.
  private static func mayCompose(_ text: Span<UInt8>) -> Bool {
    for i in text.indices where text[i] >= 0xCC { return true }
    return false
  }

  private static func measure(
    _ text: borrowing ByteBuffer, _ rules: LengthRules, _ shift: Int, _ unicode: inout UnicodeTable,
    _ domains: borrowing DomainNames, _ entities: inout EntityList
  ) -> TextLength {
    measure(text.span, rules, shift, &unicode, domains, &entities)
  }

  private static func measure(
    _ text: Span<UInt8>, _ rules: LengthRules, _ shift: Int, _ unicode: inout UnicodeTable,
    _ domains: borrowing DomainNames, _ entities: inout EntityList
  ) -> TextLength {
    EntityExtractor.extract(
      text, signs: .all, kinds: .urls, unicode: &unicode, domains: domains, into: &entities)
    let limit = rules.longest * rules.scale
    var weight = 0
    var units = 0
    var validUnits = 0
    var isForbidden = false
    var link = 0
    var at = 0
    while at < text.count {
      var end: Int
      if link < entities.count && entities.entities[link].range.lowerBound == at {
        end = entities.entities[link].range.upperBound
        link += 1
        weight += rules.linkLength * rules.scale
      } else {
        let (value, next) = CodePoints.next(text, at)
        end = next
        if rules.countsEmojiWhole, let emoji = emojiEnd(text, at, value, &unicode) {
          end = emoji
          weight += rules.defaultWeight
        } else {
          weight += rules.weight(value)
        }
        isForbidden = isForbidden || CharacterClass.isInvalid(value)
      }
      units += TextIndex.utf16Count(text.extracting(at..<end))
      if !isForbidden && weight <= limit { validUnits = units }
      at = end
    }
    let characters = weight / rules.scale
    return TextLength(
      weighted: characters, permillage: characters * 1000 / rules.longest,
      isValid: !isForbidden && characters <= rules.longest, displayEnd: units + shift - 1,
      validEnd: validUnits + shift - 1)
  }

  private static func emojiEnd(
    _ text: Span<UInt8>, _ at: Int, _ value: UInt32, _ unicode: inout UnicodeTable
  ) -> Int? {
    if value < 0x80 {
      let mayBegin = value &- 0x30 < 10 || value == 0x23 || value == 0x2A
      return mayBegin ? Emoji.keycapEnd(text, at, text.count) : nil
    }
    return Emoji.end(text, at, text.count, &unicode)
  }
}
