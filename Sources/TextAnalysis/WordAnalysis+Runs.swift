internal import Bytes
internal import Records

/// Scripts without spaces: bigrams of Han, kana and Hangul, dictionary words of Thai, Lao, Khmer and Burmese.
extension WordAnalysis {
  /// A run of Han, kana and Hangul: overlapping bigrams of its folded code points.
  mutating func addRun(
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
        if entry.fold == CodePointEntry.complexFold { isSimple = false }
      }
      run.append(entry.fold)
      at = next
    }
    if plain {
      addPlainBigrams(text.extracting(start..<at), &tokens)
    } else {
      if !isSimple { foldRun(text.extracting(start..<at)) }
      addBigrams(&tokens)
    }
    if observation != nil {
      if plain { observation?.locateBigrams(start, at) }
      observe(text, start, at, "run of Han, kana or Hangul: bigrams", tokens.count)
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
  mutating func addDictionaryRun(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, _ tokens: inout TokenList
  ) -> Int {
    var end = start
    while end < limit && end - start < Self.longestRun {
      let (value, next) = CodePoints.next(text, end)
      let entry = unicode.entry(value)
      if !entry.has(Property.dictionary) && !WordRules.attaches(entry.wordBreak) { break }
      end = next
    }
    if observation != nil {
      observe(text, start, end, "run of Thai, Lao, Khmer or Burmese: ICU's dictionary", tokens.count)
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
