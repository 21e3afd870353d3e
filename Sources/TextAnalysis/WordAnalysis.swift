internal import Bytes
internal import CICU
internal import Records

/// Cuts a stretch of text without entities into terms: words, emoji, bigrams, words of the dictionary scripts.
///
/// ASCII goes from bytes to terms through one small table. Everything else asks the property table; ICU itself is
/// called only to fold what depends on its neighbours and to cut dictionary scripts.
struct WordAnalysis: ~Copyable {
  /// Terms are cut to this many bytes, at a code point: what is longer is no word.
  static let longestTerm = 256
  /// Of a longer segment only this many bytes are folded: marks without end would cost quadratic time.
  static let longestFolded = 1024
  /// A run is cut after this many bytes, for the same reason.
  static let longestRun = 4096

  var unicode = UnicodeTable()
  /// Whose stems are added to the words of the text in hand.
  var stemLanguage: StemLanguage?
  var stemmers = Stemmers()
  var folded = ByteBuffer(capacity: 1024)
  var stemmed = ByteBuffer(capacity: 256)
  var run: [UInt32] = []
  var ends: [Int32] = []
  /// What each step did, for `Analyzer.explain`; nil otherwise.
  var trace: [String]?

  init() {}

  /// What a byte of ASCII does in a word.
  private enum Class {
    static let none: UInt8 = 0
    static let letter: UInt8 = 1
    static let digit: UInt8 = 2
    static let underscore: UInt8 = 3
    /// `'` and `.` (Single_Quote, MidNumLet).
    static let midBoth: UInt8 = 4
    /// `,` and `;` (MidNum).
    static let midNumber: UInt8 = 5
    static let high: UInt8 = 6
  }

  private let classes: InlineArray<256, UInt8> = {
    var table = InlineArray<256, UInt8>(repeating: Class.none)
    for byte in 0x30...0x39 { table[byte] = Class.digit }
    for byte in 0x41...0x5A {
      table[byte] = Class.letter
      table[byte | 0x20] = Class.letter
    }
    table[0x5F] = Class.underscore
    table[0x27] = Class.midBoth
    table[0x2E] = Class.midBoth
    table[0x2C] = Class.midNumber
    table[0x3B] = Class.midNumber
    for byte in 0x80...0xFF { table[byte] = Class.high }
    return table
  }()

  /// Adds the terms of `text[range]`. `lower` is `text` with small ASCII letters. - Complexity: O(n).
  mutating func add(
    _ text: Span<UInt8>, lower buffer: borrowing ByteBuffer, _ range: Range<Int>,
    to tokens: inout TokenList
  ) {
    let lower = buffer.span
    precondition(lower.count == text.count && range.upperBound <= text.count)
    var at = range.lowerBound
    let limit = range.upperBound
    while at < limit {
      let kind = classes[Int(text[at])]
      if kind == Class.high {
        at = addOther(text, at, limit, &tokens)
      } else if kind == Class.none || kind >= Class.midBoth {
        at = addSign(text, at, limit, &tokens)
      } else {
        at = addASCII(text, lower, at, limit, kind, &tokens)
      }
    }
  }

  /// Adds the terms of a link's path: no stems.
  mutating func addAll(
    _ text: borrowing ByteBuffer, lower: borrowing ByteBuffer, to tokens: inout TokenList
  ) {
    let language = stemLanguage
    stemLanguage = nil
    add(text.span, lower: lower, 0..<text.count, to: &tokens)
    stemLanguage = language
  }

  /// A word that begins in ASCII; falls back to the full rules when it meets anything else.
  @inline(__always)
  private mutating func addASCII(
    _ text: Span<UInt8>, _ lower: Span<UInt8>, _ start: Int, _ limit: Int, _ first: UInt8,
    _ tokens: inout TokenList
  ) -> Int {
    var last = first
    var hasContent = first != Class.underscore
    var at = start + 1
    while at < limit {
      let kind = classes[Int(text[at])]
      if kind == Class.high { return addWord(text, lower, start, limit, &tokens) }
      if kind == Class.none { break }
      if kind <= Class.underscore {
        last = kind
        hasContent = hasContent || kind != Class.underscore
        at += 1
        continue
      }
      if at + 1 >= limit { break }
      let next = classes[Int(text[at + 1])]
      if next == Class.high { return addWord(text, lower, start, limit, &tokens) }
      // WB6, WB7, WB11, WB12.
      if next != last || last == Class.underscore || (kind == Class.midNumber && last != Class.digit) {
        break
      }
      at += 2
    }
    if hasContent { addTerm(lower, start, at, &tokens) }
    return at
  }

  /// A term of ASCII, already in lower case.
  @inline(__always)
  private mutating func addTerm(_ lower: Span<UInt8>, _ start: Int, _ end: Int, _ tokens: inout TokenList) {
    let word = lower.extracting(start..<min(end, start + Self.longestTerm))
    if trace != nil { note(lower, start, end, "word of ASCII (UAX #29)") }
    tokens.append(word)
    if let stemLanguage { addStem(word, stemLanguage, &tokens) }
  }

  /// `#`, `*` and the like: terms only as keycaps.
  @inline(__always)
  private mutating func addSign(
    _ text: Span<UInt8>, _ at: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    if text[at] == 0x23 || text[at] == 0x2A, let end = Emoji.keycapEnd(text, at, limit) {
      addEmoji(text, at, end, &tokens)
      return end
    }
    return at + 1
  }

  /// A word by the full rules.
  private mutating func addWord(
    _ text: Span<UInt8>, _ lower: Span<UInt8>, _ start: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    if text[start] &- 0x30 < 10, let end = Emoji.keycapEnd(text, start, limit) {
      addEmoji(text, start, end, &tokens)
      return end
    }
    let word = WordRules.scan(text, start, limit, &unicode)
    if word.hasContent {
      if word.isASCII {
        addTerm(lower, start, word.end, &tokens)
      } else {
        addFolded(text, start, word.end, isSimple: word.isSimple, stems: true, &tokens)
      }
    }
    return max(word.end, start + 1)
  }

  /// Whatever begins with a byte beyond ASCII.
  private mutating func addOther(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    let (value, next) = CodePoints.next(text, start)
    let entry = unicode.entry(value)
    if entry.has(Property.eastAsian) { return addRun(text, start, limit, &tokens) }
    if entry.has(Property.picture | Property.modifier) || entry.wordBreak == UInt32(TM_WB_REGIONAL.rawValue),
      let end = Emoji.end(text, start, limit, &unicode)
    {
      addEmoji(text, start, end, &tokens)
      return end
    }
    if entry.has(Property.dictionary) && !WordRules.attaches(entry.wordBreak) {
      return addDictionaryRun(text, start, limit, &tokens)
    }
    if WordRules.begins(entry.wordBreak) {
      let word = WordRules.scan(text, start, limit, &unicode)
      if word.hasContent {
        addFolded(text, start, word.end, isSimple: word.isSimple, stems: true, &tokens)
      }
      return max(word.end, next)
    }
    if entry.has(Property.wordlike) {
      addFolded(text, start, next, isSimple: entry.fold != CodePointEntry.complexFold, stems: false, &tokens)
    }
    return next
  }
}
