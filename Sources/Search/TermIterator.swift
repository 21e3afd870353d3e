internal import Commits
internal import SearchIndex

/// The documents of one term, with bounds on their scores block by block.
final class TermIterator: DocIterator {
  /// The list; `AndIterator` walks two at once.
  var postings: PostingsCursor
  let scorer: TermScorer?
  /// The bound found last, and the documents it holds for.
  private var known = ScoreBound(score: 0, end: -1)
  private var knownBlock = 0

  init(_ postings: consuming PostingsCursor, scorer: TermScorer?) {
    self.postings = postings
    self.scorer = scorer
  }

  override var document: Int { postings.document }
  override var cost: Int { postings.count }
  override func next() throws(SegmentError) { try postings.next() }
  override func advance(to target: Int) throws(SegmentError) { try postings.advance(to: target) }
  override func score() throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    return try scorer.score(frequency: postings.frequency(), document: postings.document)
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    guard let scorer else { return ScoreBound(score: 0, end: Self.end) }
    if target <= known.end { return known }
    knownBlock = try postings.block(holding: target, from: knownBlock)
    if knownBlock < postings.blockCount {
      known = ScoreBound(
        score: scorer.bound(try postings.list.impact(knownBlock)),
        end: try postings.list.lastDocument(knownBlock))
    } else {
      // The rest, fewer than 128 documents: all are looked at.
      known = ScoreBound(score: scorer.greatest, end: Self.end)
    }
    return known
  }
}
