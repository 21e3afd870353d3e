internal import Bytes
internal import Commits
internal import QueryGrammar
internal import QueryMatching
internal import Records
internal import SearchIndex

/// Asks one document; documents come in rising order.
protocol DocumentTest {
  /// Whether the document passes.
  func holds(_ document: Int) throws(SegmentError) -> Bool
  /// Whether the stored record is read.
  var readsRecords: Bool { get }
}

extension DocumentTest {
  var readsRecords: Bool { false }
}

extension RangeTest: DocumentTest {}

/// Whether a document's point lies in an area. Asked of documents that have a point.
struct AreaTest: DocumentTest {
  private let area: GeoArea
  private let longitudes: PackedColumnReader
  private let latitudes: PackedColumnReader

  init(_ area: GeoArea, _ segment: Segment) {
    self.area = area
    longitudes = segment.column(.longitudes)
    latitudes = segment.column(.latitudes)
  }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    let longitude = Double(bitPattern: UInt64(bitPattern: try longitudes.value(document)))
    let latitude = Double(bitPattern: UInt64(bitPattern: try latitudes.value(document)))
    return area.contains(longitude: longitude, latitude: latitude)
  }
}

/// Whether the hash of a document's id is low.
struct SampleTest: DocumentTest {
  private let segment: Segment
  private let limit: UInt64?

  init(_ percent: Int, _ segment: Segment) {
    self.segment = segment
    limit = percent == 100 ? nil : SampleRule.limit(percent)
  }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    guard let limit else { return true }
    return SampleRule.takes(try segment.id(document), below: limit)
  }
}

/// Whether anyone liked, retweeted or answered.
struct EngagementTest: DocumentTest {
  private let counts: [RangeTest]

  init(_ segment: Segment) {
    counts = [NumberField.likes, .retweets, .replies].map {
      RangeTest($0, 1...Int64.max, segment, isNegated: false)
    }
  }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    for count in counts where try count.holds(document) { return true }
    return false
  }
}

/// Whether the stored record of a document matches a clause.
final class RecordTest: DocumentTest {
  private let matcher: RecordMatcher
  private let source: RecordSource
  private let segment: Segment
  private var last = (document: -1, holds: false)

  init(_ matcher: RecordMatcher, _ source: RecordSource, _ segment: Segment) {
    self.matcher = matcher
    self.source = source
    self.segment = segment
  }

  var readsRecords: Bool { true }

  func holds(_ document: Int) throws(SegmentError) -> Bool {
    if last.document == document { return last.holds }
    let holds = try source.withTweet(document, of: segment) { matcher.matches($0) }
    last = (document, holds)
    return holds
  }
}

/// A matcher that tests of several segments share.
final class RecordMatcher {
  private var matcher: QueryMatcher

  init(_ matcher: consuming QueryMatcher) { self.matcher = matcher }

  func matches(_ tweet: borrowing Tweet) -> Bool { matcher.matches(tweet) }
}

/// Reads stored records for tests, one at a time: of a document that several clauses ask for it is read once.
final class RecordSource {
  private var stored = StoredRecords()
  private var tweet = Tweet()
  private var held: (segment: ObjectIdentifier, document: Int)?
  /// How many more may be read, and the first document that was not: an estimate ends there.
  var budget = Int.max
  private(set) var stoppedAt = Int.max

  /// Sets the budget; none is told by `stoppedAt` at first.
  func allow(_ records: Int) {
    budget = records
    stoppedAt = .max
  }

  /// Asks the record of a document; false once the budget is spent.
  func withTweet(_ document: Int, of segment: Segment, _ body: (borrowing Tweet) -> Bool)
    throws(SegmentError) -> Bool
  {
    if held?.segment != ObjectIdentifier(segment) || held?.document != document {
      if budget <= 0 {
        stoppedAt = min(stoppedAt, document)
        return false
      }
      if budget != .max { budget -= 1 }
      held = nil
      try stored.read(document, of: segment, into: &tweet)
      held = (ObjectIdentifier(segment), document)
    }
    return body(tweet)
  }
}
