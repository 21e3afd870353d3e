public import Activity
internal import Bytes
internal import CommitWriting
internal import Commits
public import Timelines
public import Follows

/// The one writer of a timeline store: takes what a run reads, pushes, writes segments, commits.
///
/// Holds the folder's lock as long as it lives. Until `commit` returns, readers see the commit before; when it has
/// returned, the new commit is durable. Memory: 56 bytes a tweet up to 6 million, the graph (`RelationLog`), 4 bytes a
/// follower of the authors at work, and 32 MB a thread.
public final class TimelineWriter {
  let folder: CommitFolder
  private let lock: StoreLock
  let settings: FanoutSettings
  var manifest: Manifest
  var segments: [TimelineSegment]
  // What the run says, and what all runs say together; the same where there was no run before.
  var run = RelationLog()
  var all: RelationLog?
  var tweets: TweetSpill
  var names = NameLog()
  var deletes = Tombstones()
  // When each author made its last tweet of the run; only where silent users are left out.
  var lastSeen: [UInt64: Int64] = [:]
  var newest = Int64.min
  var written = 0
  var hasChanges = false
  /// Whether the commit makes all segments one.
  public var folds = false
  /// Whether `prepare` leaves what all runs say in `known`.
  public var keepsKnown = false
  /// What all runs say, this one included; set by `prepare` where `keepsKnown`.
  var known: KnownRuns?
  var orphans: [(tweet: UInt64, author: UInt64)] = []
  /// Whether segments lose their names as soon as they are open: of a store that is never published.
  public var isPassing = false
  /// Tweets that were there already.
  public internal(set) var repeatedTweets = 0
  /// Tweets that tombstones kept out.
  public internal(set) var deleted = 0
  /// Tweets that are new.
  public internal(set) var newTweets = 0
  /// Edges and changes of this run, each once, and how often they were repeated.
  public internal(set) var relations = (used: 0, repeated: 0)
  /// Deletes of this run, each once, and how often they were repeated.
  public internal(set) var tombstones = (new: 0, repeated: 0)
  /// Pushes of this run.
  public internal(set) var deliveries = 0
  /// What they took, in seconds: from the lists of followers to encoded timelines.
  public internal(set) var pushSeconds = 0.0

  /// Opens the store at `path` for writing, and makes it when there is none.
  ///
  /// - Throws: `CommitError`, `TimelineError.otherShard`, `SystemError`, `SegmentError`.
  public convenience init(_ path: String, _ settings: FanoutSettings) throws {
    try self.init(path, settings, tweetsPerSegment: TimelineFormat.tweetsPerSegment)
  }

  /// One that begins a new segment after so many tweets.
  package init(_ path: String, _ settings: FanoutSettings, tweetsPerSegment: Int) throws {
    folder = CommitFolder(path, .timelines)
    self.settings = settings
    lock = try StoreLock(folder)
    let expected = settings.shard.settings
    if let newest = try folder.newest() {
      manifest = newest
      guard manifest.attribute == expected else {
        throw TimelineError.otherShard(path, found: manifest.attribute, expected: expected)
      }
    } else {
      manifest = Manifest(.timelines)
      manifest.attribute = expected
      hasChanges = true
    }
    segments = []
    for entry in manifest.segments {
      segments.append(try TimelineSegment(folder.segment(entry.name), expected: entry))
    }
    try GarbageCollector(folder).sweepTemporaries()
    tweets = TweetSpill(folder: folder.segments, limit: tweetsPerSegment)
    if !segments.isEmpty { all = RelationLog() }
  }

  /// The store as it would be published now. - Throws: `SegmentError`.
  public func preview() throws -> TimelineStore {
    var next = manifest
    if hasChanges { next.generation += 1 }
    return try TimelineStore(folder.path, next, segments)
  }

  /// Adds what a worker read, in input order. - Throws: `SystemError`.
  public func add(_ batch: ActivityBatch) throws {
    try tweets.add(batch.tweets)
    for tweet in batch.tweets {
      newest = max(newest, tweet.at)
      if settings.activeFor != nil { lastSeen[tweet.author] = max(lastSeen[tweet.author] ?? .min, tweet.at) }
      note(tweet.author)
      if tweet.replyTo > 0 && tweet.replyTo != TweetFacts.someone { note(tweet.replyTo) }
      if tweet.originalAuthor > 0 { note(tweet.originalAuthor) }
    }
    add(batch.relations)
    for id in batch.deletes where !deletes.tweets.insert(id).inserted { tombstones.repeated += 1 }
    for id in batch.userDeletes where !deletes.users.insert(id).inserted { tombstones.repeated += 1 }
    names.add(batch.names)
    for name in batch.names.entries { note(name.user) }
  }

  // All accounts of a segment have a number in the whole graph.
  private func note(_ user: UInt64) {
    if all == nil { run.add(user: user) } else { all?.add(user: user) }
  }

  /// Adds what was read of a graph file.
  public func add(_ batch: RelationBatch) {
    run.add(batch)
    all?.add(batch)
    for change in batch.changes { newest = max(newest, change.at) }
  }
}

/// Why a timeline store cannot be written.
public enum TimelineError: Error, Equatable {
  /// The store holds another part of the users.
  case otherShard(String, found: String, expected: String)
}
