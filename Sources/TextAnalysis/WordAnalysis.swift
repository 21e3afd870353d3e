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
  private var stemmers = Stemmers()
  private var folded = ByteBuffer(capacity: 1024)
  private var stemmed = ByteBuffer(capacity: 256)
  private var run: [UInt32] = []
  private var ends: [Int32] = []

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
      if next != last || last == Class.underscore || (kind == Class.midNumber && last != Class.digit) { break }
      at += 2
    }
    if hasContent { addTerm(lower, start, at, &tokens) }
    return at
  }

  /// A term of ASCII, already in lower case.
  @inline(__always)
  private mutating func addTerm(_ lower: Span<UInt8>, _ start: Int, _ end: Int, _ tokens: inout TokenList) {
    let word = lower.extracting(start..<min(end, start + Self.longestTerm))
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

  // MARK: Emoji

  private func addEmoji(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ tokens: inout TokenList) {
    let mark = tokens.mark
    var at = start
    while at < end {
      let (value, next) = CodePoints.next(text, at)
      if !Emoji.isSelector(value) {
        if tokens.mark - mark + next - at > Self.longestTerm { break }
        tokens.extend(text.extracting(at..<next))
      }
      at = next
    }
    tokens.commit(from: mark)
  }

  // MARK: Folding

  /// Replaces `folded` with the fold of `text[start..<end]`.
  private mutating func fold(_ text: Span<UInt8>, _ start: Int, _ end: Int, isSimple: Bool) {
    folded.removeAll()
    let cut = end - start > Self.longestFolded ? CodePoints.floor(text, start + Self.longestFolded) : end
    appendFold(text.extracting(start..<cut), isSimple: isSimple)
  }

  private mutating func appendFold(_ text: Span<UInt8>, isSimple: Bool) {
    if !isSimple {
      unicode.icu.fold(text, strip: true, into: &folded)
      return
    }
    var at = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      folded.append(codePoint: value < 0x80 ? UInt32(lowered(UInt8(value))) : unicode.entry(value).fold)
      at = next
    }
  }

  /// Appends the fold of a whole text to `out`: NFKC, full case folding, diacritics. - Complexity: O(n).
  mutating func fold(_ text: Span<UInt8>, into out: inout ByteBuffer) {
    var at = 0
    while at < text.count {
      // Long texts go piece by piece, cut where nothing can combine: before ASCII.
      var end = min(at + Self.longestFolded, text.count)
      while end < text.count && text[end] >= 0x80 && end - at < 4 * Self.longestFolded { end += 1 }
      end = max(CodePoints.floor(text, end), at + 1)
      folded.removeAll()
      let piece = text.extracting(at..<end)
      appendFold(piece, isSimple: isSimple(piece))
      out.append(folded.span)
      at = end
    }
  }

  private mutating func isSimple(_ text: Span<UInt8>) -> Bool {
    var at = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      if value >= 0x80 && unicode.entry(value).fold == CodePointEntry.complexFold { return false }
      at = next
    }
    return true
  }

  /// In a word ’ is written ', so that both spellings of don't meet.
  private mutating func straightenApostrophes() {
    guard folded.span.firstIndex(of: 0xE2) != nil else { return }
    var bytes = folded.mutableSpan
    var write = 0
    var read = 0
    while read < bytes.count {
      if bytes[read] == 0xE2 && read + 2 < bytes.count && bytes[read + 1] == 0x80 && bytes[read + 2] == 0x99 {
        bytes[write] = 0x27
        read += 3
      } else {
        bytes[write] = bytes[read]
        read += 1
      }
      write += 1
    }
    folded.truncate(to: write)
  }

  private mutating func addFolded(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, isSimple: Bool, stems: Bool, _ tokens: inout TokenList
  ) {
    fold(text, start, end, isSimple: isSimple)
    straightenApostrophes()
    let cut = CodePoints.floor(folded.span, Self.longestTerm)
    if cut == 0 { return }
    tokens.append(folded.span.extracting(0..<cut))
    if stems, let stemLanguage, end - start <= Self.longestTerm {
      // The stemmer's rules need the diacritics, so the word is folded again with them.
      folded.removeAll()
      unicode.icu.fold(text.extracting(start..<end), strip: false, into: &folded)
      straightenApostrophes()
      stemmers.stem(folded, stemLanguage, into: &stemmed)
      folded.removeAll()
      unicode.icu.fold(stemmed, strip: true, into: &folded)
      if !folded.isEmpty && !folded.span.equals(tokens.term(tokens.count - 1)) {
        tokens.append(folded.span, samePosition: true)
      }
    }
  }

  private mutating func addStem(_ word: Span<UInt8>, _ language: StemLanguage, _ tokens: inout TokenList) {
    stemmers.stem(word, language, into: &stemmed)
    if stemmed.isEmpty || stemmed.span.equals(word) { return }
    if stemmed.span.isASCII {
      tokens.append(stemmed.span, samePosition: true)
      return
    }
    folded.removeAll()
    unicode.icu.fold(stemmed, strip: true, into: &folded)
    if !folded.span.equals(word) { tokens.append(folded.span, samePosition: true) }
  }

  // MARK: Runs

  /// A run of Han, kana and Hangul: overlapping bigrams of its folded code points.
  private mutating func addRun(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    run.removeAll(keepingCapacity: true)
    var at = start
    var plain = true  // every code point is three bytes and folds to itself
    var isSimple = true
    while at < limit && at - start < Self.longestRun {
      let (value, next) = CodePoints.next(text, at)
      let entry = unicode.entry(value)
      if !entry.has(Property.eastAsian) && !(WordRules.attaches(entry.wordBreak) && at > start) { break }
      if entry.fold != value || next - at != 3 {
        plain = false
        isSimple = isSimple && Hangul.append(entry.fold, to: &run)
      } else {
        run.append(value)
      }
      at = next
    }
    if plain {
      addPlainBigrams(text.extracting(start..<at), &tokens)
    } else {
      if !isSimple { foldRun(text.extracting(start..<at)) }
      addBigrams(&tokens)
    }
    return at
  }

  private func addPlainBigrams(_ text: Span<UInt8>, _ tokens: inout TokenList) {
    if text.count == 3 {
      tokens.append(text)
      return
    }
    var at = 0
    while at + 6 <= text.count {
      tokens.append(text.extracting(at..<at + 6))
      at += 3
    }
  }

  private mutating func foldRun(_ text: Span<UInt8>) {
    folded.removeAll()
    unicode.icu.fold(text, strip: true, into: &folded)
    run.removeAll(keepingCapacity: true)
    Self.decode(folded, into: &run)
  }

  private static func decode(_ buffer: borrowing ByteBuffer, into run: inout [UInt32]) {
    let bytes = buffer.span
    var at = 0
    while at < bytes.count {
      let (value, next) = CodePoints.next(bytes, at)
      run.append(value)
      at = next
    }
  }

  private mutating func addBigrams(_ tokens: inout TokenList) {
    if run.isEmpty { return }
    folded.removeAll()
    if run.count == 1 {
      folded.append(codePoint: run[0])
      tokens.append(folded.span)
      return
    }
    for index in 1..<run.count {
      folded.removeAll()
      folded.append(codePoint: run[index - 1])
      folded.append(codePoint: run[index])
      tokens.append(folded.span)
    }
  }

  /// A run of Thai, Lao, Khmer or Burmese: ICU's dictionaries cut it.
  private mutating func addDictionaryRun(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    var end = start
    while end < limit && end - start < Self.longestRun {
      let (value, next) = CodePoints.next(text, end)
      let entry = unicode.entry(value)
      if !entry.has(Property.dictionary) && !WordRules.attaches(entry.wordBreak) { break }
      end = next
    }
    unicode.icu.words(of: text.extracting(start..<end), into: &ends)
    var from = start
    for index in ends.indices {
      let to = start + Int(ends[index])
      let piece = text.extracting(from..<to)
      addFolded(text, from, to, isSimple: isSimple(piece), stems: false, &tokens)
      from = to
    }
    return end
  }
}

/// Composition of Hangul syllables, which compatibility letters such as ㅋ and ㅠ make frequent (Unicode, 3.12).
enum Hangul {
  /// Adds a folded code point, composed with the last where they make a syllable; false when ICU must decide.
  static func append(_ value: UInt32, to run: inout [UInt32]) -> Bool {
    if value == CodePointEntry.complexFold { return false }
    run.append(value)
    return true
  }
}

extension ByteBuffer {
  /// Appends the UTF-8 of a code point.
  mutating func append(codePoint c: UInt32) {
    if c < 0x80 {
      append(UInt8(c))
    } else if c < 0x800 {
      append(UInt8(0xC0 | c >> 6))
      append(UInt8(0x80 | c & 0x3F))
    } else if c < 0x10000 {
      append(UInt8(0xE0 | c >> 12))
      append(UInt8(0x80 | c >> 6 & 0x3F))
      append(UInt8(0x80 | c & 0x3F))
    } else {
      append(UInt8(0xF0 | c >> 18 & 0x07))
      append(UInt8(0x80 | c >> 12 & 0x3F))
      append(UInt8(0x80 | c >> 6 & 0x3F))
      append(UInt8(0x80 | c & 0x3F))
    }
  }
}
