internal import Activity
internal import Commits
public import Follows
internal import Timelines

/// What is known at the end of a run: what all runs say together, this one included.
public struct KnownRuns {
  /// The graph.
  public let graph: FollowGraph
  let dead: Tombstones
  let segments: [TimelineSegment]
  /// Tweets of this run whose authors were deleted, and those.
  let orphans: [(tweet: UInt64, author: UInt64)]

  /// Whether a tweet was deleted.
  public func isDeleted(tweet: UInt64) -> Bool { !dead.tweets.isEmpty && dead.tweets.contains(tweet) }

  /// Whether an account was deleted with its tweets.
  public func isDeleted(user: UInt64) -> Bool { !dead.users.isEmpty && dead.users.contains(user) }

  /// Whether any account was.
  public var hasDeletedUsers: Bool { !dead.users.isEmpty }

  /// Calls `found` with the ids of those tweets that `table` asks for, and their authors: with what was deleted only where
  /// this run's input tells the author, who was deleted too. (What older runs told of it may be merged away.)
  /// - Throws: `SegmentError`. - Complexity: O(tweets of all runs).
  public func findAuthors<Table: ~Copyable>(
    of table: inout Table, asksFor: (borrowing Table, UInt64) -> Bool,
    found: (inout Table, UInt64, UInt64) -> Void
  ) throws {
    for (index, segment) in segments.enumerated() {
      for tweet in 0..<segment.header.tweets {
        let id = try segment.tweetID(tweet)
        guard asksFor(table, id), try !segments.isSuperseded(id, in: index) else { continue }
        let facts = try segment.facts(tweet)
        if !dead.hides(facts) { found(&table, id, facts.author) }
      }
    }
    for orphan in orphans where asksFor(table, orphan.tweet) { found(&table, orphan.tweet, orphan.author) }
  }
}

extension TimelineWriter {
  /// Hands out what `prepare` left where `keepsKnown`, once: a graph is large.
  public func takeKnown() -> KnownRuns? { known.take() }
}
