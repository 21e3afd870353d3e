package import Commits
package import Records

/// A walk along the documents that rose, beside a walk along documents. For one thread.
///
/// Asked in rising order it costs a comparison a document, and unpacks each block of 128 at most once; going back, or far
/// ahead, costs a binary search of the blocks.
package final class RaisedWalk {
  private let documents: PackedColumnReader
  private let columns: [PackedColumnReader]
  private var values: [128 of Int64] = [128 of Int64](repeating: 0)
  private var block = -1
  private var filled = 0
  /// Of `values`, the first that is not below what was asked last.
  private var index = 0
  private var asked: Int64 = -1
  /// The first document that rose and is not below what was asked last; `end` behind the last.
  private var current: Int64 = -1

  private static let end = Int64.max

  /// Before the first of them.
  package init(_ raised: RaisedCounts) {
    documents = raised.documents
    columns = RaisedFormat.counts.compactMap { raised.column($0.column) }
  }

  /// The place of a document among those that rose; nil when it did not. - Throws: `.corrupt`.
  package func place(of document: Int) throws(SegmentError) -> Int? {
    let wanted = Int64(document)
    if wanted < asked { restart() }
    asked = wanted
    if current < wanted { try advance(to: wanted) }
    return current == wanted ? block * SegmentFormat.packedBlock + index : nil
  }

  /// What the counts of a document rose to, −1 for those that did not; nil when none rose. - Throws: `.corrupt`.
  package func counts(_ document: Int) throws(SegmentError) -> Counts? {
    guard let place = try place(of: document) else { return nil }
    var counts = Counts()
    counts.likes = try columns[0].value(place)
    counts.retweets = try columns[1].value(place)
    counts.replies = try columns[2].value(place)
    counts.quotes = try columns[3].value(place)
    return counts
  }

  /// Raises the counts of a document's record. - Throws: `.corrupt`.
  package func raise(_ document: Int, _ tweet: inout Tweet) throws(SegmentError) {
    if let counts = try counts(document) { tweet.raise(to: counts) }
  }

  /// The first document from `document` on that rose, and its place; nil when there is none. - Throws: `.corrupt`.
  package func next(from document: Int) throws(SegmentError) -> (document: Int, place: Int)? {
    let place = try place(of: document)
    if let place { return (document, place) }
    return current == Self.end ? nil : (Int(current), block * SegmentFormat.packedBlock + index)
  }

  private func restart() {
    block = -1
    filled = 0
    index = 0
    current = -1
  }

  private func advance(to wanted: Int64) throws(SegmentError) {
    if filled == 0 || values[filled - 1] < wanted {
      let target = try self.target(wanted)
      if target == documents.blockCount {
        current = Self.end
        return
      }
      filled = try documents.read(block: target, into: &values)
      block = target
      index = 0
    }
    // Mostly the next one; the block ends with one that is not below.
    while index < filled, values[index] < wanted { index += 1 }
    current = index < filled ? values[index] : Self.end
  }

  // The first block behind this one whose last document is not below `wanted`.
  private func target(_ wanted: Int64) throws(SegmentError) -> Int {
    var low = block + 1
    var high = documents.blockCount
    // Of those that begin at `wanted` or before, the last.
    while low < high {
      let middle = (low + high) / 2
      if try documents.least(block: middle) <= wanted { low = middle + 1 } else { high = middle }
    }
    let before = low - 1
    if before > block, try documents.greatest(block: before) >= wanted { return before }
    return low
  }
}

extension PackedColumnReader {
  /// The last value of a block: its greatest, where values rise. - Throws: `.corrupt`.
  fileprivate func greatest(block: Int) throws(SegmentError) -> Int64 {
    try value(min((block + 1) * SegmentFormat.packedBlock, count) - 1)
  }
}

extension Counts {
  /// Takes the higher of each.
  package mutating func raise(to other: Counts) {
    likes = max(likes, other.likes)
    retweets = max(retweets, other.retweets)
    replies = max(replies, other.replies)
    quotes = max(quotes, other.quotes)
  }
}

extension Tweet {
  /// Takes the higher of each count.
  package mutating func raise(to other: Counts) {
    var raised = counts ?? Counts()
    raised.raise(to: other)
    counts = raised.isEmpty ? nil : raised
  }
}
