internal import Records
public import YAML

/// The YAML of `--rules`: every key known, every value of the right kind, every fault gathered.
///
/// ```yaml
/// deny:
///   - term: "#follow*"         # as one would search for it; * stands for any characters; or a list
///     kind: hashtag            # or a list
///     place: country:TR        # or a list; * as in term
///     from: 2014-01-01         # windows that share a moment with [from, until)
///     until: 2015-01-01
///     reason: follow trains    # required; the others are all optional, but one must be there
/// allow:
///   - { term: "#followfriday", reason: a custom }
/// ```
extension TrendRules {
  /// Bytes that a file may have.
  public static let maximumFileSize = YAMLDocument.maximumSize

  /// Reads the bytes of a file. - Throws: `Faults` with all that is wrong.
  public init(yaml bytes: [UInt8]) throws(Faults) {
    var file = TrendRuleFile()
    do throws(Fault) { try file.read(bytes) } catch { throw Faults(file.faults + [error]) }
    if !file.faults.isEmpty { throw Faults(file.faults) }
    self.init(file.rules)
  }
}

private struct TrendRuleFile: ~Copyable {
  private static let document = YAMLDocument(
    name: "list of rules", beginning: "deny: or allow:",
    insteadOfAlias: "write the value out, and quote a text that begins with * or &")
  private static let lists = ["deny", "allow"]
  private static let keys = ["term", "kind", "place", "from", "until", "reason"]
  /// An unquoted # begins a comment, so that what was written is not there.
  private static let quoting = "quote it: \"#tag\""

  private(set) var rules: [TrendRule] = []
  private var reader = NodeReader()
  private var folder = TermFolder()
  var faults: [Fault] { reader.faults }

  mutating func read(_ bytes: [UInt8]) throws(Fault) {
    let root = try Self.document.parse(bytes)
    guard case .mapping(let entries) = root.value else {
      throw Fault(root.mark, expected: "a map with deny and allow", found: root.kind)
    }
    if entries.isEmpty {
      reader.add(Fault(root.mark, expected: "the key deny or allow", found: "none"))
    }
    for entry in entries {
      guard Self.lists.contains(entry.key) else {
        reader.unknown(entry, Self.lists)
        continue
      }
      switch entry.value.value {
      case .sequence(let items): for item in items { read(item, isAllowed: entry.key == "allow") }
      case .scalar(let scalar) where scalar.isNothing: continue
      default: reader.fault(entry.value, "a list of rules")
      }
    }
  }

  private mutating func read(_ node: YAMLNode, isAllowed: Bool) {
    guard case .mapping(let entries) = node.value else {
      return reader.fault(node, "a map such as { term: \"#tag\", reason: why }", hint: Self.hint(node))
    }
    var rule = TrendRule(isAllowed: isAllowed, line: node.mark.line)
    var terms: [YAMLNode] = []
    for entry in entries {
      switch entry.key {
      case "term": terms = Self.items(entry.value)
      case "kind": for item in Self.items(entry.value) { readKind(item, &rule) }
      case "place": for item in Self.items(entry.value) { readPlace(item, &rule) }
      case "from": rule.from = time(entry.value) ?? rule.from
      case "until": rule.until = time(entry.value) ?? rule.until
      case "reason": rule.reason = Array(words(entry.value, "a reason").utf8)
      default: reader.unknown(entry, Self.keys)
      }
      if case .sequence(let items) = entry.value.value, items.isEmpty {
        reader.fault(entry.value, "at least one \(entry.key)", found: "an empty list")
      }
    }
    // Behind the kinds, which they have to fit.
    for term in terms { readTerm(term, &rule) }
    check(entries, node.mark, rule)
    rules.append(rule)
  }

  private mutating func check(_ entries: [YAMLEntry], _ mark: Mark, _ rule: TrendRule) {
    let keys = entries.map(\.key)
    if !keys.contains("reason") {
      reader.add(
        Fault(mark, expected: "the key reason in the rule", found: "none", hint: "it is kept in the output"))
    }
    if !keys.contains(where: { $0 != "reason" && Self.keys.contains($0) }) {
      reader.add(
        Fault(mark, expected: "term, kind, place, from or until in the rule", found: "none of them"))
    }
    if rule.from >= rule.until, let until = entries.first(where: { $0.key == "until" }) {
      reader.fault(until.value, "a time after from")
    }
  }

