internal import QueryGrammar
internal import Bytes
internal import Records
internal import Search
internal import ToolSupport

/// What a command line asks an index for: the query, what restricts it, and the order.
struct SearchQuestion {
  /// As it was written.
  let text: String
  /// With `--as-of` as a clause of it.
  let query: QueryNode
  /// The query alone: for highlights and explanations.
  let asked: QueryNode
  let ranking: Ranking
  let collapse: Collapse?
  /// Given or not.
  let limit: Int
  private let arguments: Arguments

  /// Reads it. - Throws: status 2.
  init(_ arguments: Arguments) throws {
    self.arguments = arguments
    text = try QueryText.read(arguments)
    asked = try QueryErrors.parse(text)
    let bound = try AsOf.read(arguments)
    query = bound?.restrict(asked) ?? asked
    ranking = try RankingArguments.read(arguments, asOf: bound)
    collapse = arguments.value("collapse").flatMap { Collapse(rawValue: $0) }
    limit = try QueryCommand.limit(arguments)
  }

  /// All that decides which hits come in which order, as a number for cursors.
  var number: UInt64 {
    let parts = [text] + ["sort", "weights", "now", "as-of", "collapse"].map { arguments.value($0) ?? "" }
    return SearchCursor.question(parts.joined(separator: "\0"))
  }
}

/// The operand that is the query.
enum QueryText {
  static func read(_ arguments: Arguments) throws -> String {
    guard arguments.operands.count <= 1 else {
      throw ToolError(
        .usage, "expected one query, found \(arguments.operands.count) words",
        hint: "put the query in single quotes")
    }
    guard let text = arguments.operands.first else {
      throw ToolError(.usage, "no query", hint: "query -i DIR QUERY")
    }
    return text
  }
}

/// `--as-of` of a search: no tweet made later, or with a greater id, is seen.
enum AsOf {
  case time(Int64)
  case id(UInt64)

  static func read(_ arguments: Arguments) throws -> AsOf? {
    guard let text = arguments.value("as-of") else { return nil }
    let bytes = Array(text.utf8)
    if let id = RecordID.parse(bytes.span) { return .id(id) }
    if let time = Timestamp.parse(bytes.span) { return .time(time) }
    throw ToolError(
      .usage,
      "option --as-of: expected a time such as 2022-05-09T11:00Z or a tweet's id, found \"\(TerminalText.safe(text))\""
    )
  }

  /// The time it stands for, in ms since 1970; nil for an id from before ids had times.
  var time: Int64? {
    switch self {
    case .time(let time): time
    case .id(let id): Snowflake.time(id)
    }
  }

  func restrict(_ query: QueryNode) -> QueryNode {
    let clause: QueryNode =
      switch self {
      case .time(let time): .range(.time, Int64.min...time, column: 0)
      case .id(let id): .range(.id, Int64.min...Int64(clamping: id), column: 0)
      }
    // An AND of the query's is kept flat, so that sums come in the same order.
    if case .and(let parts) = query { return .and(parts + [clause]) }
    return query == .all ? clause : .and([query, clause])
  }
}

/// `--sort`, `--weights`, `--now`.
enum RankingArguments {
  static func read(_ arguments: Arguments, asOf: AsOf?) throws -> Ranking {
    var ranking = Ranking(SortOrder(rawValue: arguments.value("sort") ?? "relevance") ?? .relevance)
    if let text = arguments.value("weights") { ranking.weights = try weights(text) }
    ranking.now = asOf?.time
    if let now = try QueryExplanations.now(arguments) { ranking.now = now }
    if arguments.has("weights") && ranking.sort != .relevance {
      throw ToolError(.usage, "option --weights goes with --sort relevance, found \(ranking.sort.rawValue)")
    }
    return ranking
  }

  private static func weights(_ text: String) throws -> Weights {
    func wrong(_ part: some StringProtocol) -> ToolError {
      ToolError(
        .usage,
        "option --weights: expected recency=H and engagement=W, found \"\(TerminalText.safe(String(part)))\"",
        hint: "--weights recency=24h,engagement=0.1")
    }
    var weights = Weights()
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { throw wrong(part) }
      switch pair[0] {
      case "recency":
        guard let hours = hours(pair[1]) else { throw wrong(part) }
        weights.halfLife = hours
      case "engagement":
        guard let weight = number(pair[1]), weight <= 1e6 else { throw wrong(part) }
        weights.engagement = weight
      default: throw wrong(part)
      }
    }
    return weights
  }

  // Hours, or a number with its unit, in ms.
  private static func hours(_ text: Substring) -> Int64? {
    let units: [Character: Double] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    let unit = text.last.flatMap { units[$0] }
    guard let number = number(unit == nil ? text : text.dropLast()) else { return nil }
    let length = number * (unit ?? 3_600_000)
    return length <= 36_500 * 86_400_000 && (length == 0 || length >= 1) ? Int64(length) : nil
  }

  private static func number(_ text: Substring) -> Double? {
    guard let first = text.utf8.first, first >= 48 && first <= 57 || first == 46,
      text.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 || $0 == 46 }), let number = Double(text), number.isFinite
    else { return nil }
    return number
  }
}
