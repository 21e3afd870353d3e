internal import Bytes
package import Commits

/// Looks terms up in place. - Complexity: O(log blocks) probes and one block of 32 terms decoded.
package struct TermDictionaryReader: Sendable {
  private let prefixes: CheckedMember
  private let offsets: CheckedMember
  let blocks: CheckedMember
  private let blockCount: Int

  /// Checks that the tables fit one another.
  init(prefixes: CheckedMember, offsets: CheckedMember, blocks: CheckedMember) throws(SegmentError) {
    self.prefixes = prefixes
    self.offsets = offsets
    self.blocks = blocks
    blockCount = prefixes.count / 8
    guard prefixes.count % 8 == 0 else { throw prefixes.corrupt(0, "not a multiple of 8 bytes") }
    guard offsets.count == 4 * (blockCount + 1) else {
      throw offsets.corrupt(0, "expected \(blockCount + 1) offsets, found \(offsets.count / 4)")
    }
    guard try Int(offsets.load(4 * blockCount, as: UInt32.self)) == blocks.count else {
      throw offsets.corrupt(4 * blockCount, "the last offset is not the end of \"terms\"")
    }
  }

  /// The term's entry, or nil when the segment does not have it.
  package func find(_ term: Span<UInt8>) throws(SegmentError) -> TermInfo? {
    var cursor = try TermCursor.seek(self, to: term)
    guard try cursor.next(), cursor.term.span.equals(term) else { return nil }
    return cursor.info
  }

  /// The bytes of block `index`.
  func blockRange(_ index: Int) throws(SegmentError) -> Range<Int> {
    let start = Int(try offsets.load(4 * index, as: UInt32.self))
    let end = Int(try offsets.load(4 * index + 4, as: UInt32.self))
    guard start < end, end <= blocks.count else { throw offsets.corrupt(4 * index, "offsets do not rise") }
    return start..<end
  }

  /// Blocks in it.
  var count: Int { blockCount }

  /// The last block whose first term is not above `term`; 0 when all are.
  func block(for term: Span<UInt8>) throws(SegmentError) -> Int {
    var prefix = term.word(at: 0).byteSwapped
    if term.count < 8 { prefix &= ~0 << UInt64(8 * (8 - term.count)) }
    var low = 0
    var high = blockCount
    // Invariant: first terms of blocks below `low` are ≤ term, those from `high` on are > term.
    while low < high {
      let middle = (low + high) / 2
      let found = try prefixes.load(8 * middle, as: UInt64.self)
      let isAbove = found == prefix ? try compareFirst(middle, term) > 0 : found > prefix
      if isAbove { high = middle } else { low = middle + 1 }
    }
    return max(low - 1, 0)
  }

  private func compareFirst(_ index: Int, _ term: Span<UInt8>) throws(SegmentError) -> Int {
    var cursor = TermCursor(self, block: index)
    guard try cursor.next() else { throw blocks.corrupt(0, "an empty block") }
    return cursor.term.span.compare(term)
  }
}
