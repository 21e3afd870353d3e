package import Bytes
package import Commits

/// Looks terms up in place. - Complexity: O(log blocks) probes and one block of 32 terms decoded.
package struct TermDictionaryReader: Sendable {
  private let prefixes: CheckedMember
  private let offsets: CheckedMember
  private let blocks: CheckedMember
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
  var member: CheckedMember { blocks }

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

/// A walk over the dictionary in byte order.
package struct TermCursor: ~Copyable {
  private let dictionary: TermDictionaryReader
  private var block: Int
  private var offset = 0
  private var end = 0
  private var postingsEnd = 0
  private var positionsEnd = 0
  /// The term stood on, field byte first.
  package private(set) var term = ByteBuffer(capacity: 64)
  /// Its entry.
  package private(set) var info = TermInfo(documents: 0, occurrences: 0, postings: 0..<0, positions: 0..<0)
  private var isPending = false

  /// Before the first term of a block.
  init(_ dictionary: TermDictionaryReader, block: Int) {
    self.dictionary = dictionary
    self.block = block
  }

  /// Before the first term that is not below `start`.
  package static func seek(_ dictionary: TermDictionaryReader, to start: Span<UInt8>) throws(SegmentError)
    -> TermCursor
  {
    let block = dictionary.count == 0 ? 0 : try dictionary.block(for: start)
    var cursor = TermCursor(dictionary, block: block)
    while try cursor.advance() {
      if cursor.term.span.compare(start) >= 0 {
        cursor.isPending = true
        break
      }
    }
    return cursor
  }

  /// Moves to the next term. - Returns: false at the end.
  package mutating func next() throws(SegmentError) -> Bool {
    if isPending {
      isPending = false
      return true
    }
    return try advance()
  }

  private mutating func advance() throws(SegmentError) -> Bool {
    let member = dictionary.member
    if offset == end {
      if block >= dictionary.count { return false }
      let range = try dictionary.blockRange(block)
      block += 1
      offset = range.lowerBound
      end = range.upperBound
      postingsEnd = try number(member)
      positionsEnd = try number(member)
      term.removeAll()
    }
    let shared = try number(member)
    let more = try number(member)
    guard shared <= term.count, more <= end - offset, shared + more <= SegmentFormat.longestTerm,
      shared + more > 0
    else { throw member.corrupt(offset, "a term of \(shared) + \(more) bytes") }
    term.truncate(to: shared)
    term.append(try member.span(offset, more))
    offset += more
    let documents = try number(member)
    let postings = try number(member)
    var occurrences = documents
    var positions = 0
    if term.span[0] == TermField.text.rawValue {
      let repeats = try number(member)
      occurrences += repeats
      positions = try number(member)
    }
    info = TermInfo(
      documents: documents, occurrences: occurrences, postings: postingsEnd..<postingsEnd + postings,
      positions: positionsEnd..<positionsEnd + positions)
    postingsEnd += postings
    positionsEnd += positions
    return true
  }

  // A varint of at most 48 bits, so that sums of two never overflow.
  private mutating func number(_ member: CheckedMember) throws(SegmentError) -> Int {
    var value = 0
    var shift = 0
    while true {
      guard offset < end, shift < 48 else { throw member.corrupt(offset, "a number that does not end") }
      let byte = Int(try member.load(offset, as: UInt8.self))
      offset += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
