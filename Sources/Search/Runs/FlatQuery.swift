internal import SearchIndex

/// A query that `RunSearch` can rank: any, or all, of some terms, or a phrase; less terms that exclude, and with tests.
struct FlatQuery {
  private enum Form { case any, all, phrase }

  private var form = Form.all
  private var terms: [(postings: PostingsBlocks, scorer: TermScorer?)] = []
  private var excluded: [PostingsBlocks] = []
  private var tests: [RangeTest] = []
  private var spans: DocumentSpans?
  private var phrase: PhraseCheck?

  /// nil where `matches` is of another form, or where a walk along its rarest term is shorter than one along all blocks.
  init?(_ matches: DocIterator) {
    var matches = matches
    if let filter = matches as? FilterIterator {
      for clause in filter.excluded {
        guard let term = clause as? TermIterator else { return nil }
        excluded.append(term.postings.list)
      }
      tests = filter.tests
      spans = filter.spans
      matches = filter.base
    }
    if let term = matches as? TermIterator {
      add(term)
    } else if let all = matches as? AndIterator {
      for part in all.inOrder {
        guard let term = part as? TermIterator else { return nil }
        add(term)
      }
    } else if let any = matches as? OrIterator {
      form = .any
      for part in any.parts where part.cost > 0 {
        guard let term = part as? TermIterator else { return nil }
        add(term)
      }
    } else if let words = matches as? PhraseIterator, let scorer = words.scorer {
      form = .phrase
      phrase = PhraseCheck(words.parts)
      for part in words.parts { terms.append((part.postings.list, scorer)) }
    } else {
      return nil
    }
    guard !terms.isEmpty else { return nil }
    if form != .any {
      let blocks = terms.reduce(0) { $0 + $1.postings.full }
      let rarest = terms.reduce(Int.max) { min($0, $1.postings.count) }
      if rarest * Self.steps < blocks { return nil }
    }
  }

  /// Blocks that are bounded in the time of one step along a list.
  private static let steps = 16

  private mutating func add(_ term: TermIterator) { terms.append((term.postings.list, term.scorer)) }

  /// The search of one segment. - Throws: `SegmentError`.
  func search(_ lengths: consuming LengthBytes) throws -> RunSearch {
    var lists: [RankedList] = []
    for term in terms {
      lists.append(try RankedList(term.postings, scorer: term.scorer))
    }
    var without: [RankedList] = []
    for postings in excluded {
      without.append(try RankedList(postings, scorer: nil))
    }
    let kind: RunSearch.Kind =
      switch form {
      case .any: .any
      case .all: terms.count == 1 ? .any : .all
      case .phrase: .phrase
      }
    return RunSearch(lists, kind, phrase, excluded: without, tests: tests, spans: spans, lengths: lengths)
  }
}
