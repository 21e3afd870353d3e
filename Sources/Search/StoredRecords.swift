internal import Commits
internal import Records
internal import SearchIndex

/// Reads the records of hits, and keeps what it reads them with: a context of zstd costs 30 µs to make, as much as ten
/// records to read. Memory: about 200 KB for each of at most `most` segments.
struct StoredRecords {
  private var open: [ObjectIdentifier: SegmentRecords] = [:]
  private static let most = 16

  /// Reads a document's record into `tweet`, with the counts that rose. - Throws: `SegmentError`.
  mutating func read(_ document: Int, of segment: Segment, into tweet: inout Tweet) throws(SegmentError) {
    if let records = open[ObjectIdentifier(segment)] { return try records.read(document, into: &tweet) }
    if open.count == Self.most { open.removeAll() }
    let records = SegmentRecords(segment, try segment.records())
    open[ObjectIdentifier(segment)] = records
    try records.read(document, into: &tweet)
  }
}

/// The reader of one segment's records. It keeps the segment, so that no other takes its place in memory.
private final class SegmentRecords {
  private let segment: Segment
  private let raised: RaisedWalk?
  private var reader: RecordBlockReader

  init(_ segment: Segment, _ reader: consuming RecordBlockReader) {
    self.segment = segment
    raised = segment.raised.map { RaisedWalk($0) }
    self.reader = reader
  }

  func read(_ document: Int, into tweet: inout Tweet) throws(SegmentError) {
    try reader.read(document, into: &tweet)
    try raised?.raise(document, &tweet)
  }
}
