internal import Bytes
internal import Commits
internal import SearchIndex

/// One term's list in the new segment: gathered segment by segment, then put in order.
///
/// Memory: 4 bytes a document, for text terms 4 more and 4 an occurrence; twice that where segments' tweets interleave.
struct MergedPostings {
  /// New numbers; rising once they are in order.
  private(set) var documents: [UInt32] = []
  /// Text terms: how often it stands in each.
  private(set) var counts: [UInt32] = []
  /// Text terms: per document the first position, then differences.
  private(set) var numbers: [UInt32] = []
  private var runs: [Run] = []
  private var positions: [Int] = []

  // What came from one segment, as far as it has not been put in its place: documents, and where their numbers begin.
  private struct Run {
    var documents: Range<Int>
    var number: Int
  }

  /// Forgets all and keeps the memory.
  mutating func removeAll() {
    documents.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
  }

  /// Adds what lives of the list of `info` in `segment`, whose documents have new numbers `map`. - Throws: `SegmentError`.
  mutating func add(
    _ segment: Segment, _ info: TermInfo, _ map: [UInt32], isText: Bool
  ) throws(SegmentError) {
    let first = documents.count
    let number = numbers.count
    if isText {
      try addText(segment, info, map)
    } else {
      var postings = try PostingsCursor(segment, info, hasCounts: false)
      try postings.next()
      while postings.document != PostingsCursor.end {
        let document = map[postings.document]
        if document != MergedDocuments.none { documents.append(document) }
        try postings.next()
      }
    }
    if documents.count > first { runs.append(Run(documents: first..<documents.count, number: number)) }
  }

  private mutating func addText(
    _ segment: Segment, _ info: TermInfo, _ map: [UInt32]
  ) throws(SegmentError) {
    var postings = try PostingsCursor(segment, info, hasCounts: true)
    var positions = try PositionsCursor(segment, info)
    // Occurrences of neighbours that live, whose positions are not yet copied.
    var pending = 0..<0
    try postings.next()
    while postings.document != PostingsCursor.end {
      let frequency = try postings.frequency()
      guard frequency > 0, frequency <= info.occurrences else {
        throw segment.corrupt(.postings, info.postings.lowerBound, "a term \(frequency) times in a document")
      }
      let document = map[postings.document]
      if document != MergedDocuments.none {
        documents.append(document)
        counts.append(UInt32(frequency))
        pending = pending.lowerBound..<pending.upperBound + frequency
      } else {
        try copy(pending, &positions)
        pending = pending.upperBound + frequency..<pending.upperBound + frequency
      }
      try postings.next()
    }
    try copy(pending, &positions)
  }

  // Positions are read by thousands, whatever documents they belong to: their sums are taken apart again.
  private mutating func copy(
    _ occurrences: Range<Int>, _ cursor: inout PositionsCursor
  ) throws(SegmentError) {
    var start = occurrences.lowerBound
    while start < occurrences.upperBound {
      let size = min(4096, occurrences.upperBound - start)
      try cursor.read(first: start, frequency: size, into: &positions)
      var last = 0
      for position in positions {
        numbers.append(UInt32(clamping: position - last))
        last = position
      }
      start += size
    }
  }

  /// Puts what came from several segments in order. `spare` is room that is used again.
  ///
  /// - Complexity: O(1) where segments follow one another, else O(documents × log segments).
  mutating func sort(_ spare: inout MergedPostings) {
    var isSorted = true
    for run in runs.dropFirst()
    where documents[run.documents.lowerBound] < documents[run.documents.lowerBound - 1] {
      isSorted = false
    }
    if isSorted { return }
    spare.removeAll()
    spare.documents.reserveCapacity(documents.count)
    var heap = MergeHeap<UInt64>()
    for (number, run) in runs.enumerated() {
      heap.insert(UInt64(documents[run.documents.lowerBound]) << 16 | UInt64(number))
    }
    while !heap.isEmpty {
      let number = Int(heap.first & 0xFFFF)
      let limit = heap.second.map { UInt32($0 >> 16) } ?? MergedDocuments.none
      let end = place(before: limit, of: runs[number].documents)
      move(number, to: end, &spare)
      if end == runs[number].documents.upperBound {
        heap.removeFirst()
      } else {
        heap.replaceFirst(UInt64(documents[end]) << 16 | UInt64(number))
      }
      runs[number].documents = end..<runs[number].documents.upperBound
    }
    swap(&self, &spare)
  }

  // The first place behind the first of `range` that is not below `limit`.
  private func place(before limit: UInt32, of range: Range<Int>) -> Int {
    var place = range.lowerBound + 1
    while place < range.upperBound, documents[place] < limit { place += 1 }
    return place
  }

  private mutating func move(_ number: Int, to end: Int, _ target: inout MergedPostings) {
    let start = runs[number].documents.lowerBound
    for place in start..<end { target.documents.append(documents[place]) }
    if counts.isEmpty { return }
    var first = runs[number].number
    for place in start..<end {
      target.counts.append(counts[place])
      for index in first..<first + Int(counts[place]) { target.numbers.append(numbers[index]) }
      first += Int(counts[place])
    }
    runs[number].number = first
  }
}
