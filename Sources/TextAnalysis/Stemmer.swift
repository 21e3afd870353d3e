internal import Bytes
internal import CStemmer

/// Snowball stemmers, each opened when its language first occurs. One thread at a time.
///
/// A stemmer reads a word in lower case with its diacritics, since its rules know them, and the stem is folded after.
@safe
struct Stemmers: ~Copyable {
  private var handles: [OpaquePointer?] = unsafe []
  private var missing = Set<Int>()
  private var cache = StemCache()
  private var current: StemLanguage?
  private var currentIndex: UInt8 = 0

  init() {}

  deinit {
    // SAFETY: each handle was opened here and is deleted once.
    for index in unsafe handles.indices {
      if let handle = unsafe handles[index] { unsafe sb_stemmer_delete(handle) }
    }
  }

  /// Replaces `out` with the stem of `word`; leaves it empty when the library does not know the language.
  mutating func stem(_ word: Span<UInt8>, _ language: StemLanguage, into out: inout ByteBuffer) {
    out.removeAll()
    if language != current {
      current = language
      currentIndex = UInt8(StemLanguage.allCases.firstIndex(of: language) ?? 0)
    }
    let index = currentIndex
    if cache.find(word, index, into: &out) { return }
    guard let handle = unsafe handle(at: Int(index), language) else { return }
    unsafe word.withUnsafeBufferPointer { source in
      // SAFETY: the stem lies in the stemmer until its next call, and is copied before that.
      guard let stem = unsafe sb_stemmer_stem(handle, source.baseAddress, Int32(source.count)) else { return }
      let count = Int(unsafe sb_stemmer_length(handle))
      unsafe out.append(Span(_unsafeStart: stem, count: count))
    }
    cache.store(word, index, stem: out)
  }

  /// The same of a buffer's content.
  mutating func stem(
    _ word: borrowing ByteBuffer, _ language: StemLanguage, into out: inout ByteBuffer
  ) {
    stem(word.span, language, into: &out)
  }

  private mutating func handle(at index: Int, _ language: StemLanguage) -> OpaquePointer? {
    if unsafe handles.isEmpty { unsafe handles = Array(repeating: nil, count: StemLanguage.allCases.count) }
    if let open = unsafe handles[index] { return unsafe open }
    if missing.contains(index) { return nil }
    // SAFETY: the name is a C string for the length of the call; the handle is deleted with `self`.
    let fresh = unsafe sb_stemmer_new(language.rawValue, nil)
    if unsafe fresh == nil { missing.insert(index) }
    unsafe handles[index] = fresh
    return unsafe fresh
  }
}
