internal import Commits
internal import SearchIndex

/// Takes what a ranked search finds in one segment.
///
/// Of a segment's documents their numbers say the order of their ids, so that ids are read of those alone that stay.
struct RankSink {
  private struct Entry {
    var score: Double
    var document: UInt32

    /// Of equal scores the newer tweet, which has the lesser number, comes first.
    func precedes(_ other: Entry) -> Bool {
      score != other.score ? score > other.score : document < other.document
    }
  }

  let folder: Int
  let segment: Int
  private let top: TopHits
  private let limit: Int
  // The best so far, the worst of them first: a heap.
  private var heap: [Entry] = []
  private let data: Segment
  private let dead: DeadDocuments?
  /// Whether a live document is shown: of a tweet in several folders only the later folder's is. nil where all are.
  private let isShown: ((Int) throws(SegmentError) -> Bool)?

  /// `top` are the best hits of other segments.
  init(
    _ top: TopHits, folder: Int, segment: Int, _ live: LiveSegment,
    isShown: ((Int) throws(SegmentError) -> Bool)?
  ) {
    self.top = top
    limit = top.limit
    self.folder = folder
    self.segment = segment
    data = live.segment
    dead = live.dead
    self.isShown = isShown
  }

  /// The least score that a document from `first` on must have to be kept.
  mutating func minimum(from first: UInt32) -> Double {
    let others = top.minimum(
      from: Int(first), folder: folder, segment: segment, greatestID: data.header.greatestID)
    guard heap.count >= limit, let worst = heap.first else { return others }
    return max(others, first > worst.document ? worst.score.nextUp : worst.score)
  }

  /// Offers a document; whatever its score, the best are kept.
  mutating func offer(_ document: UInt32, score: Double) throws(SegmentError) {
    let entry = Entry(score: score, document: document)
    if heap.count >= limit, let worst = heap.first, !entry.precedes(worst) { return }
    if let dead, dead.contains(Int(document)) { return }
    if let isShown, try !isShown(Int(document)) { return }
    if top.after != nil, try !top.wants(hit(entry)) { return }
    if heap.count < limit {
      heap.append(entry)
      var child = heap.count - 1
      while child > 0, heap[(child - 1) / 2].precedes(heap[child]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    } else if limit > 0 {
      replaceWorst(by: entry)
    }
  }

  private mutating func replaceWorst(by entry: Entry) {
    var place = 0
    while true {
      var worst = 2 * place + 1
      if worst >= heap.count { break }
      if worst + 1 < heap.count, heap[worst].precedes(heap[worst + 1]) { worst += 1 }
      if !entry.precedes(heap[worst]) { break }
      heap[place] = heap[worst]
      place = worst
    }
    heap[place] = entry
  }

  /// The best hits of the other segments and of this one.
  func all() throws(SegmentError) -> TopHits {
    var all = top
    for entry in heap { all.offer(try hit(entry)) }
    return all
  }

  private func hit(_ entry: Entry) throws(SegmentError) -> Hit {
    Hit(
      id: try data.id(Int(entry.document)), key: entry.score, score: entry.score, folder: folder,
      segment: segment, document: Int(entry.document))
  }
}
