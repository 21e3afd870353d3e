/// A text of a file and where it stands.
public struct Located: Sendable {
  /// What it says.
  public let text: String
  /// Where it begins.
  public let mark: Mark
  /// Where its first code point is, when each of them is one column of the file.
  public let contentColumn: Int?

  /// A text at a place.
  public init(text: String, mark: Mark, contentColumn: Int? = nil) {
    self.text = text
    self.mark = mark
    self.contentColumn = contentColumn
  }

  /// The place of a code point of the text.
  public func mark(at offset: Int) -> Mark {
    contentColumn.map { Mark(line: mark.line, column: $0 + offset) } ?? mark
  }
}

/// Takes values out of nodes and gathers what is wrong with them: one look at a file names all its faults.
public struct NodeReader: Sendable {
  /// In the order in which they were met.
  public private(set) var faults: [Fault] = []

  /// Without faults.
  public init() {}

  /// Gathers a fault.
  public mutating func add(_ fault: Fault) { faults.append(fault) }

  /// Gathers a fault: `node` is not what is expected.
  public mutating func fault(_ node: YAMLNode, _ expected: String, found: String? = nil, hint: String? = nil)
  {
    add(Fault(node.mark, expected: expected, found: found ?? node.kind, hint: hint))
  }

  /// Gathers a fault: a map has a key that is none of `known`.
  public mutating func unknown(_ entry: YAMLEntry, _ known: [String]) {
    add(
      Fault(
        entry.keyMark, expected: "one of \(known.joined(separator: ", "))", found: Fault.shown(entry.key),
        hint: Suggestion.near(entry.key, known)))
  }

  /// The text of a node; empty, with a fault, where it has none.
  public mutating func text(
    _ node: YAMLNode, _ expected: String, mayBeEmpty: Bool = false, hint: String? = nil
  ) -> Located {
    guard case .scalar(let scalar) = node.value, mayBeEmpty || !scalar.isNothing && !scalar.text.isEmpty
    else {
      fault(node, expected, hint: hint)
      return Located(text: "", mark: node.mark)
    }
    return Located(
      text: scalar.isNothing ? "" : scalar.text, mark: node.mark, contentColumn: scalar.contentColumn)
  }
}
