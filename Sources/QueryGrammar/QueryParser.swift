/// Reads the query grammar: AND (a space) binds tighter than OR, `-` negates what follows it.
///
///     query   = clauses { "OR" clauses }
///     clauses = clause { ["AND"] clause }
///     clause  = {"-" | "+"} ( "(" query ")" | word | "phrase" ["~" n] | pre* | :) | :( | ? | name:value )
///
/// An AND in an AND, and an OR in an OR, become one.
public struct QueryParser {
  private let tokens: [QueryToken]
  private let end: Int
  private var index = 0
  private var depth = 0

  /// Deeper nesting is an error: the tree is walked by recursion.
  static let maximumDepth = 200
  /// More clauses than anyone writes; a bound on work.
  static let maximumClauses = 100_000
  /// A longer word, phrase or value is found in no tweet.
  static let maximumBytes = 4096

  /// The tree of `query`. - Throws: `QueryError` with column and hint. - Complexity: O(n).
  public static func parse(_ query: String) throws(QueryError) -> QueryNode {
    try refuseBroken(query)
    let tokens = try QueryLexer.tokens(query, limit: maximumClauses)
    guard !tokens.isEmpty else {
      throw QueryError(1, "an empty query", hint: "write a word, or from:someone")
    }
    var parser = QueryParser(tokens: tokens, end: query.count + 1)
    let tree = try parser.alternatives()
    if let rest = parser.peek {
      throw QueryError(rest.column, "a closing parenthesis without an opening one", hint: "remove it")
    }
    return tree.settled
  }

  // What is no UTF-8 reaches us as U+FFFD; no text is searched for it.
  private static func refuseBroken(_ query: String) throws(QueryError) {
    guard query.utf8.contains(0xEF), query.unicodeScalars.contains("\u{FFFD}") else { return }
    let before = query.prefix { !$0.unicodeScalars.contains("\u{FFFD}") }
    throw QueryError(
      before.count + 1, "a byte that is not UTF-8", hint: "give the query in UTF-8; see the locale's LANG")
  }

  private init(tokens: [QueryToken], end: Int) {
    self.tokens = tokens
    self.end = end
  }

  private var peek: QueryToken? { index < tokens.count ? tokens[index] : nil }

  private mutating func alternatives() throws(QueryError) -> QueryNode {
    var parts = [try clauses()]
    while let token = peek, token.kind == .or {
      index += 1
      parts.append(try clauses())
    }
    if parts.count == 1 { return parts[0] }
    return .or(
      parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
  }

  private mutating func clauses() throws(QueryError) -> QueryNode {
    var parts: [QueryNode] = []
    var radius: NearRadius?
    loop: while let token = peek {
      switch token.kind {
      case .or, .close: break loop
      case .and:
        index += 1
        if parts.isEmpty { throw QueryError(token.column, "AND without a clause before it") }
        if peek == nil || peek?.kind == .or || peek?.kind == .close {
          throw QueryError(token.column, "AND without a clause behind it")
        }
      case .operation("within", let value, let valueColumn, _):
        index += 1
        radius = NearRadius(
          kilometres: try GeoReader.radius(value, valueColumn), column: token.column)
      default: parts.append(try clause())
      }
    }
    if let radius { parts = try radius.applied(to: parts) }
    guard !parts.isEmpty else {
      throw QueryError(peek?.column ?? end, "expected a clause, found \(shown(peek))")
    }
    if parts.count == 1 { return parts[0] }
    return .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
  }

  private func shown(_ token: QueryToken?) -> String {
    switch token?.kind {
    case nil: "the end"
    case .or: "OR"
    case .and: "AND"
    default: "\")\""
    }
  }

  private mutating func clause() throws(QueryError) -> QueryNode {
    guard let token = peek else { throw QueryError(end, "expected a clause, found the end") }
    index += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw QueryError(
        token.column, "nested deeper than \(Self.maximumDepth)", hint: "leave out parentheses")
    }
    try checkLength(token)
    switch token.kind {
    case .minus: return .not(try clause())
    case .plus: return try clause()
    case .open:
      let inner = try alternatives()
      guard peek?.kind == .close else {
        throw QueryError(token.column, "a parenthesis that does not end", hint: "add a closing )")
      }
      index += 1
      return inner
    case .word(let word): return try Self.word(word, token.column)
    case .quoted(let words, let slop): return .phrase(words, slop: slop, column: token.column)
    case .sign(let sign): return .property(sign, column: token.column)
    case .operation("within", _, _, _):
      throw QueryError(
        token.column, "within: stands alone", hint: "write near:52.5,13.4 within:10km")
    case .operation(let name, let value, let valueColumn, let style):
      return try QueryOperators.node(
        name, OperatorValue(text: value, column: valueColumn, style: style), column: token.column)
    case .close, .or, .and: throw QueryError(token.column, "expected a clause, found \(shown(token))")
    }
  }

