internal import Bytes
internal import CommitWriting
internal import Commits
internal import SearchIndex

/// A segment of the next commit, what will be dead in it and what rose.
struct PendingSegment {
  private var known: Manifest.Segment
  private(set) var live: LiveSegment
  private var hasNewDead = false

  init(_ entry: Manifest.Segment, _ live: LiveSegment) {
    known = entry
    self.live = live
  }

  mutating func markDead(_ documents: [Int]) {
    var dead = live.dead ?? DeadDocuments(documents: live.segment.documentCount)
    for document in documents { dead.insert(document) }
    live.dead = dead
    hasNewDead = true
  }

  /// Takes the counts that the file `name` holds of `count` documents. - Throws: `SegmentError`, `SystemError`.
  mutating func raise(_ count: Int, in name: String, _ folder: CommitFolder) throws {
    known.raised = count
    known.raisedFile = name
    let dead = live.dead
    live = try LiveSegment(known, folder)
    live.dead = dead
  }

  /// The name of a file beside the segment that `generation` is the first to need.
  func fileName(_ what: String, generation: Int) -> String {
    "\(known.name.dropLast(4)).\(what)-\(Manifest.padded(generation)).tar"
  }

  /// What the manifest will say; writes the list of the dead when it has grown.
  mutating func entry(_ folder: CommitFolder, generation: Int) throws -> Manifest.Segment {
    guard hasNewDead, let dead = live.dead else { return known }
    let name = fileName("dead", generation: generation)
    try dead.write(folder.segment(name))
    known.dead = dead.count
    known.deadFile = name
    hasNewDead = false
    return known
  }
}

extension DeadDocuments {
  /// Writes the file at `path`.
  func write(_ path: String) throws(SystemError) {
    let member = encoded()
    var archive = try SegmentArchiveWriter(path)
    try archive.add("dead", member.span)
    _ = try archive.commit()
  }
}
