package import Commits
package import Records

/// A column of counts as a commit shows it, of a segment some of whose counts rose. For one thread; see `RaisedWalk`.
package final class RaisedColumn {
  private let column: PackedColumnReader
  private let raised: PackedColumnReader
  private let walk: RaisedWalk

  fileprivate init(_ column: PackedColumnReader, _ raised: PackedColumnReader, _ walk: RaisedWalk) {
    self.column = column
    self.raised = raised
    self.walk = walk
  }

  /// The value of a document, as columns store counts. - Throws: `.corrupt`.
  package func value(_ document: Int) throws(SegmentError) -> Int64 {
    guard let place = try walk.place(of: document) else { return try column.value(document) }
    let count = try raised.value(place)
    return count < 0 ? try column.value(document) : ColumnCount.stored(count)
  }

  /// Raises the values of a block of documents, of which there are `filled`. - Throws: `.corrupt`.
  package func raise(block: Int, _ filled: Int, _ values: inout [128 of Int64]) throws(SegmentError) {
    let first = block * SegmentFormat.packedBlock
    var document = first
    while let next = try walk.next(from: document), next.document < first + filled {
      let index = next.document - first
      values[index] = max(values[index], ColumnCount.stored(try raised.value(next.place)))
      document = next.document + 1
    }
  }
}

extension Segment {
  /// A column of counts with those that rose; nil where none rose, and for other columns: the column then says all.
  ///
  /// - Parameter walk: a walk along them that several columns share.
  package func raisedColumn(_ member: SegmentFormat.Member, _ walk: RaisedWalk? = nil) -> RaisedColumn? {
    guard let raised, let values = raised.column(member) else { return nil }
    return RaisedColumn(column(member), values, walk ?? RaisedWalk(raised))
  }

  /// Calls `body` with runs of documents and a count, as columns store it, that none of those in the run that rose exceeds.
  ///
  /// By the tables alone: an entry for 128 that rose. - Throws: `.corrupt`.
  package func boundRaised(
    _ member: SegmentFormat.Member, _ body: (_ documents: ClosedRange<Int>, _ bound: Int64) -> Void
  ) throws(SegmentError) {
    guard let raised, let values = raised.column(member) else { return }
    let documents = raised.documents
    for block in 0..<documents.blockCount {
      let first = try documents.least(block: block)
      let last =
        block + 1 < documents.blockCount
        ? try documents.least(block: block + 1) &- 1 : Int64(documentCount) - 1
      guard first >= 0, first <= last, last < documentCount else { continue }
      body(Int(first)...Int(last), ColumnCount.stored(try values.greatestBound(block: block)))
    }
  }
}

/// Reads the counts of one document after another, as a commit shows them. For one thread.
package struct SegmentCounts {
  private let columns: [PackedColumnReader]
  private let walk: RaisedWalk?

  /// Of a segment.
  package init(_ segment: Segment) {
    columns = RaisedFormat.counts.map { segment.column($0.column) }
    walk = segment.raised.map { RaisedWalk($0) }
  }

  /// The counts of a document, −1 for what the source did not say. - Throws: `.corrupt`.
  package func counts(_ document: Int) throws(SegmentError) -> Counts {
    var counts = Counts()
    counts.likes = ColumnCount.count(try columns[0].value(document))
    counts.retweets = ColumnCount.count(try columns[1].value(document))
    counts.replies = ColumnCount.count(try columns[2].value(document))
    counts.quotes = ColumnCount.count(try columns[3].value(document))
    if let raised = try raised(document) { counts.raise(to: raised) }
    return counts
  }

  /// What the counts of a document rose to, −1 for those that did not; nil when none rose. - Throws: `.corrupt`.
  package func raised(_ document: Int) throws(SegmentError) -> Counts? { try walk?.counts(document) }
}