  private func checkLength(_ token: QueryToken) throws(QueryError) {
    let bytes =
      switch token.kind {
      case .word(let text), .quoted(let text, _), .operation(_, let text, _, _): text.utf8.count
      default: 0
      }
    if bytes <= Self.maximumBytes { return }
    throw QueryError(
      token.column, "a clause of \(bytes) bytes, at most \(Self.maximumBytes) can be answered",
      hint: "no tweet has such a text; cut it")
  }

  private static func word(_ word: String, _ column: Int) throws(QueryError) -> QueryNode {
    var scalars = Substring(word).unicodeScalars
    if word == "*" { return .all }
    if scalars.count > 1, scalars.first == "*" || scalars.last == "*" {
      let stem = scalars.dropLast()
      guard scalars.last == "*", !stem.contains("*") else {
        throw QueryError(
          column, "a wildcard that does not end a word", hint: "write pre*, or quote the word")
      }
      return .prefix(String(Substring(stem)), column: column)
    }
    guard scalars.count > 1 else { return .word(word, column: column) }
    let sign = scalars.removeFirst()
    let rest = String(Substring(scalars))
    switch sign {
    case "#", "＃": return .field(.hashtag, rest, column: column)
    case "@", "＠": return .field(.mention, rest, column: column)
    case "$" where scalars.first?.properties.isAlphabetic == true,
      "＄" where scalars.first?.properties.isAlphabetic == true:
      return .field(.cashtag, rest, column: column)
    default: return .word(word, column: column)
    }
  }
}

/// The radius that `within:` gives to `near:` of the same clauses.
private struct NearRadius {
  let kilometres: Double
  let column: Int

  func applied(to parts: [QueryNode]) throws(QueryError) -> [QueryNode] {
    var isUsed = false
    func applied(_ node: QueryNode) -> QueryNode {
      switch node {
      case .area(.near(let longitude, let latitude, nil), let column):
        isUsed = true
        return .area(.near(longitude: longitude, latitude: latitude, kilometres: kilometres), column: column)
      case .not(let inner): return .not(applied(inner))
      case .or(let parts): return .or(parts.map(applied))
      case .and(let parts): return .and(parts.map(applied))
      default: return node
      }
    }
    let changed = parts.map(applied)
    if isUsed { return changed }
    throw QueryError(
      column, "within: without a near: beside it",
      hint: "write near:52.5,13.4 within:10km; a time is within_time:2d")
  }
}

extension QueryNode {
  /// The tree with every `near:` as a circle.
  fileprivate var settled: QueryNode {
    switch self {
    case .area(.near(let longitude, let latitude, let kilometres), let column):
      .area(
        .circle(
          longitude: longitude, latitude: latitude, kilometres: kilometres ?? GeoReader.radiusOfNear),
        column: column)
    case .not(let inner): .not(inner.settled)
    case .or(let parts): .or(parts.map(\.settled))
    case .and(let parts): .and(parts.map(\.settled))
    default: self
    }
  }
}
