package import Bytes

// The dictionary: terms in byte order in blocks of 32, each term front-coded against the one before in its block.
//
//   terms.prefixes  per block: u64, the first eight bytes of its first term, big-endian, zero-padded
//   terms.offsets   per block: u32, where it begins in `terms`; at last u32, where the last one ends
//   terms           per block: varint start in `postings`, varint start in `positions`, then per term
//                   varint shared bytes, varint further bytes, these; varint documents; varint bytes of postings;
//                   for text terms: varint (occurrences − documents), varint bytes of positions
/// Writes the three members of the dictionary. Terms come in byte order, each once.
package struct TermDictionaryWriter: ~Copyable {
  package private(set) var prefixes = ByteBuffer()
  package private(set) var offsets = ByteBuffer()
  package private(set) var blocks = ByteBuffer(capacity: 1 << 16)
  // Bytes of blocks that were taken out.
  private var taken = 0
  private var last = ByteBuffer()
  package private(set) var count = 0
  private var postingsEnd = 0
  private var positionsEnd = 0

  /// A dictionary whose first term's lists begin at these places. One for the terms behind a whole number of blocks may be
  /// written apart and appended.
  package init(postings: Int = 0, positions: Int = 0) {
    postingsEnd = postings
    positionsEnd = positions
  }

  /// Appends the blocks of another, whose terms follow these.
  package mutating func append(_ part: borrowing TermDictionaryWriter) {
    precondition(
      count % SegmentFormat.termsPerBlock == 0, "a dictionary is continued in the middle of a block")
    let base = UInt32(blocks.count)
    prefixes.append(contentsOf: part.prefixes)
    for block in 0..<part.offsets.count / 4 {
      let offset = UInt32(truncatingIfNeeded: part.offsets.span.word(at: block * 4))
      offsets.append(littleEndian: base + offset)
    }
    blocks.append(contentsOf: part.blocks)
    count += part.count
  }

  /// Adds a term whose lists follow those of the term before.
  package mutating func add(_ term: Span<UInt8>, _ info: TermInfo) {
    if count % SegmentFormat.termsPerBlock == 0 {
      var prefix: UInt64 = term.word(at: 0).byteSwapped
      if term.count < 8 { prefix &= ~0 << UInt64(8 * (8 - term.count)) }
      prefixes.append(littleEndian: prefix)
      offsets.append(littleEndian: UInt32(taken + blocks.count))
      blocks.append(varint: UInt64(postingsEnd))
      blocks.append(varint: UInt64(positionsEnd))
      last.removeAll()
    }
    let shared = last.commonPrefix(with: term)
    blocks.append(varint: UInt64(shared))
    blocks.append(varint: UInt64(term.count - shared))
    blocks.append(term.extracting(shared..<term.count))
    blocks.append(varint: UInt64(info.documents))
    blocks.append(varint: UInt64(info.postings.count))
    if term[0] == TermField.text.rawValue {
      blocks.append(varint: UInt64(info.occurrences - info.documents))
      blocks.append(varint: UInt64(info.positions.count))
    }
    postingsEnd += info.postings.count
    positionsEnd += info.positions.count
    last.truncate(to: shared)
    last.append(term.extracting(shared..<term.count))
    count += 1
  }

  /// Ends the dictionary.
  package mutating func finish() { offsets.append(littleEndian: UInt32(taken + blocks.count)) }

  /// Forgets the bytes of `blocks`, which the caller has put elsewhere; the next ones follow them.
  package mutating func removeBlocks() {
    taken += blocks.count
    blocks.removeAll()
  }
}

/// What the dictionary knows of a term.
package struct TermInfo: Equatable, Sendable {
  /// Documents that hold it.
  package var documents: Int
  /// How often it stands in them; equal to `documents` outside the text.
  package var occurrences: Int
  /// Its bytes of the member `postings`.
  package var postings: Range<Int>
  /// Its bytes of the member `positions`.
  package var positions: Range<Int>

  /// A term's.
  package init(documents: Int, occurrences: Int, postings: Range<Int>, positions: Range<Int>) {
    self.documents = documents
    self.occurrences = occurrences
    self.postings = postings
    self.positions = positions
  }
}
