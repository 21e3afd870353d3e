/// The pieces of a query.
struct QueryToken: Equatable {
  /// How the value of an operator was written.
  enum Style: Equatable { case plain, quoted, bracketed }

  enum Kind: Equatable {
    case open, close, minus, plus, or, and
    /// A run of characters without quotes.
    case word(String)
    /// What stood in quotes, and the number behind `~`.
    case quoted(String, slop: Int)
    /// `:)`, `:(` and `?`.
    case sign(QueryProperty)
    /// `name:value`; the value may have been in quotes or brackets.
    case operation(String, String, valueColumn: Int, style: Style)
  }
  var kind: Kind
  /// From 1, in characters.
  var column: Int
}

/// Cuts a query into tokens, by code points: a sign counts whatever mark is put over it. - Complexity: O(n).
struct QueryLexer {
  private let text: [Unicode.Scalar]
  private let columns: QueryColumns
  private var index = 0

  /// How far apart the words of a phrase may be.
  static let greatestSlop = 100

  init(_ query: String) {
    text = Array(query.unicodeScalars)
    columns = QueryColumns(query, scalars: text.count)
  }

  /// The tokens, at most `limit`. - Throws: `QueryError` for quotes or brackets that do not end, and for more tokens.
  static func tokens(_ query: String, limit: Int = .max) throws(QueryError) -> [QueryToken] {
    var lexer = QueryLexer(query)
    var tokens: [QueryToken] = []
    while let token = try lexer.next() {
      if tokens.count == limit {
        throw QueryError(token.column, "more than \(limit) clauses", hint: "ask in several queries")
      }
      tokens.append(token)
    }
    return tokens
  }

  private func column(_ place: Int) -> Int { columns[place] }

  private func at(_ place: Int, _ sign: Unicode.Scalar) -> Bool { place < text.count && text[place] == sign }

  /// Whether a word could not go on at `place`.
  private func isBreak(_ place: Int) -> Bool {
    place >= text.count || Self.isSpace(text[place]) || text[place] == ")"
  }

  // Unicode's tables are asked for what is not ASCII alone: they took a sixth of the time of a short query.
  private static func isSpace(_ sign: Unicode.Scalar) -> Bool {
    sign.isASCII ? sign == " " || (9...13).contains(sign.value) : sign.properties.isWhitespace
  }

  private static func isQuote(_ sign: Unicode.Scalar) -> Bool { sign == "\"" || sign == "“" || sign == "”" }

  private mutating func next() throws(QueryError) -> QueryToken? {
    while index < text.count, Self.isSpace(text[index]) { index += 1 }
    guard index < text.count else { return nil }
    let start = column(index)
    func token(_ kind: QueryToken.Kind) -> QueryToken { QueryToken(kind: kind, column: start) }
    switch text[index] {
    case "(":
      index += 1
      return token(.open)
    case ")":
      index += 1
      return token(.close)
    case "-" where !isBreak(index + 1):
      index += 1
      return token(.minus)
    case "+" where !isBreak(index + 1):
      index += 1
      return token(.plus)
    case "?" where isBreak(index + 1) || at(index + 1, "(") || at(index + 1, "\""):
      index += 1
      return token(.sign(.question))
    case ":" where (at(index + 1, ")") || at(index + 1, "(")) && isBreak(index + 2):
      index += 2
      return token(.sign(text[index - 1] == ")" ? .positive : .negative))
    case let sign where Self.isQuote(sign):
      let words = try quoted()
      return token(.quoted(words, slop: try slop()))
    default: break
    }
    if let name = operatorName() { return token(try operation(name)) }
    let word = word()
    return token(word == "OR" ? .or : word == "AND" ? .and : .word(word))
  }

  // Letters and underscores before a colon; `http:` and `https:` begin an address.
  private func operatorName() -> String? {
    var end = index
    while end < text.count, Self.isName(text[end]) { end += 1 }
    guard end > index, at(end, ":") else { return nil }
    let name = string(index..<end).lowercased()
    return name == "http" || name == "https" ? nil : name
  }

  private static func isName(_ sign: Unicode.Scalar) -> Bool {
    sign == "_" || "a"..."z" ~= sign || "A"..."Z" ~= sign
  }

  private static func isDigit(_ sign: Unicode.Scalar) -> Bool { "0"..."9" ~= sign }

  private mutating func operation(_ name: String) throws(QueryError) -> QueryToken.Kind {
    index += name.unicodeScalars.count + 1
    let valueColumn = column(index)
    if index < text.count, Self.isQuote(text[index]) {
      return .operation(name, try quoted(), valueColumn: valueColumn, style: .quoted)
    }
    if at(index, "[") {
      return .operation(name, try bracketed(), valueColumn: valueColumn, style: .bracketed)
    }
    return .operation(name, word(), valueColumn: valueColumn, style: .plain)
  }

  private mutating func word() -> String {
    let start = index
    while !isBreak(index), text[index] != "(", text[index] != "\"" { index += 1 }
    return string(start..<index)
  }

  private mutating func quoted() throws(QueryError) -> String {
    let start = index
    index += 1
    while index < text.count, !Self.isQuote(text[index]) { index += 1 }
    guard index < text.count else {
      throw QueryError(column(start), "a quote that does not end", hint: "add a closing \"")
    }
    index += 1
    return string(start + 1..<index - 1)
  }

  // `~3` behind a phrase.
  private mutating func slop() throws(QueryError) -> Int {
    guard at(index, "~") else { return 0 }
    index += 1
    let start = index
    var value = 0
    while index < text.count, Self.isDigit(text[index]), value <= Self.greatestSlop {
      value = value * 10 + Int(text[index].value - 48)
      index += 1
    }
    guard index > start, value <= Self.greatestSlop else {
      throw QueryError(
        column(start), "expected a number from 0 to \(Self.greatestSlop) behind ~",
        hint: "write \"near by\"~3")
    }
    return value
  }

  private mutating func bracketed() throws(QueryError) -> String {
    let start = index
    while index < text.count, text[index] != "]" { index += 1 }
    guard index < text.count else {
      throw QueryError(column(start), "a bracket that does not end", hint: "add a closing ]")
    }
    index += 1
    return string(start + 1..<index - 1)
  }

  private func string(_ range: Range<Int>) -> String {
    if text[range].allSatisfy(\.isASCII) {
      return String(decoding: text[range].map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self)
    }
    var out = String.UnicodeScalarView()
    out.append(contentsOf: text[range])
    return String(out)
  }
}

/// The columns of code points, counted in characters as people see them. Texts of plain ASCII need no table.
struct QueryColumns {
  private let table: [Int]?

  init(_ query: String, scalars: Int) {
    if query.utf8.allSatisfy({ $0 < 0x80 && $0 != 13 }) {
      table = nil
      return
    }
    var table: [Int] = []
    table.reserveCapacity(scalars + 1)
    var column = 0
    for character in query {
      column += 1
      for _ in character.unicodeScalars { table.append(column) }
    }
    table.append(column + 1)
    self.table = table
  }

  subscript(place: Int) -> Int {
    guard let table else { return place + 1 }
    return table[min(place, table.count - 1)]
  }
}
