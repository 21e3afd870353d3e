internal import Bytes
internal import CommitWriting
internal import Commits
internal import SearchIndex

extension IndexWriter {
  /// Adds a segment that was built elsewhere; `commit` publishes it with all others.
  ///
  /// A segment that shares no tweet with the index, and that no tombstone concerns, is taken as it is. Others are added tweet
  /// by tweet, as records would be: counts rise, tombstones win. With it come the counts of the file `raised`.
  ///
  /// - Returns: whether it was taken as it is.
  /// - Throws: `SegmentError` when it is damaged, `IndexError.otherAnalyzer`, `SystemError`.
  @discardableResult
  public func addSegment(at path: String, raised: String? = nil) throws -> Bool {
    try writeSegment()
    let foreign = try LiveSegment(foreign: path, raised: raised)
    try useAnalyzer(foreign.segment.header.analyzer)
    if try isApart(foreign.segment) {
      let name = "seg-\(Manifest.padded(manifest.generation + 1))-\(written).tar"
      let size = try copy(path, as: name)
      let entry = Manifest.Segment(
        name: name, size: size, checksum: foreign.segment.checksum,
        documents: foreign.segment.documentCount)
      written += 1
      hasChanges = true
      var pending = PendingSegment(entry, try LiveSegment(entry, folder))
      if let raised, let counts = foreign.segment.raised {
        let name = pending.fileName("raised", generation: manifest.generation + 1)
        _ = try copy(raised, as: name)
        try pending.raise(counts.count, in: name, folder)
      }
      live.append(pending)
      return true
    }
    try addTweets(of: foreign)
    return false
  }

  // Durably. - Returns: its bytes.
  private func copy(_ path: String, as name: String) throws -> Int {
    let bytes = try MappedBytes(file: path)
    var file = try AtomicFile(folder.segment(name))
    try file.write(bytes.span)
    try file.commit()
    return bytes.count
  }

  // Whether neither the index nor the segment says anything of the other's tweets.
  private func isApart(_ segment: Segment) throws -> Bool {
    if segment.documentCount == 0 || !segment.tombstones.isEmpty { return false }
    for pending in live {
      let known = pending.live
      if !known.segment.tombstones.isEmpty { return false }
      let (least, greatest) = (known.segment.header.leastID, known.segment.header.greatestID)
      if known.segment.documentCount == 0 || least > segment.header.greatestID
        || greatest < segment.header.leastID
      {
        continue
      }
      for document in 0..<segment.documentCount {
        if let twin = try known.segment.document(segment.id(document)), known.isLive(twin) { return false }
      }
    }
    return true
  }
}
