internal import Bytes
internal import Records

/// Folding and stems. NFKC_Casefold (Unicode 15, 3.13) and the folding of diacritics go code point by code point
/// through the table; a text in which one depends on its neighbours goes to ICU as a whole.
extension WordAnalysis {
  /// Replaces `folded` with the fold of `text[start..<end]`.
  mutating func fold(_ text: Span<UInt8>, _ start: Int, _ end: Int, isSimple: Bool) {
    folded.removeAll()
    let cut = end - start > Self.longestFolded ? CodePoints.floor(text, start + Self.longestFolded) : end
    appendFold(text.extracting(start..<cut), isSimple: isSimple)
  }

  mutating func appendFold(_ text: Span<UInt8>, isSimple: Bool) {
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
      let end = pieceEnd(text, at)
      folded.removeAll()
      let piece = text.extracting(at..<end)
      appendFold(piece, isSimple: isSimple(piece))
      out.append(folded.span)
      at = end
    }
  }

  /// Long texts are folded in pieces, cut before a code point that never combines with what stands before it.
  private mutating func pieceEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    if text.count - start <= Self.longestFolded { return text.count }
    var end = CodePoints.floor(text, start + Self.longestFolded)
    while end < text.count && end - start < Self.longestRun {
      let (value, next) = CodePoints.next(text, end)
      if unicode.entry(value).fold != CodePointEntry.complexFold { break }
      end = next
    }
    return max(end, start + 1)
  }

  mutating func isSimple(_ text: Span<UInt8>) -> Bool {
    var at = 0
    while at < text.count {
      let (value, next) = CodePoints.next(text, at)
      if value >= 0x80 && unicode.entry(value).fold == CodePointEntry.complexFold { return false }
      at = next
    }
    return true
  }

  /// In a word ’ is written ', so that both spellings of don't meet.
  mutating func straightenApostrophes() {
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

  mutating func addFolded(
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
    if observation != nil {
      let step = isSimple ? "word, folded by table" : "word, folded by ICU with its neighbours"
      observe(text, start, end, step, tokens.count)
    }
  }

  mutating func addStem(_ word: Span<UInt8>, _ language: StemLanguage, _ tokens: inout TokenList) {
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

  mutating func addEmoji(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ tokens: inout TokenList) {
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
    if observation != nil { observe(text, start, end, "emoji", tokens.count) }
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

extension String {
  /// The text of a span, bad bytes as U+FFFD: for people, not for loops.
  init(_ bytes: Span<UInt8>) {
    var copy: [UInt8] = []
    for i in bytes.indices { copy.append(bytes[i]) }
    self.init(decoding: copy, as: UTF8.self)
  }
}
