internal import Commits
internal import SearchIndex

/// Recency and engagement of one segment's documents.
struct SegmentBoost {
  private let segment: Segment
  private let weights: Weights
  private let now: Int64
  private let counts: [PackedColumnReader]
  /// The same columns where counts rose; none where none did.
  private let raised: [RaisedColumn]
  /// What no factor of a block of 128 documents exceeds, and none from it to the end of the segment.
  private let ofBlock: [Double]
  private let fromBlock: [Double]

  private static let members: [SegmentFormat.Member] = [.likes, .retweets, .replies, .quotes]

  init(_ weights: Weights, now: Int64, _ segment: Segment) throws(SegmentError) {
    self.segment = segment
    self.weights = weights
    self.now = now
    counts = Self.members.map { segment.column($0) }
    let walk = segment.raised.map { RaisedWalk($0) }
    raised = Self.members.compactMap { segment.raisedColumn($0, walk) }
    ofBlock = try Self.bounds(weights, now, segment, counts)
    var from = ofBlock
    for block in from.indices.dropLast().reversed() { from[block] = max(from[block], from[block + 1]) }
    fromBlock = from
  }

  // By the columns' tables alone: the 8,000 blocks of a million tweets take 0.3 ms.
  private static func bounds(
    _ weights: Weights, _ now: Int64, _ segment: Segment, _ counts: [PackedColumnReader]
  ) throws(SegmentError) -> [Double] {
    var bounds: [Double] = []
    bounds.reserveCapacity(counts[0].blockCount)
    let risen = weights.engagement > 0 && segment.raised != nil ? try risenBounds(segment) : []
    for block in 0..<counts[0].blockCount {
      var bound =
        weights.halfLife == 0 ? 1 : weights.recency(of: try segment.newestTime(block: block), at: now)
      if weights.engagement > 0 {
        var sum = 0.0
        for (number, column) in counts.enumerated() {
          let bound = try column.greatestBound(block: block)
          sum += Double(max(ColumnCount.count(risen.isEmpty ? bound : max(bound, risen[number][block])), 0))
        }
        bound *= weights.engagement(of: sum)
      }
      // A little more, for what rounding takes.
      bounds.append(bound * (1 + 1e-9))
    }
    return bounds
  }

  // Per column and block of documents a count, as columns store it, that none that rose exceeds.
  private static func risenBounds(_ segment: Segment) throws(SegmentError) -> [[Int64]] {
    let blocks = segment.column(.likes).blockCount
    var all: [[Int64]] = []
    for member in members {
      var bounds = [Int64](repeating: 0, count: blocks)
      try segment.boundRaised(member) { documents, bound in
        let block = SegmentFormat.packedBlock
        for place in documents.lowerBound / block...documents.upperBound / block {
          bounds[place] = max(bounds[place], bound)
        }
      }
      all.append(bounds)
    }
    return all
  }

  /// Likes, retweets, replies and quotes; what the source did not say counts as 0.
  func total(_ document: Int) throws(SegmentError) -> Double {
    var sum = 0.0
    if raised.isEmpty {
      for column in counts { sum += Double(max(ColumnCount.count(try column.value(document)), 0)) }
    } else {
      for column in raised { sum += Double(max(ColumnCount.count(try column.value(document)), 0)) }
    }
    return sum
  }

  /// The recency of a document.
  func recency(_ document: Int) throws(SegmentError) -> Double {
    weights.halfLife == 0 ? 1 : weights.recency(of: try segment.time(document), at: now)
  }

  /// The engagement of a document.
  func engagement(_ document: Int) throws(SegmentError) -> Double {
    weights.engagement == 0 ? 1 : weights.engagement(of: try total(document))
  }

  /// What BM25 is multiplied with.
  func factor(_ document: Int) throws(SegmentError) -> Double {
    try recency(document) * engagement(document)
  }

  /// The BM25 below which no document from `document` on reaches `score`.
  func relevance(for score: Double, from document: Int) -> Double {
    let block = document / SegmentFormat.packedBlock
    guard block < fromBlock.count, fromBlock[block] > 0 else { return score > 0 ? .infinity : 0 }
    return score / fromBlock[block] * (1 - 1e-9)
  }

  /// The first document behind `document` that may reach `score`, where none of the documents of its block and of `run`,
  /// whose BM25 has a bound, does; nil where it may itself.
  func next(behind document: Int, reaching score: Double, _ run: ScoreBound) -> Int? {
    let block = document / SegmentFormat.packedBlock
    if run.score * ofBlock[block] >= score { return nil }
    return min(run.end, (block + 1) * SegmentFormat.packedBlock - 1) + 1
  }
}

extension Searcher {
  /// The time of the newest tweet searched, deleted ones included, in ms since 1970; 0 where there is none.
  public var newestTime: Int64 {
    segments.filter { $0.reader.segment.documentCount > 0 }.map(\.reader.segment.header.greatestTime).max()
      ?? 0
  }

  /// What BM25 is multiplied with in a segment; nil for pure BM25.
  func boost(_ ranking: Ranking, _ segment: Segment) throws(SegmentError) -> SegmentBoost? {
    if ranking.weights.isPlain { return nil }
    return try SegmentBoost(ranking.weights, now: ranking.now ?? newestTime, segment)
  }
}
