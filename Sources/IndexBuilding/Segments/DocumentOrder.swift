internal import Records

/// Where each document of a segment comes from, newest first.
struct DocumentOrder: Sendable {
  /// One document: a batch and a place in it.
  struct Source: Sendable {
    var id: UInt64
    var batch: Int32
    var index: Int32
  }

  /// The documents, in the segment's order.
  private(set) var sources: [Source] = []
  /// Documents whose counts are the highest of several versions of the tweet.
  private(set) var merged: [Int: DocumentFacts] = [:]
  /// Documents whose packed record is not the batch's.
  private(set) var rewritten: [Int: [UInt8]] = [:]
  /// Older versions in the same batches that gave way.
  private(set) var replaced = 0
  /// Whether every tweet of the batches is a document.
  private(set) var isComplete = true
  private var dropped: Set<Int> = []

  /// Orders all tweets of `batches` by id; of several with one id the last to arrive stays, with the highest counts.
  /// - Complexity: O(n) where the input is in order of id, as dumps mostly are; else O(n log n).
  init(_ batches: [IndexBatch]) {
    var all: [Source] = []
    var isRising = true
    for (number, batch) in batches.enumerated() {
      for (index, facts) in batch.content.facts.enumerated() {
        if let last = all.last, last.id >= facts.id { isRising = false }
        all.append(Source(id: facts.id, batch: Int32(number), index: Int32(index)))
      }
    }
    if isRising {
      all.reverse()
      sources = all
      return
    }
    all.sort { a, b in
      if a.id != b.id { return a.id > b.id }
      return (a.batch, a.index) > (b.batch, b.index)
    }
    sources.reserveCapacity(all.count)
    for source in all {
      guard let last = sources.last, last.id == source.id else {
        sources.append(source)
        continue
      }
      replaced += 1
      isComplete = false
      raiseCounts(sources.count - 1, batches[Int(source.batch)].content.facts[Int(source.index)], batches)
    }
  }

  /// Gives a document the higher of its counts and those of another version.
  mutating func raiseCounts(_ document: Int, _ other: DocumentFacts, _ batches: [IndexBatch]) {
    let source = sources[document]
    let own = merged[document] ?? batches[Int(source.batch)].content.facts[Int(source.index)]
    let raised = own.withHigherCounts(of: other)
    if !raised.hasSameCounts(as: own) || merged[document] != nil { merged[document] = raised }
  }

  /// Whether a tweet is among them. - Complexity: O(log documents).
  func holds(_ id: UInt64) -> Bool {
    var low = 0
    var high = sources.count
    while low < high {
      let middle = (low + high) / 2
      if sources[middle].id > id { low = middle + 1 } else { high = middle }
    }
    return low < sources.count && sources[low].id == id
  }

  /// Gives a document another packed record.
  mutating func rewrite(_ document: Int, _ record: [UInt8]) { rewritten[document] = record }

  /// Leaves a document out; numbers stay until `settle`.
  mutating func drop(_ document: Int) { dropped.insert(document) }

  /// Whether a document is left out.
  func isDropped(_ document: Int) -> Bool { dropped.contains(document) }

  /// For each of `batches` and each place in it, the document there; `none` where an older version gave way.
  func documents(in batches: [IndexBatch]) -> [[UInt32]] {
    var documents = batches.map { [UInt32](repeating: Self.none, count: $0.content.recordEnds.count) }
    for (document, source) in sources.enumerated() {
      documents[Int(source.batch)][Int(source.index)] = UInt32(document)
    }
    return documents
  }

  /// No document.
  static let none = UInt32.max

  /// Numbers the documents that stay.
  mutating func settle() {
    if dropped.isEmpty { return }
    isComplete = false
    var kept: [Source] = []
    var moved: [Int: DocumentFacts] = [:]
    var records: [Int: [UInt8]] = [:]
    for document in sources.indices where !dropped.contains(document) {
      if let facts = merged[document] { moved[kept.count] = facts }
      if let record = rewritten[document] { records[kept.count] = record }
      kept.append(sources[document])
    }
    sources = kept
    merged = moved
    rewritten = records
    dropped = []
  }
}

extension DocumentFacts {
  /// A copy with the higher of each count.
  func withHigherCounts(of other: DocumentFacts) -> DocumentFacts {
    var copy = self
    copy.likes = max(likes, other.likes)
    copy.retweets = max(retweets, other.retweets)
    copy.replies = max(replies, other.replies)
    copy.quotes = max(quotes, other.quotes)
    return copy
  }

  /// Its counts, as a record has them.
  var counts: Counts {
    get {
      var counts = Counts()
      counts.likes = likes
      counts.retweets = retweets
      counts.replies = replies
      counts.quotes = quotes
      return counts
    }
    set {
      likes = newValue.likes
      retweets = newValue.retweets
      replies = newValue.replies
      quotes = newValue.quotes
    }
  }

  /// Whether both have the same counts.
  func hasSameCounts(as other: DocumentFacts) -> Bool {
    likes == other.likes && retweets == other.retweets && replies == other.replies && quotes == other.quotes
  }
}
