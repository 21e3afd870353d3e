/// The pieces of a query.
struct QueryToken: Equatable {
  enum Kind: Equatable {
    case open, close, minus, or, and
    /// A run of characters without quotes.
    case word(String)
    /// What stood in quotes.
    case quoted(String)
    /// `name:value`; the value may have been in quotes or brackets.
    case operation(String, String, valueColumn: Int, isQuoted: Bool)
  }
  var kind: Kind
  /// From 1, in characters.
  var column: Int
}

/// Cuts a query into tokens. - Complexity: O(n).
struct QueryLexer {
  private let text: [Character]
  private var index = 0

  init(_ query: String) { text = Array(query) }

  /// All tokens. - Throws: `QueryError` for quotes or brackets that do not end.
  static func tokens(_ query: String) throws(QueryError) -> [QueryToken] {
    var lexer = QueryLexer(query)
    var tokens: [QueryToken] = []
    while let token = try lexer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() throws(QueryError) -> QueryToken? {
    while index < text.count, text[index].isWhitespace { index += 1 }
    guard index < text.count else { return nil }
    let column = index + 1
    switch text[index] {
    case "(":
      index += 1
      return QueryToken(kind: .open, column: column)
    case ")":
      index += 1
      return QueryToken(kind: .close, column: column)
    case "-" where index + 1 < text.count && !text[index + 1].isWhitespace:
      index += 1
      return QueryToken(kind: .minus, column: column)
    case "\"", "“", "”":
      return QueryToken(kind: .quoted(try quoted()), column: column)
    default: break
    }
    if let name = operatorName() {
      index += name.count + 1
      let valueColumn = index + 1
      if index < text.count, text[index] == "\"" {
        return QueryToken(
          kind: .operation(name, try quoted(), valueColumn: valueColumn, isQuoted: true), column: column)
      }
      if index < text.count, text[index] == "[" {
        return QueryToken(
          kind: .operation(name, try bracketed(), valueColumn: valueColumn, isQuoted: false), column: column)
      }
      return QueryToken(
        kind: .operation(name, word(), valueColumn: valueColumn, isQuoted: false), column: column)
    }
    let word = word()
    switch word {
    case "OR": return QueryToken(kind: .or, column: column)
    case "AND": return QueryToken(kind: .and, column: column)
    default: return QueryToken(kind: .word(word), column: column)
    }
  }

  // Letters and underscores before a colon; `http:` and `https:` begin an address.
  private func operatorName() -> String? {
    var end = index
    while end < text.count, text[end].isASCII, text[end].isLetter || text[end] == "_" { end += 1 }
    guard end > index, end < text.count, text[end] == ":" else { return nil }
    let name = String(text[index..<end]).lowercased()
    return name == "http" || name == "https" ? nil : name
  }

  private mutating func word() -> String {
    let start = index
    while index < text.count, !text[index].isWhitespace, text[index] != "(", text[index] != ")",
      text[index] != "\""
    {
      index += 1
    }
    return String(text[start..<index])
  }

  private mutating func quoted() throws(QueryError) -> String {
    let start = index
    index += 1
    while index < text.count, text[index] != "\"", text[index] != "“", text[index] != "”" { index += 1 }
    guard index < text.count else {
      throw QueryError(start + 1, "a quote that does not end", hint: "add a closing \"")
    }
    index += 1
    return String(text[start + 1..<index - 1])
  }

  private mutating func bracketed() throws(QueryError) -> String {
    let start = index
    while index < text.count, text[index] != "]" { index += 1 }
    guard index < text.count else {
      throw QueryError(start + 1, "a bracket that does not end", hint: "add a closing ]")
    }
    index += 1
    return String(text[start + 1..<index - 1])
  }
}
