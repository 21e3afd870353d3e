internal import SearchIndex

extension QueryNode {
  /// The tree as indented lines: how the query was understood.
  public var outline: String { outline(0) }

  private func outline(_ depth: Int) -> String {
    let margin = String(repeating: "  ", count: depth)
    func list(_ name: String, _ parts: [QueryNode]) -> String {
      margin + name + "\n" + parts.map { $0.outline(depth + 1) }.joined()
    }
    switch self {
    case .word(let text, _): return margin + "word \(text)\n"
    case .phrase(let text, _): return margin + "phrase \"\(text)\"\n"
    case .prefix(let text, _): return margin + "prefix \(text)*\n"
    case .field(let field, let value, _): return margin + "\(field) = \(value)\n"
    case .fieldID(let field, let id, _): return margin + "\(field) = \(id)\n"
    case .fieldWords(let fields, let value, _):
      return margin + fields.map { "\($0)" }.joined(separator: " or ") + " holds \(value)\n"
    case .flag(let flag, _): return margin + "has \(flag)\n"
    case .range(let field, let range, _):
      let low = range.lowerBound == .min ? "" : "\(range.lowerBound)"
      let high = range.upperBound == .max ? "" : "\(range.upperBound)"
      return margin + "\(field.rawValue) \(low)..\(high)\n"
    case .and(let parts): return list("all of", parts)
    case .or(let parts): return list("any of", parts)
    case .not(let inner): return list("not", [inner])
    case .all: return margin + "every tweet\n"
    }
  }

  /// The words to mark in a text: those of clauses that are not negated.
  public var words: [String] {
    func split(_ text: String) -> [String] {
      text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
    switch self {
    case .word(let text, _), .phrase(let text, _), .prefix(let text, _): return split(text)
    case .field(let field, let value, _):
      return field == .hashtag || field == .mention || field == .cashtag ? split(value) : []
    case .and(let parts), .or(let parts): return parts.flatMap(\.words)
    default: return []
    }
  }
}