  // MARK: Values

  // A list, or one value in its place.
  private static func items(_ node: YAMLNode) -> [YAMLNode] {
    if case .sequence(let items) = node.value { return items }
    return [node]
  }

  private static func hint(_ node: YAMLNode) -> String? {
    if case .scalar(let scalar) = node.value, scalar.isNothing { return quoting }
    return nil
  }

  private mutating func readTerm(_ node: YAMLNode, _ rule: inout TrendRule) {
    let text = words(node, "a term", hint: Self.hint(node))
    if text.isEmpty { return }
    let parts = text.split(separator: "*", omittingEmptySubsequences: false).map { folder.fold(String($0)) }
    let folded = parts.flatMap { $0 }
    if folded.isEmpty {
      let isStar = parts.count > 1
      return reader.fault(
        node, isStar ? "a term with more than *" : "a term of which folding leaves something",
        hint: isStar ? "for all terms leave term out" : nil)
    }
    if parts.count == 1, folded.count == 1, "#$@".utf8.contains(folded[0]) {
      return reader.fault(
        node, "a term with more than its sign", hint: "for all of a sort write kind: hashtag")
    }
    let pattern = StarPattern(parts: parts)
    checkSign(pattern, node, rule.kinds)
    rule.terms.append(pattern)
  }

  // A tag without its sign would meet nothing for ever.
  private mutating func checkSign(_ pattern: StarPattern, _ node: YAMLNode, _ kinds: Set<TrendKind>) {
    let signs = kinds.compactMap(\.sign).sorted()
    if signs.isEmpty || signs.count < kinds.count { return }
    let beginning = pattern.beginning
    let fits = signs.contains { sign in
      beginning.starts(with: sign.utf8) || pattern.whole == nil && sign.utf8.starts(with: beginning)
    }
    if fits { return }
    reader.fault(
      node, "a term that begins with \(signs.joined(separator: " or ")), as those of its kind do",
      hint: "terms are written as one would search for them")
  }

  private mutating func readKind(_ node: YAMLNode, _ rule: inout TrendRule) {
    let name = reader.text(node, "a kind").text
    if name.isEmpty { return }
    if let kind = TrendKind.allCases.first(where: { $0.name == name }) {
      rule.kinds.insert(kind)
    } else {
      let names = TrendKind.allCases.map(\.name)
      reader.fault(
        node, "one of \(names.joined(separator: ", "))", hint: Suggestion.near(name, names))
    }
  }

  private mutating func readPlace(_ node: YAMLNode, _ rule: inout TrendRule) {
    let text = reader.text(node, "a place").text
    if text.isEmpty { return }
    let lower = TrendRule.lower(Array(text.utf8))
    let level = lower.prefix { $0 != UInt8(ascii: ":") }
    let known = TrendLevel.allCases.contains { $0.name.utf8.elementsEqual(level) }
    let isWorld = level.elementsEqual("world".utf8)
    guard known, isWorld == (level.count == lower.count), level.count + 1 != lower.count else {
      let near = Suggestion.near(String(decoding: level, as: UTF8.self), TrendLevel.allCases.map(\.name))
      return reader.fault(
        node, "world, country:XX, place:ID or lang:xx", hint: known ? nil : near)
    }
    rule.places.append(
      StarPattern(
        parts: lower.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)))
  }

  private mutating func time(_ node: YAMLNode) -> Int64? {
    let expected = "a time such as 2014-01-01T00:00Z"
    let text = reader.text(node, expected).text
    if text.isEmpty { return nil }
    let bytes = Array(text.utf8)
    if let time = Timestamp.parse(bytes.span) { return time }
    reader.fault(node, expected)
    return nil
  }

  // Words with one space between them: blocks of YAML end with a newline, which neither a term nor a reason has.
  private mutating func words(_ node: YAMLNode, _ expected: String, hint: String? = nil) -> String {
    let text = reader.text(node, expected, hint: hint).text
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.isEmpty && !text.isEmpty { reader.fault(node, expected) }
    return words
  }
}

extension TrendKind {
  /// What all its terms begin with; nil where they have no sign.
  fileprivate var sign: String? {
    switch self {
    case .hashtag: "#"
    case .cashtag: "$"
    case .mention: "@"
    case .url: "url:"
    case .term, .phrase, .emoji: nil
    }
  }
}
