internal import Commits
internal import SearchIndex

/// A set of documents as bits: what many short lists become.
final class DocumentSet: DocIterator {
  private var words: [UInt64]
  private let count: Int
  private var current = -1

  private init(count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
    self.count = count
  }

  /// The union of `parts` over a segment of `count` documents. - Complexity: O(postings + documents / 64).
  static func union(_ parts: [DocIterator], count: Int) throws(SegmentError) -> DocIterator {
    if parts.count <= 4 { return parts.count == 1 ? parts[0] : OrIterator(parts) }
    let set = DocumentSet(count: count)
    for part in parts {
      try part.next()
      while part.document != end {
        set.words[part.document / 64] |= 1 << UInt64(part.document % 64)
        try part.next()
      }
    }
    return set
  }

  override var document: Int { current }
  override var cost: Int { count }
  override func next() { move(current + 1) }
  override func advance(to target: Int) { if target > current { move(target) } }

  private func move(_ target: Int) {
    var word = target / 64
    guard word < words.count else { return current = Self.end }
    var bits = words[word] & (~0 << UInt64(target % 64))
    while bits == 0 {
      word += 1
      guard word < words.count else { return current = Self.end }
      bits = words[word]
    }
    current = word * 64 + bits.trailingZeroBitCount
  }
}
