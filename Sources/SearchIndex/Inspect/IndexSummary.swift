internal import Bytes
package import Commits
public import Records

/// What is in an index: for `--info`.
public struct IndexSummary: Sendable {
  /// One segment.
  public struct Part: Sendable {
    /// The file's name.
    public var name: String
    /// Bytes of the file, and of that with the counts that rose.
    public var bytes: Int
    /// Tweets, dead ones included.
    public var documents: Int
    /// Dead tweets.
    public var dead: Int
    /// Tweets whose counts rose after the segment was written.
    public var raised: Int
    /// Distinct terms.
    public var terms: Int
    /// The earliest and latest time, in ms since 1970.
    public var times: (Int64, Int64)
    /// Members with their bytes.
    public var members: [(name: String, bytes: Int)]
  }
  /// The commit's number.
  public var generation: Int
  /// The analyzer's id.
  public var analyzer: String
  /// The segments, oldest first.
  public var parts: [Part]

  /// Reads the newest commit of `reader`.
  public init(_ reader: IndexReader) {
    generation = reader.generation
    analyzer = reader.analyzer
    parts = reader.segments.map { live in
      let header = live.segment.header
      let raised = live.segment.raised
      return Part(
        name: Paths.name(live.segment.file), bytes: live.segment.fileSize + (raised?.fileSize ?? 0),
        documents: header.documents, dead: live.dead?.count ?? 0, raised: raised?.count ?? 0,
        terms: header.terms, times: (header.leastTime, header.greatestTime),
        members: live.segment.sizes)
    }
  }

  /// Tweets that live.
  public var documents: Int { parts.reduce(0) { $0 + $1.documents - $1.dead } }
}

/// Everything in an index, for anyone to check: for `--dump`.
public struct IndexDump {
  private let reader: IndexReader

  /// A dump of `reader`'s commit.
  public init(_ reader: IndexReader) { self.reader = reader }

  /// Calls `body` with every live tweet, oldest id first over all segments, then with every tombstone.
  public func records(_ body: (borrowing Tweet) throws -> Void, tombstones: (Event) throws -> Void) throws {
    var places = reader.segments.map { $0.segment.documentCount - 1 }
    var tweet = Tweet()
    // One reader a segment keeps the block that the last record came from.
    var readers = try SegmentRecords(reader.segments.map { $0.segment })
    while true {
      var least: (segment: Int, id: UInt64)?
      for (index, live) in reader.segments.enumerated() {
        while places[index] >= 0, !live.isLive(places[index]) { places[index] -= 1 }
        guard places[index] >= 0 else { continue }
        let id = try live.segment.id(places[index])
        if least.map({ id < $0.id }) ?? true { least = (index, id) }
      }
      guard let next = least else { break }
      try readers.read(next.segment, places[next.segment], into: &tweet)
      places[next.segment] -= 1
      try reader.segments.hideDeletedQuote(&tweet)
      try body(tweet)
    }
    var events = TombstoneBuilder()
    for live in reader.segments { events.add(try live.segment.tombstones.events()) }
    for event in events.distinctEvents { try tombstones(event) }
  }

  /// Calls `body` with every term: its field, its bytes, the documents and occurrences in all segments (dead tweets
  /// count until they are merged away), in byte order.
  public func terms(_ body: (TermField, Span<UInt8>, Int, Int) throws -> Void) throws {
    var merged: [(key: [UInt8], documents: Int, occurrences: Int)] = []
    for live in reader.segments {
      var cursor = TermCursor(live.segment.terms, block: 0)
      var next: [(key: [UInt8], documents: Int, occurrences: Int)] = []
      var known = merged[...]
      while try cursor.next() {
        let key = cursor.term.span.array
        while let first = known.first, first.key.lexicographicallyPrecedes(key) {
          next.append(known.removeFirst())
        }
        var entry = (key: key, documents: cursor.info.documents, occurrences: cursor.info.occurrences)
        if let first = known.first, first.key == key {
          entry.documents += first.documents
          entry.occurrences += first.occurrences
          known.removeFirst()
        }
        next.append(entry)
      }
      merged = next + known
    }
    for entry in merged {
      guard let first = entry.key.first, let field = TermField(rawValue: first) else { continue }
      try body(field, entry.key.span.extracting(1..<entry.key.count), entry.documents, entry.occurrences)
    }
  }
}

/// Readers of records for several segments, with the counts that rose.
package struct SegmentRecords: ~Copyable {
  private final class One {
    var reader: RecordBlockReader
    let raised: RaisedWalk?
    init(_ segment: Segment) throws(SegmentError) {
      reader = try segment.records()
      raised = segment.raised.map { RaisedWalk($0) }
    }
  }
  private let readers: [One]

  /// Readers for `segments`.
  package init(_ segments: [Segment]) throws {
    readers = try segments.map { try One($0) }
  }

  /// Reads a document's record into `tweet`. - Throws: `SegmentError`.
  package mutating func read(_ segment: Int, _ document: Int, into tweet: inout Tweet) throws(SegmentError) {
    try readers[segment].reader.read(document, into: &tweet)
    try readers[segment].raised?.raise(document, &tweet)
  }
}
