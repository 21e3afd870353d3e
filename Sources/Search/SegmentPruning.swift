internal import Commits
public import QueryGrammar
internal import SearchIndex

/// What a segment that cannot match was known by.
public enum SkipReason: String, CaseIterable, Sendable {
  /// Bounds of times or ids that none of its tweets lie in; an author or a language that none of them has.
  case time, id, user, lang
}

/// How many segments a search passes over.
public struct SkippedSegments: Sendable {
  /// All that are searched.
  public var segments = 0
  /// The reasons that hold somewhere, and in how many segments, in the order of `SkipReason`.
  public var reasons: [(reason: SkipReason, count: Int)] = []

  /// Passed over, whatever the reason.
  public var count: Int { reasons.reduce(0) { $0 + $1.count } }

  /// Such as `3 of 5 segments skipped: 2 by time, 1 by user`.
  public var text: String {
    let told = "\(count) of \(segments) segments skipped"
    if count == 0 { return told }
    return told + ": " + reasons.map { "\($0.count) by \($0.reason.rawValue)" }.joined(separator: ", ")
  }
}

extension QueryCompiler {
  /// Why no tweet of `segment` matches, as far as its header and one look at its dictionary tell; nil where one may.
  ///
  /// Scores stay what they are: statistics are summed over all segments before.
  func skipReason(_ node: QueryNode, _ segment: Segment) throws -> SkipReason? {
    let header = segment.header
    switch node {
    case .and(let parts):
      for part in parts {
        if let reason = try skipReason(part, segment) { return reason }
      }
      return nil
    case .or(let parts):
      // Each for a reason of its own: the first is told.
      let reasons = try parts.map { try skipReason($0, segment) }
      return reasons.contains(nil) ? nil : reasons.first ?? nil
    case .range(.time, let range, _):
      return range.overlaps(header.leastTime...max(header.leastTime, header.greatestTime)) ? nil : .time
    case .within(let length, _):
      let now = try now()
      return try skipReason(.range(.time, (now - length)...now, column: 0), segment)
    case .range(.id, let range, _):
      let least = Int64(clamping: header.leastID)
      return range.overlaps(least...max(least, Int64(clamping: header.greatestID))) ? nil : .id
    case .account(.author, _, _), .fieldID(.authorID, _, _):
      return try iterator(node, segment, scores: false).cost == 0 ? .user : nil
    case .field(.language, _, _):
      return try iterator(node, segment, scores: false).cost == 0 ? .lang : nil
    default: return nil
    }
  }
}

extension Searcher {
  /// The segments that a search for `query` passes over, and why: for `--verbose`.
  public func skippedSegments(_ query: QueryNode) throws -> SkippedSegments {
    var skipped = SkippedSegments(segments: segments.count)
    let reasons = try segments.map { try compiler.skipReason(query, $0.reader.segment) }
    for reason in SkipReason.allCases where reasons.contains(reason) {
      skipped.reasons.append((reason, reasons.count { $0 == reason }))
    }
    return skipped
  }

  /// Whether a segment cannot match.
  func skips(_ query: QueryNode, _ place: Place) throws -> Bool {
    guard prunesSegments else { return false }
    return try compiler.skipReason(query, place.reader.segment) != nil
  }
}
