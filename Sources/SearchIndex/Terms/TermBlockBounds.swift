internal import Bytes
package import Commits

/// What a walk that wants frequent terms alone may pass over.
extension TermDictionaryReader {
  /// The last block that may hold terms that begin with `prefix`; all before it from where the first of them stands hold
  /// nothing else.
  package func lastBlock(of prefix: Span<UInt8>) throws(SegmentError) -> Int {
    // The least term behind them: the last byte that can be greater is, and what follows it falls away.
    var behind = prefix.array
    while let last = behind.popLast() {
      if last == 0xFF { continue }
      behind.append(last + 1)
      return count == 0 ? 0 : try block(for: behind.span)
    }
    return max(count - 1, 0)
  }

  /// The bound of the `rank`-th heaviest block of terms that begin with `prefix`; 0 where there are not four times as many:
  /// reading them all costs no more. - Complexity: O(blocks).
  package func heavyBound(_ rank: Int, of prefix: Span<UInt8>) throws(SegmentError) -> Int {
    if count == 0 { return 0 }
    let first = try block(for: prefix)
    let last = try lastBlock(of: prefix)
    guard last - first >= 4 * rank, rank > 0 else { return 0 }
    // The greatest, falling; few of the blocks come among them.
    var greatest: [Int] = []
    for number in first..<last {
      let bound = try mostDocuments(number)
      if greatest.count == rank, let least = greatest.last, bound <= least { continue }
      greatest.insert(bound, at: greatest.firstIndex { $0 < bound } ?? greatest.count)
      if greatest.count > rank { greatest.removeLast() }
    }
    return greatest.last ?? 0
  }

  /// More documents hold no term of a block, by the bytes of all its lists: 128 documents take 18 bytes or more, a skip
  /// entry and two widths; one of the rest takes one. - Complexity: O(1), a hundredth of reading the block.
  func mostDocuments(_ block: Int) throws(SegmentError) -> Int {
    if block + 1 >= count { return .max }
    let bytes = try postingsStart(block + 1) - postingsStart(block)
    let full = bytes / Self.fullBlock
    return bytes < 0 ? .max : full * SegmentFormat.packedBlock + bytes - full * Self.fullBlock
  }

  private static var fullBlock: Int { SegmentFormat.skipEntry + 2 }

  // Where the lists of a block begin: the varint that it begins with.
  private func postingsStart(_ block: Int) throws(SegmentError) -> Int {
    let range = try blockRange(block)
    try blocks.check(range.lowerBound, range.count)
    var value = 0
    var shift = 0
    for offset in range {
      let byte = Int(blocks.bytes.load(offset, as: UInt8.self))
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift >= 48 { break }
    }
    throw blocks.corrupt(range.lowerBound, "a number that does not end")
  }
}
