/// The line of a table that names what rules of `trend-compute` have denied.
public enum DeniedTrends {
  /// The most terms that are named.
  private static let named = 5

  /// `3 denied by rules: #a, #b (follow trains), #c (spam)`, in the order given, terms of one reason together; nil
  /// without any.
  public static func text(_ denied: [(term: String, reason: String)]) -> String? {
    if denied.isEmpty { return nil }
    var groups: [(reason: String, terms: [String])] = []
    for item in denied.prefix(named) {
      if let known = groups.firstIndex(where: { $0.reason == item.reason }) {
        groups[known].terms.append(TerminalText.safe(item.term))
      } else {
        groups.append((item.reason, [TerminalText.safe(item.term)]))
      }
    }
    let parts = groups.map { "\($0.terms.joined(separator: ", ")) (\(TerminalText.safe($0.reason)))" }
    let more = denied.count - named
    return "\(denied.count) denied by rules: \(parts.joined(separator: ", "))"
      + (more > 0 ? " and \(more) more" : "")
  }
}
