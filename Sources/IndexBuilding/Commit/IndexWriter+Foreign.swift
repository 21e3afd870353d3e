internal import Bytes
internal import CommitWriting
internal import Commits
internal import SearchIndex

extension IndexWriter {
  /// Adds a segment that was built elsewhere; `commit` publishes it with all others.
  ///
  /// A segment that shares no tweet with the index, and that no tombstone concerns, is taken as it is. Others are added tweet
  /// by tweet, as records would be: counts rise, tombstones win.
  ///
  /// - Returns: whether it was taken as it is.
  /// - Throws: `SegmentError` when it is damaged, `IndexError.otherAnalyzer`, `SystemError`.
  @discardableResult
  public func addSegment(at path: String) throws -> Bool {
    try writeSegment()
    let foreign = try LiveSegment(foreign: path)
    try useAnalyzer(foreign.segment.header.analyzer)
    if try isApart(foreign.segment) {
      let name = "seg-\(Manifest.padded(manifest.generation + 1))-\(written).tar"
      let bytes = try MappedBytes(file: path)
      var file = try AtomicFile(folder.segment(name))
      try file.write(bytes.span)
      try file.commit()
      let entry = Manifest.Segment(
        name: name, size: bytes.count, checksum: foreign.segment.checksum,
        documents: foreign.segment.documentCount)
      written += 1
      hasChanges = true
      live.append(PendingSegment(entry, try LiveSegment(entry, folder)))
      return true
    }
    try addTweets(of: foreign)
    return false
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
