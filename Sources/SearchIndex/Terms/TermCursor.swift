package import Bytes
package import Commits

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

  /// Before the first term.
  package init(_ dictionary: TermDictionaryReader) { self.init(dictionary, block: 0) }

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

  /// Moves to the next term that begins with `prefix` and that at least so many documents hold, from one that begins so.
  /// `last` is `TermDictionaryReader.lastBlock(of: prefix)`; blocks before it whose lists are too short are passed over.
  /// So are those that bound their terms below `heavy`, whatever they hold.
  package mutating func next(
    _ prefix: Span<UInt8>, through last: Int, least: Int, heavy: Int = 0
  ) throws(SegmentError) -> Bool {
    while true {
      if isPending {
        isPending = false
      } else {
        if offset == end {
          while block < last, try dictionary.mostDocuments(block) < max(least, heavy) { block += 1 }
        }
        guard try advance() else { return false }
      }
      // The block read is the one before; terms of those before the last all begin so.
      if block > last, term.commonPrefix(with: prefix) < prefix.count { return false }
      if info.documents >= least { return true }
    }
  }

  private mutating func advance() throws(SegmentError) -> Bool {
    if offset == end {
      if block >= dictionary.count { return false }
      let range = try dictionary.blockRange(block)
      // Once for the block: what is read below lies before its end.
      try dictionary.blocks.check(range.lowerBound, range.count)
      block += 1
      offset = range.lowerBound
      end = range.upperBound
      postingsEnd = try number()
      positionsEnd = try number()
      term.removeAll()
    }
    let shared = try number()
    let more = try number()
    guard shared <= term.count, more <= end - offset, shared + more <= SegmentFormat.longestTerm,
      shared + more > 0
    else { throw dictionary.blocks.corrupt(offset, "a term of \(shared) + \(more) bytes") }
    term.truncate(to: shared)
    Self.append(offset..<offset + more, of: dictionary.blocks.bytes, to: &term)
    offset += more
    let documents = try number()
    let postings = try number()
    var occurrences = documents
    var positions = 0
    if term.span[0] == TermField.text.rawValue {
      let repeats = try number()
      occurrences += repeats
      positions = try number()
    }
    info = TermInfo(
      documents: documents, occurrences: occurrences, postings: postingsEnd..<postingsEnd + postings,
      positions: positionsEnd..<positionsEnd + positions)
    postingsEnd += postings
    positionsEnd += positions
    return true
  }

  private static func append(_ range: Range<Int>, of bytes: borrowing MappedBytes, to term: inout ByteBuffer)
  {
    term.append(bytes.span(range))
  }

  // A varint of at most 48 bits, so that sums of two never overflow.
  private mutating func number() throws(SegmentError) -> Int {
    var value = 0
    var shift = 0
    while true {
      guard offset < end, shift < 48 else {
        throw dictionary.blocks.corrupt(offset, "a number that does not end")
      }
      // Through the stored members: a copy of one counted four references, a third of a walk's time.
      let byte = Int(dictionary.blocks.bytes.load(offset, as: UInt8.self))
      offset += 1
      value |= (byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }
}
