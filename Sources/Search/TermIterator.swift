internal import SearchIndex

/// The documents of one term, with bounds on their scores block by block.
final class TermIterator: DocIterator {
  @exclusivity(unchecked) private var postings: PostingsCursor
  private let scorer: TermScorer?
  /// The bound found last, and the documents it holds for.
  @exclusivity(unchecked) private var known = ScoreBound(score: 0, end: -1)
  @exclusivity(unchecked) private var knownBlock = 0

  init(_ postings: consuming PostingsCursor, scorer: TermScorer?) {
    unsafe self.postings = postings
    self.scorer = scorer
  }

  override var document: Int { unsafe postings.document }
  override var cost: Int { unsafe postings.count }
  override func next() throws(SegmentError) { unsafe try postings.next() }
  override func advance(to target: Int) throws(SegmentError) { unsafe try postings.advance(to: target) }
  override func score() throws(SegmentError) -> Double {
    guard let scorer else { return 0 }
    return unsafe try scorer.score(frequency: postings.frequency(), document: postings.document)
  }

  override func bound(from target: Int) throws(SegmentError) -> ScoreBound {
    guard let scorer else { return ScoreBound(score: 0, end: Self.end) }
    if unsafe target <= known.end { return unsafe known }
    unsafe knownBlock = unsafe try postings.block(holding: target, from: knownBlock)
    if unsafe knownBlock < postings.blockCount {
      unsafe known = unsafe ScoreBound(
        score: scorer.bound(try postings.impact(knownBlock)), end: try postings.lastDocument(knownBlock))
    } else {
      // The rest, fewer than 128 documents: all are looked at.
      unsafe known = ScoreBound(score: scorer.greatest, end: Self.end)
    }
    return unsafe known
  }
}
