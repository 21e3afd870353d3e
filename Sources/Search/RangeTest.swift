internal import Commits
internal import QueryGrammar
internal import SearchIndex

/// Whether a number of a document lies between bounds, read from a column. A class: its readers would be copied with a struct,
/// and their references counted, for every document asked.
final class RangeTest {
  // What the number is: which counts rose is asked only where some did.
  private enum Number { case id, time, count, raised }

  private let segment: Segment
  private let number: Number
  private let range: ClosedRange<Int64>
  private let column: PackedColumnReader
  private let raised: RaisedColumn?
  /// Whether the numbers outside the bounds are wanted.
  private let isNegated: Bool

  init(_ field: NumberField, _ range: ClosedRange<Int64>, _ segment: Segment, isNegated: Bool) {
    self.segment = segment
    self.range = range
    self.isNegated = isNegated
    let member: SegmentFormat.Member
    switch field {
    case .likes: member = .likes
    case .retweets: member = .retweets
    case .replies: member = .replies
    case .quotes: member = .quotes
    // Those of authors are in the records alone.
    case .id, .time, .followers, .following, .tweets: member = .ids
    }
    column = segment.column(member)
    raised = segment.raisedColumn(member)
    switch field {
    case .id: number = .id
    case .time: number = .time
    default: number = raised == nil ? .count : .raised
    }
  }

  /// The times between which alone documents pass; nil where other things are asked.
  var times: ClosedRange<Int64>? { number == .time && !isNegated ? range : nil }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    let found: Int64
    switch number {
    case .id: found = Int64(clamping: try segment.id(document))
    case .time: found = try segment.time(document)
    // Counts are stored one higher, 0 for "the source did not say", which counts as 0.
    case .count: found = max(ColumnCount.count(try column.value(document)), 0)
    case .raised: found = max(ColumnCount.count(try raised?.value(document) ?? 0), 0)
    }
    return range.contains(found) != isNegated
  }
}
