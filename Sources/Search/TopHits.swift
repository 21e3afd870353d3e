/// One answer: a document of a segment, with what it is ordered by.
public struct Hit: Equatable, Sendable {
  /// The tweet's id.
  public var id: UInt64
  /// What hits are ordered by, greatest first: the score, or a count; 0 where ids alone decide.
  public var key: Double
  /// Relevance (BM25); 0 when another order was asked for.
  public var score: Double
  /// The folder it lies in, by place.
  public var folder: Int
  /// The folder's segment, by place.
  public var segment: Int
  /// The segment's document.
  public var document: Int
}

/// The order of hits: greatest key first, ties by id, newest first (or oldest, when ids are the order). A total order,
/// since no id is shown twice.
struct HitOrder {
  var isOldestFirst = false

  func precedes(_ a: Hit, _ b: Hit) -> Bool {
    if a.key != b.key { return a.key > b.key }
    return isOldestFirst ? a.id < b.id : a.id > b.id
  }
}

/// Keeps the best `limit` hits: a heap whose root is the worst kept. - Complexity: O(log limit) an offer.
struct TopHits {
  /// How many are kept.
  let limit: Int
  private let order: HitOrder
  /// Only hits behind this one are kept, when given.
  let after: Hit?
  private var heap: [Hit] = []

  /// Of hits behind `after` alone, when given: an earlier page ended there.
  init(limit: Int, order: HitOrder, after: Hit? = nil) {
    self.limit = limit
    self.order = order
    self.after = after
  }

  /// Whether a hit would be kept now.
  func wants(_ hit: Hit) -> Bool {
    if let after, !order.precedes(after, hit) { return false }
    guard heap.count >= limit, let worst = heap.first else { return limit > 0 }
    return order.precedes(hit, worst)
  }

  /// The least score that a document of a segment from `first` on must have to be kept; 0 while there is room. A score equal
  /// to the worst kept is not enough when its id cannot be newer.
  func minimum(from first: Int, folder: Int, segment: Int, greatestID: UInt64) -> Double {
    guard heap.count >= limit, let worst = heap.first else { return 0 }
    let tieLoses =
      worst.folder == folder && worst.segment == segment ? first > worst.document : greatestID < worst.id
    return tieLoses ? worst.key.nextUp : worst.key
  }

  mutating func offer(_ hit: Hit) {
    if !wants(hit) { return }
    if heap.count < limit {
      heap.append(hit)
      var child = heap.count - 1
      while child > 0 {
        let parent = (child - 1) / 2
        guard order.precedes(heap[parent], heap[child]) else { break }
        heap.swapAt(parent, child)
        child = parent
      }
    } else {
      heap[0] = hit
      sink()
    }
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var worst = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if order.precedes(heap[worst], heap[child]) { worst = child }
      }
      if worst == parent { return }
      heap.swapAt(parent, worst)
      parent = worst
    }
  }

  /// The hits, best first.
  func sorted() -> [Hit] { heap.sorted(by: order.precedes) }
}
