internal import Bytes
internal import CommitWriting
internal import Commits
internal import Records
internal import SearchIndex

extension IndexWriter {
  /// What a purge did.
  public struct Purge: Equatable, Sendable {
    /// The commit that holds nothing deleted.
    public var generation = 0
    /// Segments that were written anew.
    public var segments = 0
    /// Tweets that are no longer in any file.
    public var tweets = 0
    /// Tombstones that were proved to find nothing.
    public var tombstones = 0
  }

  /// Segments that a purge would write anew, and the dead tweets in them.
  public func purgeable() -> (segments: Int, tweets: Int) {
    let all = toPurge()
    return (all.count, all.reduce(0) { $0 + (live[$1].live.dead?.count ?? 0) })
  }

  // Tombstones may also concern quotes inside living records: where there are any, all segments are looked through.
  private func toPurge() -> [Int] {
    let hasTombstones = live.contains { !$0.live.segment.tombstones.isEmpty }
    return live.indices.filter { hasTombstones || live[$0].live.dead != nil }
  }

  /// Writes every segment that holds what was deleted anew, commits, removes all older commits at once, and proves that no
  /// deleted tweet or account is left. Tombstones stay: a late copy of the tweet must not come back.
  ///
  /// Memory: that of a merge of the largest segment. - Throws: `SystemError`, `SegmentError`; `PurgeError` when the proof fails.
  public func purge() throws -> Purge {
    try writeSegment()
    var done = Purge()
    (done.segments, done.tweets) = purgeable()
    for index in toPurge().reversed() {
      var others = live.map(\.live)
      others.remove(at: index)
      try merge(index..<index + 1, beside: others)
    }
    done.generation = try commit()
    try GarbageCollector(folder).collectAll(newest: manifest)
    done.tombstones = try prove()
    return done
  }

  // Asks every segment for everything that was deleted. - Returns: how many tombstones there are.
  private func prove() throws -> Int {
    var count = 0
    for holder in live {
      for event in try holder.live.segment.tombstones.events() {
        count += 1
        for pending in live {
          let segment = pending.live.segment
          let left: Bool
          switch event.kind {
          case .delete:
            left =
              try segment.document(event.tweet) != nil
              || !segment.documents(with: .retweetTweet, id: event.tweet).isEmpty
          case .userDelete:
            left =
              try !segment.documents(with: .authorID, id: event.user).isEmpty
              || !segment.documents(with: .retweetUser, id: event.user).isEmpty
          default: left = false
          }
          if left || pending.live.dead != nil { throw PurgeError(segment: segment.file) }
        }
      }
    }
    return count
  }

  /// Appends one line to the folder's `audit.ndjson`, durably: what privileged thing was done.
  public func audit(_ line: String) throws {
    let path = Paths.join(folder.path, "audit.ndjson")
    var text = ByteBuffer()
    if try Syscalls.status(path) != nil { text = try CommitFolder.read(path, limit: 1 << 30) }
    text.append(string: line)
    text.append("\n")
    var file = try AtomicFile(path)
    try file.write(text.span)
    try file.commit()
  }
}

/// A purge left something behind: a bug of ours.
public struct PurgeError: Error, Equatable {
  /// The file that holds it.
  public var segment: String
}
