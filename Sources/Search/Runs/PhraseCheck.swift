internal import Commits
internal import SearchIndex

/// Where a phrase begins in the document at hand, as far as its words were looked at.
///
/// A struct of plain arrays, as `RankedList`: with a class for each word references and accesses took a quarter of the time.
struct PhraseCheck {
  private var words: [PositionsCursor] = []
  private var offsets: [Int] = []
  // Where the phrase may begin: the first `count`, rising.
  private var starts: [Int] = []
  /// In how many places it may begin.
  private(set) var count = 0

  init(_ parts: [PhraseIterator.Part]) {
    for part in parts {
      words.append(part.positions)
      offsets.append(part.offset)
    }
  }

  /// Begins with the `frequency` places of a word, of which `first` stand before the document.
  mutating func begin(_ word: Int, first: Int, frequency: Int) throws(SegmentError) {
    var position = -offsets[word]
    for index in 0..<frequency {
      position += try words[word].number(first + index)
      if index < starts.count { starts[index] = position } else { starts.append(position) }
    }
    count = frequency
  }

  /// Keeps the beginnings that another word allows.
  mutating func meet(_ word: Int, first: Int, frequency: Int) throws(SegmentError) {
    var position = -offsets[word]
    var next = 0
    var kept = 0
    for place in first..<first + frequency {
      position += try words[word].number(place)
      while next < count, starts[next] < position { next += 1 }
      if next == count { break }
      if starts[next] == position {
        starts[kept] = position
        kept += 1
        next += 1
      }
    }
    count = kept
  }
}
