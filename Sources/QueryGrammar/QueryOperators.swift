internal import Bytes

/// Turns `name:value` into a clause.
enum QueryOperators {
  /// The node of an operator. - Throws: `QueryError` with the nearest operator, or what the value should be.
  static func node(_ name: String, _ value: OperatorValue, column: Int) throws(QueryError) -> QueryNode {
    guard let kind = OperatorTable.kinds[name] else { throw unknown(name, column) }
    if case .refused(let nearest) = kind {
      throw QueryError(
        column, "\(name): cannot be answered from tweets", hint: "the nearest that can: \(nearest)")
    }
    guard value.text.contains(where: { !$0.isWhitespace }) else {
      throw QueryError(
        value.column, "expected a value behind \(name):", hint: "\(name):something, without a space")
    }
    if value.style == .bracketed { try checkBrackets(name, kind, value) }
    return try node(name, kind, value, column)
  }

  private static func node(_ name: String, _ kind: OperatorKind, _ value: OperatorValue, _ column: Int)
    throws(QueryError) -> QueryNode
  {
    let place = value.column
    switch kind {
    case .account(let role): return .account(role, handle(value.text), column: place)
    case .field(.mention): return .field(.mention, handle(value.text), column: place)
    case .field(let field): return .field(field, value.text, column: place)
    case .id(let field): return .fieldID(field, try QueryValues.id(value), column: column)
    case .words(let field): return .words(field, value.text, column: place)
    case .substring(let field): return .substring(field, value.text, column: place)
    case .range(let field): return .range(field, try QueryValues.bounds(value), column: column)
    case .atLeast(let field):
      return .range(field, try QueryValues.number(value.text, place)...Int64.max, column: column)
    case .atMost(let field):
      return .range(field, 0...(try QueryValues.number(value.text, place)), column: column)
    case .sinceID:
      return .range(.id, Int64(clamping: try QueryValues.id(value) &+ 1)...Int64.max, column: column)
    case .maxID: return .range(.id, 0...Int64(clamping: try QueryValues.id(value)), column: column)
    case .untilID: return .range(.id, 0...Int64(clamping: try QueryValues.id(value) - 1), column: column)
    case .since: return .range(.time, try QueryValues.time(value)...Int64.max, column: column)
    case .until: return .range(.time, Int64.min...(try QueryValues.time(value) - 1), column: column)
    case .sinceTime: return .range(.time, try QueryValues.seconds(value)...Int64.max, column: column)
    case .untilTime: return .range(.time, Int64.min...(try QueryValues.seconds(value) - 1), column: column)
    case .withinTime: return .within(try QueryValues.duration(value), column: column)
    case .pointRadius: return .area(try GeoReader.pointRadius(value), column: column)
    case .boundingBox: return .area(try GeoReader.box(value), column: column)
    case .geocode, .near: return .area(try GeoReader.geocode(name, value), column: column)
    case .property: return try property(name, value, column)
    case .card: return try card(value, column)
    case .include: return try include(value)
    case .sample: return .sample(try percent(value), column: column)
    // The parser takes `within:`; refusals were thrown.
    case .within, .refused: throw unknown(name, column)
    }
  }

  private static func checkBrackets(_ name: String, _ kind: OperatorKind, _ value: OperatorValue)
    throws(QueryError)
  {
    switch kind {
    case .pointRadius, .boundingBox, .range: return
    default:
      throw QueryError(
        value.column, "\(name): takes no brackets", hint: "\(name):value, or \(name):\"a value\"")
    }
  }

  private static func unknown(_ name: String, _ column: Int) -> QueryError {
    let near = Nearest.match(name, OperatorTable.names)
    return QueryError(
      column, "unknown operator \(name):",
      hint: near.map { "did you mean \($0):? To search for the word, quote it" }
        ?? "to search for the word, quote it")
  }

  // A handle with or without @; with a quote or a second one it is no handle, and stays as it is.
  private static func handle(_ text: String) -> String {
    let rest = text.unicodeScalars.dropFirst()
    guard let sign = text.unicodeScalars.first, sign == "@" || sign == "＠", let first = rest.first,
      !["“", "”", "@", "＠"].contains(first)
    else { return text }
    return String(Substring(rest))
  }

  private static func property(_ name: String, _ value: OperatorValue, _ column: Int) throws(QueryError)
    -> QueryNode
  {
    let text = value.text.lowercased()
    if text == "safe" { return .not(.property(.sensitive, column: column)) }
    for (names, property) in OperatorTable.properties where names.contains(text) {
      return .property(property, column: column)
    }
    for (names, nearest) in OperatorTable.refusedProperties where names.contains(text) {
      throw QueryError(
        value.column, "\(name):\(text) cannot be answered from tweets",
        hint: "the nearest that can: \(nearest)")
    }
    let near = Nearest.match(text, OperatorTable.propertyNames, anyDistance: true)
    throw QueryError(
      value.column, "\(name):\(value.text) cannot be answered",
      hint: near.map { "the nearest that can is \(name):\($0)" })
  }

  // Cards are not in the record; an animated picture is.
  private static func card(_ value: OperatorValue, _ column: Int) throws(QueryError) -> QueryNode {
    if value.text.lowercased() == "animated_gif" { return .property(.gifs, column: column) }
    throw QueryError(
      value.column, "card_name:\(value.text) cannot be answered from tweets",
      hint: "the nearest that can: has:media, has:links, or url: with the card's host")
  }

  // Retweets are shown unless they are asked away.
  private static func include(_ value: OperatorValue) throws(QueryError) -> QueryNode {
    if ["nativeretweets", "retweets"].contains(value.text.lowercased()) { return .all }
    throw QueryError(
      value.column, "include:\(value.text) cannot be answered",
      hint: "the nearest that can is include:nativeretweets")
  }

  private static func percent(_ value: OperatorValue) throws(QueryError) -> Int {
    let number = try QueryValues.number(value.text, value.column)
    guard number >= 1, number <= 100 else {
      throw QueryError(value.column, "expected percent from 1 to 100, found \"\(value.text)\"")
    }
    return Int(number)
  }
}
