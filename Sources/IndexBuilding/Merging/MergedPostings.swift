internal import Bytes
internal import Commits
internal import SearchIndex

/// One term's list in the new segment, while it is gathered. Memory: 4 bytes a document, for text terms 4 more and 4 an
/// occurrence.
struct MergedPostings {
  /// Rising.
  private(set) var documents: [UInt32] = []
  /// Text terms: how often it stands in each.
  private(set) var counts: [UInt32] = []
  /// Text terms: per document the first position, then differences.
  private(set) var numbers: [UInt32] = []
  fileprivate var positions: [Int] = []

  /// Forgets all and keeps the memory.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }

  fileprivate mutating func add(_ document: UInt32) { documents.append(document) }
  fileprivate mutating func add(count: UInt32) { counts.append(count) }

  fileprivate mutating func addPositions() {
    var last = 0
    for position in positions {
      numbers.append(UInt32(clamping: position - last))
      last = position
    }
  }
}

/// A term's list in one of the segments that are merged: a walk over what lives of it.
struct PartPostings: ~Copyable {
  /// The new number of the document stood on; `MergedDocuments.none` at the end.
  private(set) var document = MergedDocuments.none
  private var postings: PostingsCursor
  private var positions: PositionsCursor?
  private let isText: Bool
  private let numbers: [UInt32]
  private let segment: Segment
  /// The term's occurrences before the document stood on, and in it.
  private var before = 0
  private var frequency = 0

  private init(
    _ postings: consuming PostingsCursor, _ positions: consuming PositionsCursor?, _ numbers: [UInt32],
    _ segment: Segment
  ) {
    self.isText = positions != nil
    self.postings = postings
    self.positions = positions
    self.numbers = numbers
    self.segment = segment
  }

  /// The list of `info` in `segment`, whose documents have new `numbers`. - Throws: `SegmentError`.
  static func open(
    _ segment: Segment, _ info: TermInfo, _ numbers: [UInt32], isText: Bool
  ) throws(SegmentError) -> PartPostings {
    let postings = try PostingsCursor(segment, info, hasCounts: isText)
    let positions = isText ? try PositionsCursor(segment, info) : nil
    var list = PartPostings(postings, positions, numbers, segment)
    try list.next()
    return list
  }

  // Moves to the next document that lives.
  private mutating func next() throws(SegmentError) {
    while true {
      before += frequency
      try postings.next()
      if postings.document == PostingsCursor.end {
        frequency = 0
        document = MergedDocuments.none
        return
      }
      if isText {
        frequency = try postings.frequency()
        guard frequency > 0, frequency <= Int(Int32.max) else {
          throw segment.corrupt(.postings, 0, "a term \(frequency) times in a document")
        }
      }
      document = numbers[postings.document]
      if document != MergedDocuments.none { return }
    }
  }

  /// Moves the documents before `limit` to `list`.
  mutating func move(before limit: UInt32, to list: inout MergedPostings) throws(SegmentError) {
    var first = before
    var count = 0
    while document < limit {
      list.add(document)
      if isText {
        list.add(count: UInt32(frequency))
        count += frequency
        let end = before + frequency
        try next()
        if before == end { continue }
        // Dead documents stood between.
        try movePositions(first, count, to: &list)
        first = before
        count = 0
      } else {
        try next()
      }
    }
    try movePositions(first, count, to: &list)
  }

  private mutating func movePositions(
    _ first: Int, _ count: Int, to list: inout MergedPostings
  ) throws(SegmentError) {
    if count == 0 { return }
    try positions?.move(first, count, to: &list)
  }
}

extension PositionsCursor {
  // Positions are read by thousands, whatever documents they belong to: their sums are taken apart again.
  fileprivate mutating func move(
    _ first: Int, _ count: Int, to list: inout MergedPostings
  ) throws(SegmentError) {
    var start = first
    while start < first + count {
      let size = min(4096, first + count - start)
      try read(first: start, frequency: size, into: &list.positions)
      list.addPositions()
      start += size
    }
  }
}
