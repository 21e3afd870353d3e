internal import SearchIndex

/// Reads the query grammar: AND (a space) binds tighter than OR, `-` negates what follows it.
///
///     query   = clauses { "OR" clauses }
///     clauses = clause { ["AND"] clause }
///     clause  = "-" clause | "(" query ")" | word | "phrase" | pre* | name:value
public struct QueryParser {
  private let tokens: [QueryToken]
  private let end: Int
  private var index = 0
  private var depth = 0

  /// Deeper nesting is an error: the tree is walked by recursion.
  static let maximumDepth = 200
  /// More clauses than anyone writes; a bound on work.
  static let maximumClauses = 100_000

  /// The tree of `query`. - Throws: `QueryError` with column and hint.
  public static func parse(_ query: String) throws(QueryError) -> QueryNode {
    let tokens = try QueryLexer.tokens(query)
    guard tokens.count <= maximumClauses else {
      throw QueryError(tokens[maximumClauses].column, "more than \(maximumClauses) clauses")
    }
    guard !tokens.isEmpty else {
      throw QueryError(1, "an empty query", hint: "write a word, or from:someone")
    }
    var parser = QueryParser(tokens: tokens, end: query.count + 1)
    let tree = try parser.alternatives()
    if let rest = parser.peek {
      throw QueryError(rest.column, "a closing parenthesis without an opening one", hint: "remove it")
    }
    return tree
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
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func clauses() throws(QueryError) -> QueryNode {
    var parts: [QueryNode] = []
    loop: while let token = peek {
      switch token.kind {
      case .or, .close: break loop
      case .and:
        index += 1
        if parts.isEmpty { throw QueryError(token.column, "AND without a clause before it") }
        if peek == nil || peek?.kind == .or || peek?.kind == .close {
          throw QueryError(token.column, "AND without a clause behind it")
        }
      default: parts.append(try clause())
      }
    }
    guard !parts.isEmpty else {
      let column = peek?.column ?? end
      throw QueryError(column, "expected a clause, found \(peek == nil ? "the end" : shown(peek))")
    }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private func shown(_ token: QueryToken?) -> String {
    switch token?.kind {
    case .or: "OR"
    case .close: "\")\""
    default: "something else"
    }
  }

  private mutating func clause() throws(QueryError) -> QueryNode {
    guard let token = peek else { throw QueryError(end, "expected a clause, found the end") }
    index += 1
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw QueryError(token.column, "nested deeper than \(Self.maximumDepth)")
    }
    switch token.kind {
    case .minus: return .not(try clause())
    case .open:
      let inner = try alternatives()
      guard peek?.kind == .close else {
        throw QueryError(token.column, "a parenthesis that does not end", hint: "add a closing )")
      }
      index += 1
      return inner
    case .word(let word): return try Self.word(word, token.column)
    case .quoted(let words): return .phrase(words, column: token.column)
    case .operation(let name, let value, let valueColumn, let isQuoted):
      return try QueryOperators.node(
        name, value, column: token.column, valueColumn: valueColumn, isQuoted: isQuoted)
    case .close, .or, .and: throw QueryError(token.column, "expected a clause, found \(shown(token))")
    }
  }

  private static func word(_ word: String, _ column: Int) throws(QueryError) -> QueryNode {
    if word == "*" { return .all }
    if word.hasSuffix("*"), word.count > 1 {
      let stem = String(word.dropLast())
      guard !stem.contains("*") else {
        throw QueryError(column, "a wildcard inside a word", hint: "write pre*")
      }
      return .prefix(stem, column: column)
    }
    guard let first = word.unicodeScalars.first, word.unicodeScalars.count > 1 else {
      return .word(word, column: column)
    }
    let rest = String(word.dropFirst())
    switch first {
    case "#", "＃": return .field(.hashtag, rest, column: column)
    case "@", "＠": return .field(.mention, rest, column: column)
    case "$", "＄":
      return rest.first?.isLetter == true
        ? .field(.cashtag, rest, column: column) : .word(word, column: column)
    default: return .word(word, column: column)
    }
  }
}
