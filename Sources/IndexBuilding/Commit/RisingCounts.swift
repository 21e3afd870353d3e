internal import Bytes
internal import CommitWriting
internal import Commits
internal import Records
internal import SearchIndex

/// What rises in one segment, behind what rose before. Memory: the packed bits.
struct RisingCounts: ~Copyable {
  /// How many tweets rise now.
  private(set) var count = 0
  private var writer = RaisedCountsWriter()
  private let live: LiveSegment
  private let before: RaisedWalk?
  // The first document that rose before and is not written yet.
  private var old: (document: Int, place: Int)?

  /// Of the living documents of a segment those that `sums`, whose ids fall, lift.
  init(_ live: LiveSegment, _ sums: [(id: UInt64, counts: CounterSums.Counts)]) throws {
    self.live = live
    before = live.segment.raised.map { RaisedWalk($0) }
    old = try before?.next(from: 0)
    let segment = live.segment
    let known = SegmentCounts(segment)
    var document = 0
    for (id, wanted) in sums {
      document = try segment.firstDocument(below: id, from: document)
      guard document > 0, try segment.id(document - 1) == id,
        live.isLive(document - 1), let raised = try Self.raised(wanted, known, document - 1)
      else { continue }
      try keep(below: document - 1)
      writer.add(document - 1, raised)
      count += 1
    }
    if count > 0 { try keep(below: segment.documentCount) }
    writer.finish()
  }

  /// Documents of the file: those that rise, and those that rose before and live.
  var total: Int { writer.count }

  // What is higher than it was, beside what rose before; nil where nothing is.
  private static func raised(_ sums: CounterSums.Counts, _ known: SegmentCounts, _ document: Int) throws
    -> Counts?
  {
    let counts = try known.counts(document)
    var raised = Counts()
    // A sum of nothing is nothing that a source said.
    if sums.likes > max(counts.likes, 0) { raised.likes = sums.likes }
    if sums.retweets > max(counts.retweets, 0) { raised.retweets = sums.retweets }
    if sums.replies > max(counts.replies, 0) { raised.replies = sums.replies }
    if sums.quotes > max(counts.quotes, 0) { raised.quotes = sums.quotes }
    if raised.isEmpty { return nil }
    if let before = try known.raised(document) { raised.raise(to: before) }
    return raised
  }

  // Writes what rose before below `end`, and passes over `end` itself.
  private mutating func keep(below end: Int) throws {
    guard let before else { return }
    while let next = old, next.document <= end {
      if next.document < end, live.isLive(next.document), let counts = try before.counts(next.document) {
        writer.add(next.document, counts)
      }
      old = try before.next(from: next.document + 1)
    }
  }

  /// Writes the file at `path`, durably. - Throws: `SystemError`.
  borrowing func write(_ path: String) throws(SystemError) {
    try writer.write(path, documents: live.segment.documentCount, checksum: live.segment.checksum)
  }
}

extension RaisedCountsWriter {
  /// Writes the file at `path`, beside a segment of `documents` that a manifest knows by `checksum`. Durable when it returns.
  borrowing func write(_ path: String, documents: Int, checksum: UInt64) throws(SystemError) {
    var archive = try SegmentArchiveWriter(path)
    let header = header(documents: documents, checksum: checksum)
    try archive.add(raised: .header, header.span)
    try archive.add(raised: .documents, self.documents)
    try archive.add(raised: .likes, likes)
    try archive.add(raised: .retweets, retweets)
    try archive.add(raised: .replies, replies)
    try archive.add(raised: .quotes, quotes)
    _ = try archive.commit()
  }
}

extension SegmentArchiveWriter {
  fileprivate mutating func add(raised member: RaisedFormat.Member, _ bytes: Span<UInt8>) throws(SystemError)
  {
    try add(member.rawValue, bytes)
  }

  fileprivate mutating func add(
    raised member: RaisedFormat.Member, _ column: borrowing PackedColumnWriter
  ) throws(SystemError) {
    try add(member.rawValue, column)
  }
}
