internal import Bytes
internal import SearchIndex

/// The encoded lists of some neighbouring terms.
final class EncodedTerms: @unchecked Sendable {  // made by one thread, then read by another
  private var postings: PostingsWriter?
  private var positions: PositionsWriter?
  /// Bytes of all lists.
  let counts: (postings: Int, positions: Int)
  private let sizes: [Size]
  /// Their part of the dictionary.
  private(set) var dictionary = TermDictionaryWriter()
  private let range: Range<Int>

  /// What is known of a term's lists: documents, occurrences, bytes of each list.
  struct Size {
    var documents: Int
    var occurrences: Int
    var postings: Int
    var positions: Int
  }

  /// Encodes ranks `range` out of `parts`; ranks in `textRanks` have frequencies and positions.
  ///
  /// All is written in variables and then kept: writers of another module that are properties of a class cost two calls
  /// of the runtime a term, to check that nobody else has hold of them.
  init(_ parts: [InvertedPart], _ range: Range<Int>, textRanks: Range<Int>, lengths: [UInt32]) {
    self.range = range
    var postings = PostingsWriter()
    var positions = PositionsWriter()
    var sizes: [Size] = []
    var list = TermList()
    sizes.reserveCapacity(range.count)
    for rank in range {
      let isText = textRanks.contains(rank)
      list.removeAll()
      for part in parts { list.add(part, part.entries(rank), isText: isText) }
      if !list.isSorted { list.sort(parts, rank, isText: isText) }
      let postingsSize =
        isText
        ? postings.add(documents: list.documents.span, counts: list.counts.span, lengths: lengths.span)
        : postings.add(documents: list.documents.span, counts: nil, lengths: lengths.span)
      let positionsSize = isText ? positions.add(list.numbers.span) : 0
      sizes.append(
        Size(
          documents: list.documents.count,
          occurrences: isText ? list.numbers.count : list.documents.count, postings: postingsSize,
          positions: positionsSize))
    }
    counts = (postings.bytes.count, positions.bytes.count)
    self.postings = consume postings
    self.positions = consume positions
    self.sizes = sizes
  }

  /// Moves the lists to the members that are being made. - Throws: `SystemError`.
  func moveLists(postings: StagedMember, positions: StagedMember) throws(SystemError) {
    if let lists = self.postings.take() { try postings.append(lists.bytes.span) }
    if let lists = self.positions.take() { try positions.append(lists.bytes.span) }
  }

  /// Writes the part of the dictionary, given where the first lists begin.
  func writeDictionary(_ terms: SegmentTerms, _ ranks: TermRanks, postings: Int, positions: Int) {
    var dictionary = TermDictionaryWriter(postings: postings, positions: positions)
    for (rank, size) in zip(range, sizes) {
      Self.add(terms.table, Int(ranks.numbers[rank]), size, to: &dictionary)
    }
    self.dictionary = dictionary
  }

  private static func add(
    _ table: borrowing TermTable, _ number: Int, _ size: Size, to dictionary: inout TermDictionaryWriter
  ) {
    dictionary.add(
      table.bytes(number),
      TermInfo(
        documents: size.documents, occurrences: size.occurrences, postings: 0..<size.postings,
        positions: 0..<size.positions))
  }
}

/// One term's documents, frequencies and numbers of positions, gathered before they are encoded.
private struct TermList {
  var documents: [UInt32] = []
  var counts: [UInt32] = []
  var numbers: [UInt32] = []
  /// Whether the documents added rise.
  var isSorted = true
  private var last: Int64 = -1
  private var lastPosition: UInt32 = 0

  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    last = -1
    lastPosition = 0
    isSorted = true
  }

  mutating func add(_ part: InvertedPart, _ entries: Range<Int>, isText: Bool) {
    let from = part.documents
    let positions = part.positions
    for entry in entries { add(from[entry], UInt32(positions[entry]), isText: isText) }
  }

  @inline(__always)
  private mutating func add(_ document: UInt32, _ position: UInt32, isText: Bool) {
    if Int64(document) != last {
      if Int64(document) < last { isSorted = false }
      documents.append(document)
      last = Int64(document)
      if isText {
        counts.append(1)
        numbers.append(position)
      }
    } else if isText {
      counts[counts.count - 1] += 1
      // In a list out of order a difference may fall below 0; it is gathered again.
      numbers.append(position &- lastPosition)
    }
    lastPosition = position
  }

  /// Gathers a rank's entries again, in order: its documents come from batches whose ids overlap.
  mutating func sort(_ parts: [InvertedPart], _ rank: Int, isText: Bool) {
    var entries: [UInt64] = []
    for part in parts {
      for entry in part.entries(rank) {
        entries.append(UInt64(part.documents[entry]) << 16 | UInt64(part.positions[entry]))
      }
    }
    entries.sort()
    removeAll()
    for entry in entries {
      add(UInt32(entry >> 16), UInt32(truncatingIfNeeded: entry & 0xFFFF), isText: isText)
    }
  }
}
