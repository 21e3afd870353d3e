internal import Commits
internal import QueryGrammar
internal import SearchIndex

/// Whether a number of a document lies between bounds, read from a column.
struct RangeTest {
  private let segment: Segment
  private let field: NumberField
  private let range: ClosedRange<Int64>
  private let column: PackedColumnReader
  /// Whether the numbers outside the bounds are wanted.
  private let isNegated: Bool

  init(_ field: NumberField, _ range: ClosedRange<Int64>, _ segment: Segment, isNegated: Bool) {
    self.segment = segment
    self.field = field
    self.range = range
    self.isNegated = isNegated
    switch field {
    case .likes: column = segment.column(.likes)
    case .retweets: column = segment.column(.retweets)
    case .replies: column = segment.column(.replies)
    case .quotes: column = segment.column(.quotes)
    // Those of authors are in the records alone.
    case .id, .time, .followers, .following, .tweets: column = segment.column(.ids)
    }
  }

  /// The times between which alone documents pass; nil where other things are asked.
  var times: ClosedRange<Int64>? { field == .time && !isNegated ? range : nil }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    let number: Int64
    switch field {
    case .id: number = Int64(clamping: try segment.id(document))
    case .time: number = try segment.time(document)
    // Counts are stored one higher, 0 for "the source did not say", which counts as 0.
    default: number = max(ColumnCount.count(try column.value(document)), 0)
    }
    return range.contains(number) != isNegated
  }
}
