internal import Bytes
internal import JSON
internal import Records

/// Snapshots of one tweet made into one: the latest, with the highest counts of all where that is asked for.
struct SnapshotMerger: ~Copyable {
  private var latest = ByteBuffer(capacity: 4096)
  private var mark = ClusterMark()
  private var highest = Counts()
  private var snapshots = 0
  private var parser = JSONParserBox()

  /// Adds a snapshot, later than those before.
  mutating func add(_ record: borrowing ByteBuffer, _ mark: ClusterMark, keepsCounts: Bool) {
    if keepsCounts {
      if snapshots == 1 { parser.raise(&highest, latest) }
      if snapshots >= 1 { parser.raise(&highest, record) }
    }
    latest.removeAll()
    latest.append(contentsOf: record)
    self.mark = mark
    snapshots += 1
  }

  /// Hands over what the snapshots have become, and begins anew.
  mutating func flush(_ take: (borrowing ByteBuffer, ClusterMark) throws -> Void) throws {
    // Counts stand before the cluster: the mark stays right.
    if !highest.isEmpty { parser.replaceCounts(highest, &latest) }
    try take(latest, mark)
    highest = Counts()
    snapshots = 0
  }
}

/// Reads our own records again.
private final class JSONParserBox {
  private var parser = JSONParser()
  private var tweet = Tweet()

  func raise(_ counts: inout Counts, _ record: borrowing ByteBuffer) {
    guard read(record), let found = tweet.counts else { return }
    counts.likes = max(counts.likes, found.likes)
    counts.retweets = max(counts.retweets, found.retweets)
    counts.replies = max(counts.replies, found.replies)
    counts.quotes = max(counts.quotes, found.quotes)
  }

  func replaceCounts(_ counts: Counts, _ record: inout ByteBuffer) {
    guard read(record) else { return }
    tweet.counts = counts
    record.removeAll()
    TweetWriter.write(tweet, to: &record)
  }

  private func read(_ record: borrowing ByteBuffer) -> Bool {
    do {
      try parser.parse(record, 0..<record.count)
      return try Self.fill(parser, &tweet)
    } catch { return false }
  }

  private static func fill(_ parser: borrowing JSONParser, _ tweet: inout Tweet) throws(Rejection) -> Bool {
    try TweetReader.read(parser.root, into: &tweet) == .tweet
  }
}
