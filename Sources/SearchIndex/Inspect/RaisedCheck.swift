internal import Commits

/// Decodes all counts of a segment that rose, and compares them with the segment.
struct RaisedCheck {
  private let raised: RaisedCounts
  private let segment: Segment

  init(_ raised: RaisedCounts, _ segment: Segment) {
    self.raised = raised
    self.segment = segment
  }

  /// - Throws: the first `SegmentError`.
  func run() throws(SegmentError) {
    let documents = raised.documents
    var last: Int64 = -1
    for place in 0..<raised.count {
      let document = try documents.value(place)
      guard document > last, document < segment.documentCount else {
        throw documents.member.corrupt(
          place, "document \(document) of \(segment.documentCount) behind \(last)")
      }
      last = document
      try check(place, Int(document))
    }
  }

  // Each count of a document that rose is higher than the segment's, and one did.
  private func check(_ place: Int, _ document: Int) throws(SegmentError) {
    var rose = false
    for (_, member) in RaisedFormat.counts {
      guard let column = raised.column(member) else { continue }
      let count = try column.value(place)
      if count == -1 { continue }
      let known = ColumnCount.count(try segment.column(member).value(document))
      guard count > known else {
        throw column.member.corrupt(place, "document \(document) rose to \(count), and had \(known)")
      }
      rose = true
    }
    if !rose { throw raised.documents.member.corrupt(place, "no count of document \(document) rose") }
  }
}
