internal import Bytes
internal import Commits
internal import SearchIndex

/// The documents of segments that are merged, in the order of the new one: what lives, greatest id first.
///
/// Memory: 4 bytes a document that there was, 2 for each that stays.
struct MergedDocuments: Sendable {
  /// The segments.
  let parts: [LiveSegment]
  /// Per part and document the new number; `none` for those that are left out.
  private(set) var numbers: [[UInt32]]
  /// Per new document the part that it comes from. Those of one part keep their order.
  private(set) var sources: [UInt16] = []

  /// No document.
  static let none = UInt32.max

  /// How many there are.
  var count: Int { sources.count }

  private struct Head: Comparable {
    var id: UInt64
    var part: Int
    static func < (a: Head, b: Head) -> Bool { a.id > b.id }
  }

  /// Orders what lives in `parts`. - Throws: `SegmentError` where ids do not fall, or one lives twice.
  ///
  /// - Complexity: O(documents × log parts).
  init(_ parts: [LiveSegment]) throws {
    precondition(parts.count <= Int(UInt16.max), "more segments than the system maps")
    self.parts = parts
    numbers = parts.map { [UInt32](repeating: Self.none, count: $0.segment.documentCount) }
    var walks = parts.map { IDWalk($0) }
    var heap = MergeHeap<Head>()
    for part in parts.indices {
      if let id = try walks[part].next() { heap.insert(Head(id: id, part: part)) }
    }
    while !heap.isEmpty {
      let (part, rival) = (heap.first.part, heap.second?.id)
      var id: UInt64? = heap.first.id
      while let known = id, rival.map({ known > $0 }) ?? true {
        numbers[part][walks[part].document] = UInt32(sources.count)
        sources.append(UInt16(part))
        id = try walks[part].next()
      }
      guard let next = id else {
        heap.removeFirst()
        continue
      }
      if next == rival {
        throw parts[part].segment.corrupt(.ids, walks[part].document, "tweet \(next) lives in two segments")
      }
      heap.replaceFirst(Head(id: next, part: part))
    }
  }

  /// Calls `body` with the part and the old number of every document, in the new order.
  func forEach(_ body: (_ part: Int, _ document: Int) throws -> Void) rethrows {
    var places = [Int](repeating: 0, count: parts.count)
    for source in sources {
      let part = Int(source)
      while numbers[part][places[part]] == Self.none { places[part] += 1 }
      try body(part, places[part])
      places[part] += 1
    }
  }

  /// Takes the pages of all segments out of memory: what was walked past is not needed again soon.
  func forgetPages() { for part in parts { part.segment.forgetPages() } }
}

/// A walk over the ids of the living documents of a segment.
private struct IDWalk {
  private let live: LiveSegment
  private var ids: ColumnWalk
  private var last: UInt64?
  /// The document stood on.
  private(set) var document = -1

  init(_ live: LiveSegment) {
    self.live = live
    ids = ColumnWalk(live.segment, .ids)
  }

  /// The id of the next one. - Throws: `SegmentError`.
  mutating func next() throws(SegmentError) -> UInt64? {
    document += 1
    while document < live.segment.documentCount {
      let id = UInt64(bitPattern: try ids.value(document))
      if let last, last <= id {
        throw live.segment.corrupt(.ids, document, "document \(document) is out of order")
      }
      last = id
      if live.isLive(document) { return id }
      document += 1
    }
    return nil
  }
}

/// Reads a column along rising documents, a block at a time, with the counts that rose.
struct ColumnWalk {
  private let column: PackedColumnReader
  private let raised: RaisedColumn?
  private var block = -1
  private var values: [128 of Int64] = [128 of Int64](repeating: 0)

  init(_ segment: Segment, _ member: SegmentFormat.Member) {
    column = segment.column(member)
    raised = segment.raisedColumn(member)
  }

  /// The value of a document. - Throws: `SegmentError`.
  mutating func value(_ document: Int) throws(SegmentError) -> Int64 {
    let wanted = document / SegmentFormat.packedBlock
    if wanted != block {
      let filled = try column.read(block: wanted, into: &values)
      try raised?.raise(block: wanted, filled, &values)
      block = wanted
    }
    return values[document % SegmentFormat.packedBlock]
  }
}
