extension QueryNode {
  /// The tree as indented lines: how the query was understood.
  public var outline: String {
    outlineLines.map { String(repeating: "  ", count: $0.depth) + $0.text + "\n" }.joined()
  }

  /// The outline's lines, each with its depth and its part of the tree, in order.
  public var outlineLines: [(depth: Int, text: String, node: QueryNode)] {
    var lines: [(depth: Int, text: String, node: QueryNode)] = []
    func add(_ node: QueryNode, _ depth: Int) {
      lines.append((depth, node.title, node))
      switch node {
      case .and(let parts), .or(let parts): for part in parts { add(part, depth + 1) }
      case .not(let inner): add(inner, depth + 1)
      default: break
      }
    }
    add(self, 0)
    return lines
  }

  private var title: String {
    switch self {
    case .word(let text, _): "word \(text)"
    case .phrase(let text, let slop, _): "phrase \"\(text)\"" + (slop > 0 ? " within \(slop) moves" : "")
    case .prefix(let text, _): "prefix \(text)*"
    case .field(let field, let value, _): "\(field.rawValue) = \(value)"
    case .fieldID(let field, let id, _): "\(field.rawValue) = \(id)"
    case .account(let role, let name, _): "\(role.rawValue) = \(name)"
    case .words(let field, let value, _): "\(field.rawValue) has the words \(value)"
    case .substring(let field, let value, _): "\(field.rawValue) contains \"\(value)\""
    case .property(let property, _): "has \(property.rawValue)"
    case .range(let field, let range, _): "\(field.rawValue) \(Self.bounds(field, range))"
    case .area(.circle(let longitude, let latitude, let kilometres), _):
      "point within \(kilometres) km of \(longitude) E, \(latitude) N"
    case .area(.near(let longitude, let latitude, _), _): "point near \(longitude) E, \(latitude) N"
    case .area(.box(let west, let south, let east, let north), _):
      "point from \(west) E to \(east) E, \(south) N to \(north) N"
    case .within(let length, _): "time in the last \(length / 1000) s"
    case .sample(let percent, _): "\(percent) % of the ids"
    case .and: "all of"
    case .or: "any of"
    case .not: "not"
    case .all: "every tweet"
    }
  }

  private static func bounds(_ field: NumberField, _ range: ClosedRange<Int64>) -> String {
    let low = range.lowerBound == .min ? "" : "\(range.lowerBound)"
    let high = range.upperBound == .max ? "" : "\(range.upperBound)"
    return low + ".." + high
  }

  /// The words to mark in a text: those of clauses that are not negated.
  public var words: [String] {
    func split(_ text: String) -> [String] {
      text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    }
    switch self {
    case .word(let text, _), .phrase(let text, _, _), .prefix(let text, _): return split(text)
    case .substring(.text, let text, _): return split(text)
    case .field(let field, let value, _):
      return field == .hashtag || field == .mention || field == .cashtag ? split(value) : []
    case .and(let parts), .or(let parts): return parts.flatMap(\.words)
    default: return []
    }
  }
}
