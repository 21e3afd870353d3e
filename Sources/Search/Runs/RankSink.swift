internal import Commits
internal import SearchIndex

/// Takes what a ranked search finds in one segment.
struct RankSink {
  /// The best hits so far, those of other segments included.
  var top: TopHits
  let folder: Int
  let segment: Int
  let live: LiveSegment
  /// Whether a live document is shown: of a tweet in several folders only the later folder's is.
  let isShown: (Int) throws(SegmentError) -> Bool

  /// The least score that a document from `first` on must have to be kept.
  func minimum(from first: UInt32) -> Double {
    top.minimum(
      from: Int(first), folder: folder, segment: segment, greatestID: live.segment.header.greatestID)
  }

  /// Offers a document; whatever its score, the best are kept.
  mutating func offer(_ document: UInt32, score: Double) throws(SegmentError) {
    let document = Int(document)
    guard live.isLive(document), try isShown(document) else { return }
    top.offer(
      Hit(
        id: try live.segment.id(document), key: score, score: score, folder: folder, segment: segment,
        document: document))
  }
}
