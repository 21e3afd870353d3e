internal import Commits
public import QueryGrammar
internal import SearchIndex

/// A line of the tree of a query, with what its clause matches and costs by itself.
public struct ExplainedClause: Sendable {
  /// What it costs, by the dearest thing that it looks at.
  public enum Look: Sendable {
    /// Entries of lists of documents.
    case lists
    /// Numbers of documents, from columns.
    case columns
    /// Stored records, which are read and analysed.
    case records
  }

  /// Levels below the root.
  public var depth: Int
  /// The clause, as in `QueryNode.outline`.
  public var text: String
  /// Tweets that match it.
  public var tweets: Int
  /// Whether `tweets` is reckoned from the newest ones, since too many records would have to be read.
  public var isEstimate: Bool
  /// Documents that it looks at, at most; in an AND fewer.
  public var documents: Int
  /// What of them.
  public var look: Look
}

extension Searcher {
  /// How many records a count may read before it becomes an estimate: about a tenth of a second.
  static let recordsOfExplanation = 20_000

  /// The time that `within_time:` is measured from, in ms since 1970. Where none is set it is the time of the newest
  /// tweet searched: the one with the greatest id.
  public var now: Int64? {
    get { compiler.givenNow }
    set { compiler.givenNow = newValue }
  }

  /// The tree, clause by clause. - Complexity: a count for each clause, which reads at most 20,000 records.
  public func explain(_ query: QueryNode) throws -> [ExplainedClause] {
    var lines: [ExplainedClause] = []
    defer { compiler.records.allow(.max) }
    for line in query.outlineLines {
      compiler.records.allow(Self.recordsOfExplanation)
      let counted = try tweets(line.node)
      let look: ExplainedClause.Look =
        switch line.node.takes {
        case .lists: .lists
        case .columns: .columns
        case .records: .records
        }
      lines.append(
        ExplainedClause(
          depth: line.depth, text: line.text, tweets: counted.tweets, isEstimate: counted.isEstimate,
          documents: counted.documents, look: look))
    }
    return lines
  }

  /// How many match; nil where more records would have to be read than an explanation may.
  func affordableCount(_ node: QueryNode) throws -> Int? {
    defer { compiler.records.allow(.max) }
    compiler.records.allow(Self.recordsOfExplanation)
    let counted = try tweets(node)
    return counted.isEstimate ? nil : counted.tweets
  }

  // How many match, exactly or by the part of the documents that could be looked at.
  private func tweets(_ node: QueryNode) throws -> (tweets: Int, isEstimate: Bool, documents: Int) {
    var found = 0
    var documents = 0
    var walked = 0
    var estimate: Int?
    for (folder, _, live) in segments {
      let matches = try compiler.iterator(node, live.segment, scores: false)
      documents += min(matches.cost, live.segment.documentCount)
      if estimate != nil { continue }
      try matches.next()
      // A budget that is spent shows in documents behind the one it stopped at.
      while matches.document < compiler.records.stoppedAt, matches.document != DocIterator.end {
        if live.isLive(matches.document), try isShown(folder, live.segment, matches.document) { found += 1 }
        try matches.next()
      }
      if compiler.records.stoppedAt == Int.max {
        walked += live.segment.documentCount
      } else {
        walked += compiler.records.stoppedAt
        let all = segments.reduce(0) { $0 + $1.reader.segment.documentCount }
        estimate = Int((Double(found) * Double(all) / Double(max(walked, 1))).rounded())
      }
    }
    return (estimate ?? found, estimate != nil, documents)
  }
}
