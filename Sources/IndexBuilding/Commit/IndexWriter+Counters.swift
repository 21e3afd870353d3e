internal import Bytes
internal import Commits
internal import Records
internal import SearchIndex
internal import TextAnalysis

extension IndexWriter {
  // Tweets that are rewritten at a time.
  private static let step = 2048

  /// Raises the counts of live tweets to `sums` where these are higher: partial sums that were added up meet what snapshots
  /// say by the highest. A tweet that rises is written anew, as if its record had come again.
  ///
  /// - Returns: how many tweets rose. - Complexity: O(tweets in `sums` × log documents), and a build of those that rise.
  public func raise(_ sums: CounterSums) throws -> Int {
    try writeSegment()
    guard let settings = AnalyzerSettings(identifier: manifest.attribute) else { return 0 }
    var indexer = TweetIndexer(settings)
    let tables = WorkerTables()
    let terms = SegmentTerms()
    var draft = BatchDraft()
    var tweet = Tweet()
    var count = 0
    var pending = 0
    for known in live.map(\.live) {
      var records = try SegmentRecords([known.segment])
      for id in sums.tweets.keys.sorted(by: >) {
        guard let wanted = sums.tweets[id], let document = try known.segment.document(id),
          known.isLive(document)
        else { continue }
        try records.read(0, document, into: &tweet)
        guard Self.raise(&tweet, wanted) else { continue }
        indexer.add(&tweet, to: &draft, &tables.content)
        count += 1
        pending += 1
        if pending == Self.step {
          builder.add(draft.finish(tables, terms))
          pending = 0
        }
      }
    }
    if pending > 0 { builder.add(draft.finish(tables, terms)) }
    try writeSegment()
    return count
  }

  private static func raise(_ tweet: inout Tweet, _ sums: CounterSums.Counts) -> Bool {
    let known = tweet.counts ?? Counts()
    var counts = known
    for (count, sum) in [
      (\Counts.likes, sums.likes), (\.retweets, sums.retweets), (\.replies, sums.replies),
      (\.quotes, sums.quotes),
    ] where sum > 0 && sum > counts[keyPath: count] {
      counts[keyPath: count] = sum
    }
    if counts == known { return false }
    tweet.counts = counts
    return true
  }
}
