internal import Bytes

/// Remembers the stems of frequent words: one slot a hash, the newest word stays. A stemmer takes over 100 ns a word,
/// and a few thousand words make most of any text. Exact: the word is compared, not only its hash. Memory: 512 KiB.
struct StemCache: ~Copyable {
  /// Longer words are rare; they are stemmed each time.
  static let longestWord = 28
  private static let longestStem = 32
  private static let slotBytes = 64
  private static let slotCount = 8192

  // A slot: length of the word (0: empty), length of the stem, language, a byte unused; 28 bytes word, 32 bytes stem.
  private var slots: [UInt8] = []

  init() {}

  /// Appends the stem of `word` to `out`, when it is remembered.
  func find(_ word: Span<UInt8>, _ language: UInt8, into out: inout ByteBuffer) -> Bool {
    if slots.isEmpty || word.count > Self.longestWord { return false }
    let base = slot(word, language)
    if Int(slots[base]) != word.count || slots[base + 2] != language { return false }
    let all = slots.span
    if !all.extracting(base + 4..<base + 4 + word.count).equals(word) { return false }
    let stem = base + 4 + Self.longestWord
    out.append(all.extracting(stem..<stem + Int(slots[base + 1])))
    return true
  }

  /// Remembers a stem in place of what shares its slot.
  mutating func store(_ word: Span<UInt8>, _ language: UInt8, stem: borrowing ByteBuffer) {
    if word.isEmpty || word.count > Self.longestWord || stem.count > Self.longestStem { return }
    if slots.isEmpty { slots = Array(repeating: 0, count: Self.slotBytes * Self.slotCount) }
    let base = slot(word, language)
    slots[base] = UInt8(word.count)
    slots[base + 1] = UInt8(stem.count)
    slots[base + 2] = language
    for i in word.indices { slots[base + 4 + i] = word[i] }
    let bytes = stem.span
    for i in bytes.indices { slots[base + 4 + Self.longestWord + i] = bytes[i] }
  }

  private func slot(_ word: Span<UInt8>, _ language: UInt8) -> Int {
    let hash = Int(truncatingIfNeeded: Checksum.xxh3(word) &+ UInt64(language))
    return (hash & (Self.slotCount - 1)) * Self.slotBytes
  }
}
