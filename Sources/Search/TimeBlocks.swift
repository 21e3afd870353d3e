internal import Commits
internal import SearchIndex

/// Between which times the documents of each block of a segment lie: ids rise with time, but records say their times
/// themselves. Memory: 16 bytes for 128 documents.
struct TimeBlocks {
  private var oldest: [Int64] = []
  private var newest: [Int64] = []
  private let documents: Int
  private static let block = SegmentFormat.packedBlock

  /// Reads the tables of two columns. - Throws: `SegmentError`. - Complexity: O(blocks); 0.15 ms a million documents.
  init(_ segment: Segment) throws(SegmentError) {
    documents = segment.documentCount
    oldest.reserveCapacity(segment.blockCount)
    newest.reserveCapacity(segment.blockCount)
    for block in 0..<segment.blockCount {
      oldest.append(try segment.oldestTime(block: block))
      newest.append(try segment.newestTime(block: block))
    }
  }

  /// Documents outside of which none lies between two times, in ms since 1970. - Complexity: O(blocks).
  func spans(_ times: ClosedRange<Int64>) -> DocumentSpans {
    var runs: [Range<Int>] = []
    for block in oldest.indices where newest[block] >= times.lowerBound && oldest[block] <= times.upperBound {
      runs.append(block * Self.block..<min((block + 1) * Self.block, documents))
    }
    return DocumentSpans(rising: runs)
  }
}
