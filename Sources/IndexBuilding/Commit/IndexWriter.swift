internal import Bytes
internal import CommitWriting
internal import Commits
internal import Records
internal import TextAnalysis
internal import SearchIndex

/// The one writer of an index: takes batches, writes segments, commits.
///
/// Holds the folder's lock as long as it lives. Until `commit` returns, readers see the commit before; when it has
/// returned, the new commit is durable.
public final class IndexWriter {
  let folder: CommitFolder
  private let lock: StoreLock
  let threads: Int
  var manifest: Manifest
  /// The segments of the next commit, opened, with what will be dead in them.
  var live: [PendingSegment] = []
  var builder = SegmentBuilder()
  private var segment = 0
  var written = 0
  var hasChanges = false
  /// Tweets whose older version gave way, and tweets that were there already.
  public private(set) var replaced = 0
  /// Tweets that changed nothing.
  public private(set) var unchanged = 0
  /// Tweets that tombstones kept out or took away.
  public internal(set) var deleted = 0

  /// Opens the index at `path` for writing, and makes it when there is none.
  ///
  /// - Throws: `CommitError`, `SystemError`, `SegmentError`.
  public init(_ path: String, threads: Int) throws {
    folder = CommitFolder(path, .index)
    self.threads = threads
    lock = try StoreLock(folder)
    if let newest = try folder.newest() {
      manifest = newest
    } else {
      manifest = Manifest(.index)
      hasChanges = true
    }
    live = try manifest.segments.map { PendingSegment($0, try LiveSegment($0, folder)) }
    try GarbageCollector(folder).sweepTemporaries()
  }

  /// The analyzer's id; empty while the index has none.
  public var analyzer: String { manifest.attribute }

  /// Gives a new index its analyzer. - Throws: `IndexError.otherAnalyzer`.
  public func useAnalyzer(_ identifier: String) throws {
    if manifest.attribute.isEmpty {
      manifest.attribute = identifier
    } else if manifest.attribute != identifier {
      throw IndexError.otherAnalyzer(found: identifier, expected: manifest.attribute)
    }
  }

  /// Makes the next commit hold this run's tweets only; tombstones stay.
  public func replaceAll() throws {
    var kept: [Event] = []
    for segment in live { kept += try segment.live.segment.tombstones.events() }
    live = []
    hasChanges = true
    if kept.isEmpty { return }
    let batch = IndexBatch(WorkerTables(), builder.terms)
    batch.content.events = kept
    builder.add(batch)
  }

  /// Adds what a worker read, in input order: the part of the shard that the index is, by place. When a chunk of another
  /// segment comes, the one before is written.
  public func add(_ read: ReadBatch, shard: Int = 0) throws {
    if let foreign = read.foreignAnalyzer {
      throw IndexError.otherAnalyzer(found: foreign, expected: manifest.attribute)
    }
    if read.segment != segment {
      try writeSegment()
      segment = read.segment
    }
    builder.add(read.batches[shard])
  }

  func writeSegment() throws {
    if builder.isEmpty { return }
    let plan = try SegmentPlan(builder, live.map(\.live), analyzer: manifest.attribute)
    replaced += plan.replaced
    unchanged += plan.unchanged
    deleted += plan.deleted
    for (index, documents) in plan.dead.enumerated() where !documents.isEmpty {
      live[index].markDead(documents)
      hasChanges = true
    }
    builder = SegmentBuilder()
    // Each was searched for the new tweets: their pages would add up with the segments.
    for known in live { known.live.segment.forgetPages() }
    if let made = try write(plan) { live.append(made) }
  }

  private func write(_ plan: SegmentPlan) throws -> PendingSegment? {
    guard !plan.order.sources.isEmpty || !plan.tombstones.isEmpty else { return nil }
    var tombstones = ByteBuffer()
    plan.tombstones.encode(to: &tombstones)
    return try add { path in
      try SegmentAssembler(plan.builder, plan.order, analyzer: manifest.attribute, threads: threads)
        .write(to: path, tombstones: tombstones.span)
    }
  }

  // Opens what `make` writes at a new name; nil where it has nothing to write.
  private func add(_ make: (_ path: String) throws -> SegmentSummary?) throws -> PendingSegment? {
    let name = "seg-\(Manifest.padded(manifest.generation + 1))-\(written).tar"
    guard let made = try make(folder.segment(name)) else { return nil }
    let entry = Manifest.Segment(
      name: name, size: made.size, checksum: made.checksum, documents: made.header.documents, dead: 0,
      deadFile: nil)
    written += 1
    hasChanges = true
    return PendingSegment(entry, try LiveSegment(entry, folder))
  }

  /// Makes neighbouring segments one, without what is dead in them. The next commit shows it; no answer changes but for
  /// statistics of the dead. - Parameter others: segments whose tombstones are obeyed, too. - Throws: `SegmentError`, `SystemError`.
  func merge(_ range: Range<Int>, beside others: [LiveSegment] = []) throws {
    let merge = try SegmentMerge(
      live[range].map(\.live), beside: others, analyzer: manifest.attribute, threads: threads)
    let made = try add { try merge.write(to: $0) }
    live.replaceSubrange(range, with: made.map { [$0] } ?? [])
    hasChanges = true
  }

  /// Merges all segments to one, leaves out the dead and takes in the counts that rose. - Returns: how many segments there were.
  public func mergeAll() throws -> Int {
    try writeSegment()
    let count = live.count
    if count > 1 || live.contains(where: { $0.live.hasChanged }) { try merge(0..<count) }
    return count
  }

  /// What `--gc` removes now, as paths; with `isDry` nothing is removed.
  public func collectGarbage(isDry: Bool) throws -> [String] {
    let collector = GarbageCollector(folder)
    let paths = try collector.garbage(newest: manifest)
    if !isDry { try collector.collect(newest: manifest) }
    return paths
  }

  /// Writes and makes durable all that the next commit needs: what is left for `commit` is the manifest and the pointer.
  public func prepare() throws {
    try writeSegment()
    while let range = MergePolicy.plan(live.map(\.live.segment.fileSize)) { try merge(range) }
    for index in live.indices { _ = try live[index].entry(folder, generation: manifest.generation + 1) }
  }

  /// Makes all that was added visible, in one step. Nothing is published when nothing has changed.
  /// - Returns: the commit's number.
  @discardableResult
  public func commit() throws -> Int {
    try prepare()
    guard hasChanges else { return manifest.generation }
    var next = manifest
    next.generation += 1
    next.segments = []
    for index in live.indices {
      next.segments.append(try live[index].entry(folder, generation: next.generation))
    }
    try folder.publish(next)
    manifest = next
    hasChanges = false
    written = 0
    try GarbageCollector(folder).collect(newest: next)
    return next.generation
  }
}
