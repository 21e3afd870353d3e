internal import Bytes
internal import Commits
internal import SearchIndex

/// The dictionary and the lists of a merge: terms of all segments in byte order, each with what lives of its lists.
final class MergedLists {
  /// The members, made.
  let terms, postings, positions: StagedMember
  private(set) var dictionary = TermDictionaryWriter()
  private let documents: MergedDocuments
  private let lengths: [UInt32]
  /// Bytes of encoded lists that are written at a time.
  private static let piece = 1 << 20
  /// Pieces between two times when memory is given back.
  private static let piecesPerRest = 8

  // One segment's terms, as far as they have been walked, and its list of the term in hand.
  private final class Part: Comparable {
    let number: Int
    let segment: Segment
    var cursor: TermCursor
    private var last = ByteBuffer(capacity: 64)

    init(_ segment: Segment, _ number: Int) {
      self.segment = segment
      self.number = number
      cursor = TermCursor(segment.terms)
    }

    /// Moves to the next term. - Returns: false at the end. - Throws: `SegmentError`, also where terms do not rise.
    func next() throws(SegmentError) -> Bool {
      try Self.next(&cursor, &last, segment)
    }

    private static func next(
      _ cursor: inout TermCursor, _ last: inout ByteBuffer, _ segment: Segment
    ) throws(SegmentError) -> Bool {
      last.removeAll()
      last.append(contentsOf: cursor.term)
      guard try cursor.next() else { return false }
      if cursor.term.span.compare(last.span) <= 0 {
        throw segment.corrupt(.terms, 0, "a term is out of order")
      }
      return true
    }

    var isText: Bool { Self.isText(cursor) }
    private static func isText(_ cursor: borrowing TermCursor) -> Bool {
      cursor.term.span[0] == TermField.text.rawValue
    }

    static func < (a: Part, b: Part) -> Bool { compare(a.cursor, b.cursor) < 0 }
    static func == (a: Part, b: Part) -> Bool { compare(a.cursor, b.cursor) == 0 }
    private static func compare(_ a: borrowing TermCursor, _ b: borrowing TermCursor) -> Int {
      a.term.span.compare(b.term.span)
    }
  }

  /// For the lists of `documents`, whose texts have `lengths`; what is made waits in `folder`.
  init(_ documents: MergedDocuments, lengths: [UInt32], in folder: String) {
    self.documents = documents
    self.lengths = lengths
    terms = StagedMember(in: folder)
    postings = StagedMember(in: folder)
    positions = StagedMember(in: folder)
  }

  /// Merges all. - Throws: `SegmentError`, `SystemError`. - Complexity: O((terms + postings) × log parts).
  func merge() throws {
    var heap = MergeHeap<Part>()
    for (number, live) in documents.parts.enumerated() {
      let part = Part(live.segment, number)
      if try part.next() { heap.insert(part) }
    }
    // In variables: as properties of a class they would cost two calls of the runtime a term.
    let lengths = self.lengths
    var dictionary = TermDictionaryWriter()
    var postings = PostingsWriter()
    var positions = PositionsWriter()
    var list = MergedPostings()
    var spare = MergedPostings()
    var group: [Part] = []
    var pieces = 0
    while !heap.isEmpty {
      group.removeAll(keepingCapacity: true)
      repeat {
        group.append(heap.first)
        heap.removeFirst()
      } while !heap.isEmpty && heap.first == group[0]
      let isText = group[0].isText
      // Later segments mostly hold newer tweets, which stand first.
      group.sort { $0.number > $1.number }
      try gather(group, isText: isText, into: &list, &spare)
      if !list.documents.isEmpty {
        let size =
          isText
          ? postings.add(documents: list.documents.span, counts: list.counts.span, lengths: lengths.span)
          : postings.add(documents: list.documents.span, counts: nil, lengths: lengths.span)
        let more = isText ? positions.add(list.numbers.span) : 0
        Self.add(
          group[0].cursor,
          TermInfo(
            documents: list.documents.count,
            occurrences: isText ? list.numbers.count : list.documents.count, postings: 0..<size,
            positions: 0..<more), to: &dictionary)
      }
      for part in group where try part.next() { heap.insert(part) }
      if postings.bytes.count + positions.bytes.count + dictionary.blocks.count >= Self.piece {
        try write(&dictionary, &postings, &positions)
        pieces += 1
        if pieces % Self.piecesPerRest == 0 { documents.forgetPages() }
      }
    }
    dictionary.finish()
    try write(&dictionary, &postings, &positions)
    self.dictionary = dictionary
  }

  private static func add(
    _ cursor: borrowing TermCursor, _ info: TermInfo, to dictionary: inout TermDictionaryWriter
  ) {
    dictionary.add(cursor.term.span, info)
  }

  private func write(
    _ dictionary: inout TermDictionaryWriter, _ postings: inout PostingsWriter,
    _ positions: inout PositionsWriter
  ) throws(SystemError) {
    try terms.append(dictionary.blocks.span)
    try self.postings.append(postings.bytes.span)
    try self.positions.append(positions.bytes.span)
    dictionary.removeBlocks()
    postings = PostingsWriter()
    positions = PositionsWriter()
  }

  // What lives of a term's lists, in the new order.
  private func gather(
    _ group: [Part], isText: Bool, into list: inout MergedPostings, _ spare: inout MergedPostings
  ) throws {
    list.removeAll()
    for part in group {
      try list.add(part.segment, part.cursor.info, documents.numbers[part.number], isText: isText)
    }
    list.sort(&spare)
  }
}
