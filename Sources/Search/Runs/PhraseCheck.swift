internal import Commits
internal import SearchIndex

/// Where the words of a phrase stand in the document at hand.
final class PhraseCheck {
  let scorer: TermScorer
  private let parts: [PhraseIterator.Part]
  private var found: [[Int]]

  init(_ parts: [PhraseIterator.Part], _ scorer: TermScorer) {
    self.parts = parts
    self.scorer = scorer
    found = parts.map { _ in [] }
  }

  /// Reads the `frequency` positions of a word, of which `first` stand before the document.
  func read(_ part: Int, first: Int, frequency: Int) throws(SegmentError) {
    try parts[part].positions.read(first: first, frequency: frequency, into: &found[part])
  }

  /// How often the phrase stands in it.
  func matches() -> Int { PhraseIterator.matches(found, parts) }
}
