internal import Bytes
internal import CICU
internal import Records

/// Cuts a stretch of text without entities into terms: words, emoji, bigrams, words of the dictionary scripts.
///
/// Words of ASCII are found in the scan's bits and copied as they are. Everything else asks the property table; ICU
/// itself is called only to fold what depends on its neighbours and to cut dictionary scripts.
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
  /// Steps and places, written down for people and for highlights; nil while texts stream by.
  var observation: Observation?

  init() {}

  /// Adds the terms of `text[range]`; `scan` is of the whole text. - Complexity: O(n).
  mutating func add(
    _ text: Span<UInt8>, _ scan: borrowing TextScan, _ range: Range<Int>, to tokens: inout TokenList
  ) {
    precondition(scan.count == text.count && range.upperBound <= text.count)
    let lower = scan.lower.span
    let limit = range.upperBound
    var at = range.lowerBound
    while at < limit {
      at = scan.content(from: at, limit: limit)
      if at == limit { return }
      if text[at] < 0x80 {
        at = addASCII(text, lower, scan, at, limit, &tokens)
      } else if let end = signedKeycapEnd(text, at, range.lowerBound, limit) {
        addEmoji(text, at - 1, end, &tokens)
        at = end
      } else {
        at = addOther(text, at, limit, &tokens)
      }
    }
  }

  /// Adds the terms of a link's path: no stems, and no places, which would be the path's.
  mutating func addAll(
    _ text: borrowing ByteBuffer, _ scan: borrowing TextScan, to tokens: inout TokenList
  ) {
    let (language, notes) = (stemLanguage, observation)
    (stemLanguage, observation) = (nil, nil)
    add(text.span, scan, 0..<text.count, to: &tokens)
    (stemLanguage, observation) = (language, notes)
  }

  /// A word that begins in ASCII; falls back to the full rules when it meets anything else.
  @inline(__always)
  private mutating func addASCII(
    _ text: Span<UInt8>, _ lower: Span<UInt8>, _ scan: borrowing TextScan, _ start: Int, _ limit: Int,
    _ tokens: inout TokenList
  ) -> Int {
    var end = scan.wordEnd(from: start, limit: limit)
    while end < limit {
      let sign = text[end]
      if sign >= 0x80 { return addWord(text, lower, start, limit, &tokens) }
      let forLetters = sign == 0x27 || sign == 0x2E
      if !(forLetters || sign == 0x2C || sign == 0x3B) || end + 1 >= limit { break }
      let next = text[end + 1]
      if next >= 0x80 { return addWord(text, lower, start, limit, &tokens) }
      // WB6, WB7; WB11, WB12.
      let last = text[end - 1]
      let areDigits = last &- 0x30 < 10 && next &- 0x30 < 10
      let areLetters = (last | 0x20) &- 0x61 < 26 && (next | 0x20) &- 0x61 < 26
      if !(areDigits || (forLetters && areLetters)) { break }
      end = scan.wordEnd(from: end + 1, limit: limit)
    }
    if text[start] != 0x5F || Self.hasContent(text, start, end) { addTerm(lower, start, end, &tokens) }
    return end
  }

  /// Whether anything but `_` is there.
  private static func hasContent(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for i in start..<end where text[i] != 0x5F { return true }
    return false
  }

  /// The end of a keycap whose `#` or `*` stands before `at`.
  @inline(__always)
  private func signedKeycapEnd(_ text: Span<UInt8>, _ at: Int, _ first: Int, _ limit: Int) -> Int? {
    if at == first || (text[at - 1] != 0x23 && text[at - 1] != 0x2A) { return nil }
    return Emoji.keycapEnd(text, at - 1, limit)
  }

  /// A term of ASCII, already in lower case.
  @inline(__always)
  private mutating func addTerm(_ lower: Span<UInt8>, _ start: Int, _ end: Int, _ tokens: inout TokenList) {
    let word = lower.extracting(start..<min(end, start + Self.longestTerm))
    tokens.append(word)
    if let stemLanguage { addStem(word, stemLanguage, &tokens) }
    if observation != nil { observe(lower, start, end, "word of ASCII (UAX #29)", tokens.count) }
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
