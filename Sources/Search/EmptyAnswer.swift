public import QueryGrammar

extension Searcher {
  /// Why nothing matches an AND: the clauses that match nothing by themselves, else each clause without which something
  /// would match, with how many. Empty for other queries. - Complexity: a count for each clause.
  public func reasonsForNoHit(_ query: QueryNode) throws -> [String] {
    guard case .and(let clauses) = query else { return [] }
    var reasons: [String] = []
    for clause in clauses where try affordableCount(clause) == 0 {
      reasons.append("nothing matches \(clause.inOneLine)")
    }
    if !reasons.isEmpty { return reasons }
    for place in clauses.indices {
      var others = clauses
      let left = others.remove(at: place)
      if let found = try affordableCount(others.count == 1 ? others[0] : .and(others)), found > 0 {
        reasons.append("without \(left.inOneLine): \(found)")
      }
    }
    return reasons
  }
}

extension QueryNode {
  /// The outline in one line.
  var inOneLine: String {
    outline.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }
}
