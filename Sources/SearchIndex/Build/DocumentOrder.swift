internal import Bytes

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
  /// Documents whose counts are the highest of several versions of the tweet: the segment's number and the facts.
  private(set) var mergedCounts: [(document: Int, facts: DocumentFacts)] = []
  /// Older versions that gave way.
  private(set) var replaced = 0

  /// Orders all tweets of `batches` by id; of several with one id the last to arrive stays, with the highest counts.
  /// - Complexity: O(n) where the input is in order of id, as dumps mostly are; else O(n log n).
  init(_ batches: [IndexBatch]) {
    var all: [Source] = []
    var isRising = true
    for (batch, content) in batches.enumerated() {
      for (index, facts) in content.content.facts.enumerated() {
        if let last = all.last, last.id >= facts.id { isRising = false }
        all.append(Source(id: facts.id, batch: Int32(batch), index: Int32(index)))
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
      merge(batches[Int(source.batch)].content.facts[Int(source.index)], batches)
    }
  }

  private mutating func merge(_ older: DocumentFacts, _ batches: [IndexBatch]) {
    let document = sources.count - 1
    let kept = sources[document]
    var facts = batches[Int(kept.batch)].content.facts[Int(kept.index)]
    if let last = mergedCounts.last, last.document == document { facts = last.facts }
    let merged = facts.withHigherCounts(of: older)
    if mergedCounts.last?.document == document { mergedCounts.removeLast() }
    mergedCounts.append((document, merged))
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

  /// Whether both have the same counts.
  func hasSameCounts(as other: DocumentFacts) -> Bool {
    likes == other.likes && retweets == other.retweets && replies == other.replies && quotes == other.quotes
  }
}
