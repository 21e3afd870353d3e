internal import Commits
internal import SearchIndex

/// Takes what a ranked search finds in one segment.
struct RankSink {
  /// The best hits so far, those of other segments included.
  var top: TopHits
  let folder: Int
  let segment: Int
  private let data: Segment
  private let dead: DeadDocuments?
  /// Whether a live document is shown: of a tweet in several folders only the later folder's is. nil where all are.
  private let isShown: ((Int) throws(SegmentError) -> Bool)?

  init(
    _ top: TopHits, folder: Int, segment: Int, _ live: LiveSegment,
    isShown: ((Int) throws(SegmentError) -> Bool)?
  ) {
    self.top = top
    self.folder = folder
    self.segment = segment
    data = live.segment
    dead = live.dead
    self.isShown = isShown
  }

  /// The least score that a document from `first` on must have to be kept.
  func minimum(from first: UInt32) -> Double {
    top.minimum(from: Int(first), folder: folder, segment: segment, greatestID: data.header.greatestID)
  }

  /// Offers a document; whatever its score, the best are kept.
  mutating func offer(_ document: UInt32, score: Double) throws(SegmentError) {
    let document = Int(document)
    if let dead, dead.contains(document) { return }
    if let isShown, try !isShown(document) { return }
    top.offer(
      Hit(
        id: try data.id(document), key: score, score: score, folder: folder, segment: segment,
        document: document))
  }
}
