internal import Bytes
internal import Commits
internal import SearchIndex

/// Some neighbouring terms of a merge, with their lists in each segment.
struct TermSlice: Sendable {
  /// A term's list in one of the segments.
  struct List: Sendable {
    var part: Int
    var info: TermInfo
  }

  private(set) var lists: [List] = []
  private var bytes: [UInt8] = []
  private var termEnds: [Int] = [0]
  private var listEnds: [Int] = [0]
  /// Documents in all lists.
  private var documents = 0

  /// Terms in it.
  var count: Int { termEnds.count - 1 }
  /// Whether it makes work enough for a thread.
  var isFull: Bool { documents >= 1 << 17 || count >= 1 << 12 }

  /// Adds a list of the next term.
  mutating func add(_ list: List) {
    lists.append(list)
    documents += list.info.documents
  }

  /// Ends the next term.
  mutating func end(_ term: Span<UInt8>) {
    for index in 0..<term.count { bytes.append(term[index]) }
    termEnds.append(bytes.count)
    listEnds.append(lists.count)
  }

  /// The bytes of a term.
  @_lifetime(borrow self)
  func term(_ index: Int) -> Span<UInt8> { bytes.span.extracting(termEnds[index]..<termEnds[index + 1]) }

  /// The lists of a term.
  func lists(_ index: Int) -> ArraySlice<List> { lists[listEnds[index]..<listEnds[index + 1]] }
}

/// Walks over the dictionaries of several segments as over one.
final class MergedTerms: @unchecked Sendable {  // used by one thread at a time
  // One segment's terms, as far as they have been walked.
  private final class Part: Comparable {
    let number: Int
    private let segment: Segment
    private var cursor: TermCursor
    private var last = ByteBuffer(capacity: 64)

    init(_ segment: Segment, _ number: Int) {
      self.segment = segment
      self.number = number
      cursor = TermCursor(segment.terms)
    }

    var list: TermSlice.List { TermSlice.List(part: number, info: cursor.info) }

    /// Moves to the next term. - Returns: false at the end. - Throws: `SegmentError`, also where terms do not rise.
    func next() throws(SegmentError) -> Bool { try Self.next(&cursor, &last, segment) }

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

    /// Ends the term of `slice` whose lists were added.
    func end(_ slice: inout TermSlice) { Self.end(cursor, &slice) }
    private static func end(_ cursor: borrowing TermCursor, _ slice: inout TermSlice) {
      slice.end(cursor.term.span)
    }

    static func < (a: Part, b: Part) -> Bool { compare(a.cursor, b.cursor) < 0 }
    static func == (a: Part, b: Part) -> Bool { compare(a.cursor, b.cursor) == 0 }
    private static func compare(_ a: borrowing TermCursor, _ b: borrowing TermCursor) -> Int {
      a.term.span.compare(b.term.span)
    }
  }

  private var heap = MergeHeap<Part>()
  private var group: [Part] = []

  /// Before the first term. - Throws: `SegmentError`.
  init(_ parts: [LiveSegment]) throws {
    for (number, live) in parts.enumerated() {
      let part = Part(live.segment, number)
      if try part.next() { heap.insert(part) }
    }
  }

  /// The next terms, each with its lists in all segments; nil at the end. - Throws: `SegmentError`.
  func next() throws -> TermSlice? {
    if heap.isEmpty { return nil }
    var slice = TermSlice()
    while !heap.isEmpty, !slice.isFull {
      group.removeAll(keepingCapacity: true)
      repeat {
        group.append(heap.first)
        heap.removeFirst()
      } while !heap.isEmpty && heap.first == group[0]
      // Later segments mostly hold newer tweets, which stand first.
      group.sort { $0.number > $1.number }
      for part in group { slice.add(part.list) }
      group[0].end(&slice)
      for part in group where try part.next() { heap.insert(part) }
    }
    return slice
  }
}
