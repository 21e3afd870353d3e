internal import Bytes
internal import CommitWriting
internal import Records
internal import Commits
internal import SearchIndex
internal import TextAnalysis

/// Makes one segment of several, without what is dead in them: the bytes of one build of the same tweets.
///
/// Everything is read along the new order and written as it comes; lists and records, whose sizes stand before them in the
/// archive, wait in nameless files beside it. What lives, its order and its terms are known already: nothing is analysed.
///
/// Memory: about 10 bytes a document that there was, 4 to 12 for each in the longest list, the table of the authors.
struct SegmentMerge {
  private let parts: [LiveSegment]
  private let tombstones: TombstoneBuilder
  private let rules: TombstoneRules
  private let analyzer: String
  private let threads: Int

  /// Merges `parts`. The tombstones of `others`, which stay beside the new segment, hold too, and are not repeated in it.
  ///
  /// - Throws: `SegmentError`.
  init(_ parts: [LiveSegment], beside others: [LiveSegment] = [], analyzer: String, threads: Int) throws {
    var tombstones = TombstoneBuilder()
    let known = others.map(\.segment.tombstones)
    for part in parts {
      tombstones.add(try part.segment.tombstones.events().filter { try !$0.isKnown(to: known) })
    }
    let rules = TombstoneRules([], parts.map(\.segment.tombstones) + known)
    self.parts = try parts.map { try $0.without(parts + others) }
    self.tombstones = tombstones
    self.rules = rules
    self.analyzer = analyzer
    self.threads = threads
  }

  /// Writes the segment at `path`. - Returns: nil where neither a tweet nor a tombstone is left.
  ///
  /// Terms and lists are merged by one thread, records by another. - Throws: `SegmentError`, `SystemError`.
  func write(to path: String) throws -> SegmentSummary? {
    let documents = try MergedDocuments(parts)
    if documents.count == 0 && tombstones.isEmpty { return nil }
    let settings = AnalyzerSettings(identifier: analyzer) ?? AnalyzerSettings()
    let authors = try MergedAuthors(parts, settings)
    let folder = Paths.parent(path)
    let records = MergedRecords(documents, authors, rules, in: folder)
    let packing = Background(isThreaded: threads > 1) { Result { try records.pack() } }
    defer { _ = packing.value }
    var (header, lengths) = try summary(documents)
    let lists = MergedLists(documents, lengths: lengths, in: folder, threads: threads)
    lengths = []
    try lists.merge()
    try packing.value.get()
    documents.forgetPages()
    header.terms = lists.dictionary.count
    var archive = try SegmentArchiveWriter(path)
    let head = header.encoded()
    try archive.add(.header, head.span)
    try archive.add(.termPrefixes, lists.dictionary.prefixes.span)
    try archive.add(.termOffsets, lists.dictionary.offsets.span)
    try archive.add(.terms, lists.terms)
    try archive.add(.postings, lists.postings)
    try archive.add(.positions, lists.positions)
    try MergedColumns(documents, authors).write(to: &archive)
    try archive.add(.recordOffsets, records.offsets)
    try archive.add(.records, records.blocks)
    var graves = ByteBuffer()
    tombstones.encode(to: &graves)
    try archive.add(.tombstones, graves.span)
    let made = try archive.commit()
    return SegmentSummary(header: header, size: made.size, checksum: made.checksum)
  }

  // What the header says, but for the terms, and the lengths of all texts.
  private func summary(_ documents: MergedDocuments) throws -> (SegmentHeader, [UInt32]) {
    var header = SegmentHeader()
    header.documents = documents.count
    header.analyzer = analyzer
    var lengths: [UInt32] = []
    lengths.reserveCapacity(documents.count)
    var walks = parts.map {
      (
        lengths: $0.segment.lengths, ids: ColumnWalk($0.segment, .ids), times: ColumnWalk($0.segment, .times)
      )
    }
    try documents.forEach { part, document in
      let length = UInt32(clamping: try walks[part].lengths.value(document))
      let id = UInt64(bitPattern: try walks[part].ids.value(document))
      let time = ColumnTime.time(try walks[part].times.value(document), id: id)
      if lengths.isEmpty {
        header.greatestID = id
        (header.leastTime, header.greatestTime) = (time, time)
      }
      header.leastID = id
      header.leastTime = min(header.leastTime, time)
      header.greatestTime = max(header.greatestTime, time)
      header.totalLength += UInt64(length)
      lengths.append(length)
    }
    return (header, lengths)
  }
}

extension LiveSegment {
  /// A copy in which also what the tombstones of `others` ask for is dead: it is already, wherever a commit wrote them.
  fileprivate func without(_ others: [LiveSegment]) throws -> LiveSegment {
    var copy = self
    for other in others {
      for event in try other.segment.tombstones.events() {
        for document in try segment.documents(deletedBy: event) {
          var dead = copy.dead ?? DeadDocuments(documents: segment.documentCount)
          dead.insert(document)
          copy.dead = dead
        }
      }
    }
    return copy
  }
}
