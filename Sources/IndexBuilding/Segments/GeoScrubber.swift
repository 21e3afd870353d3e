internal import Bytes
internal import Records
internal import TextAnalysis
internal import SearchIndex

/// Writes tweets whose place was to be forgotten again, without it.
struct GeoScrubber {
  private let rules: TombstoneRules
  private let settings: AnalyzerSettings

  init(_ rules: TombstoneRules, analyzer: String) {
    self.rules = rules
    settings = AnalyzerSettings(identifier: analyzer) ?? AnalyzerSettings()
  }

  /// The scrubbed versions of tweets in `builder`, and of those in older segments that `news` concern. Versions that gave way
  /// to others of `builder` are passed over: theirs would come last and win.
  func rewrite(_ builder: SegmentBuilder, _ older: [LiveSegment], _ news: [Event]) throws -> [IndexBatch] {
    let tables = WorkerTables()
    var batches: [IndexBatch] = []
    var draft = BatchDraft()
    var indexer = TweetIndexer(settings)
    var tweet = Tweet()
    let hasPlace = TweetFlag.point.bit | TweetFlag.place.bit
    let order = DocumentOrder(builder.batches)
    for source in order.sources {
      let batch = builder.batches[Int(source.batch)]
      guard batch.content.facts[Int(source.index)].flags & hasPlace != 0 else { continue }
      try batch.content.read(Int(source.index), into: &tweet)
      try add(&tweet, &indexer, &draft, tables)
      if draft.isFull { batches.append(draft.finish(tables, builder.terms)) }
    }
    for live in older {
      var records = try live.segment.records()
      for event in news where event.kind == .scrubGeo {
        for document in try live.segment.documents(with: .authorID, id: event.user)
        where live.isLive(document) {
          guard try live.segment.column(.flags).value(document) & hasPlace != 0,
            try !order.holds(live.segment.id(document))
          else { continue }
          try records.read(document, into: &tweet)
          try add(&tweet, &indexer, &draft, tables)
          if draft.isFull { batches.append(draft.finish(tables, builder.terms)) }
        }
      }
    }
    batches.append(draft.finish(tables, builder.terms))
    return batches
  }

  private func add(
    _ tweet: inout Tweet, _ indexer: inout TweetIndexer, _ draft: inout BatchDraft, _ tables: WorkerTables
  ) throws {
    guard let user = tweet.user?.id, user > 0, try rules.scrubsGeo(of: user, tweet: tweet.id) else { return }
    tweet.geo = nil
    indexer.add(&tweet, to: &draft, &tables.content)
  }
}
