internal import Bytes
internal import Commits
internal import Records
internal import TextAnalysis
internal import SearchIndex

/// What of a builder's tweets becomes a new segment, and what that makes dead in the segments before it.
///
/// A tweet whose id is live replaces the older record with the higher counts of both; one that changes nothing is left
/// out, so that repeating an input changes no answer. Tombstones win, whatever came first.
struct SegmentPlan {
  /// The batches, with one more for tweets whose place was scrubbed.
  private(set) var builder: SegmentBuilder
  private(set) var order: DocumentOrder
  /// Tombstones that no segment has yet.
  private(set) var tombstones = TombstoneBuilder()
  /// Per segment before, the documents that are dead from now on.
  private(set) var dead: [[Int]]
  private(set) var replaced = 0
  private(set) var unchanged = 0
  private(set) var deleted = 0

  /// Plans for `builder` behind the segments `live`. - Throws: `SegmentError` when one of them is damaged.
  init(_ builder: SegmentBuilder, _ older: [LiveSegment], analyzer: String) throws {
    self.builder = builder
    let news = try Self.newTombstones(builder, older)
    tombstones.add(news)
    dead = older.map { _ in [] }
    let rules = TombstoneRules(news, older.map(\.segment.tombstones))
    if rules.scrubs {
      let scrubbed = try GeoScrubber(rules, analyzer: analyzer).rewrite(builder, older, news)
      for batch in scrubbed where !batch.content.facts.isEmpty { self.builder.add(batch) }
    }
    order = DocumentOrder(self.builder.batches)
    replaced += order.replaced
    if !rules.isEmpty { try dropDeleted(rules) }
    for index in older.indices {
      try meet(older[index], index)
      try apply(news, to: older[index], index)
    }
    order.settle()
  }

  private static func newTombstones(_ builder: SegmentBuilder, _ older: [LiveSegment]) throws -> [Event] {
    let known = older.map(\.segment.tombstones)
    var news: [Event] = []
    for batch in builder.batches {
      for event in batch.content.events where try !event.isKnown(to: known) { news.append(event) }
    }
    return news
  }

  // Tweets of this builder that tombstones ask to go, by id, author, or what they retweet.
  private mutating func dropDeleted(_ rules: TombstoneRules) throws {
    for document in order.sources.indices {
      let source = order.sources[document]
      let batch = builder.batches[Int(source.batch)]
      let references = try TweetReferences(batch.content, Int(source.index))
      if try rules.deletes(references) {
        order.drop(document)
        deleted += 1
      } else if try rules.hidesQuote(references) {
        order.rewrite(document, try Self.withoutQuotedText(batch.content, Int(source.index)))
      }
    }
  }

  private static func withoutQuotedText(
    _ content: borrowing IndexBatch.Content, _ index: Int
  ) throws(DecodeError) -> [UInt8] {
    var tweet = Tweet()
    try content.read(index, into: &tweet)
    tweet.quoteOf?.text = .absent
    var packed = ByteBuffer()
    RecordCodec.encode(tweet, to: &packed)
    return packed.span.array
  }

  // Tweets that an older segment has: counts rise, the older one dies, and what is the same in both is left out here.
  private mutating func meet(_ older: LiveSegment, _ index: Int) throws {
    let segment = older.segment
    guard let first = order.sources.first, let last = order.sources.last, segment.documentCount > 0,
      first.id >= segment.header.leastID, last.id <= segment.header.greatestID
    else { return }
    var records = try segment.records()
    let counts = SegmentCounts(segment)
    var packed = ByteBuffer()
    for document in order.sources.indices {
      let source = order.sources[document]
      guard source.id >= segment.header.leastID, source.id <= segment.header.greatestID,
        let twin = try segment.document(source.id), older.isLive(twin)
      else { continue }
      var known = DocumentFacts()
      known.counts = try counts.counts(twin)
      order.raiseCounts(document, known, builder.batches)
      if order.isDropped(document) { continue }
      packed.removeAll()
      let batch = builder.batches[Int(source.batch)]
      if let record = order.rewritten[document] {
        packed.append(record.span)
      } else {
        Self.copyRecord(batch.content, Int(source.index), to: &packed)
      }
      if let facts = order.merged[document] {
        RecordCodec.replaceCounts(&packed, from: 0, with: facts.counts)
      }
      let hasTime = try segment.time(twin) == batch.content.facts[Int(source.index)].time
      if hasTime, try Self.isEqual(&records, twin, try counts.raised(twin), packed) {
        order.drop(document)
        unchanged += 1
      } else {
        dead[index].append(twin)
        replaced += 1
      }
    }
  }

  // Whether a stored record, with the counts that rose, is `packed`.
  private static func isEqual(
    _ records: inout RecordBlockReader, _ document: Int, _ raised: Counts?, _ packed: borrowing ByteBuffer
  ) throws -> Bool {
    guard let raised else { return try records.record(document).equals(packed.span) }
    var tweet = Tweet()
    try records.read(document, into: &tweet)
    tweet.raise(to: raised)
    var stored = ByteBuffer()
    RecordCodec.encode(tweet, to: &stored)
    return stored.span.equals(packed.span)
  }

  private static func copyRecord(
    _ content: borrowing IndexBatch.Content, _ index: Int, to out: inout ByteBuffer
  ) {
    out.append(content.records, content.record(of: index))
  }

  // What new tombstones take away from an older segment.
  private mutating func apply(_ news: [Event], to older: LiveSegment, _ index: Int) throws {
    var gone: [Int] = []
    for event in news { gone += try older.segment.documents(deletedBy: event) }
    var marked = Set(dead[index])
    for document in gone where older.isLive(document) && marked.insert(document).inserted {
      dead[index].append(document)
      deleted += 1
    }
  }
}
