internal import Bytes
public import QueryGrammar

/// A clause with its words analysed and its values folded, ready to be compared with tweet after tweet.
indirect enum MatchClause {
  case all
  case nothing
  case phrase(PhrasePlan)
  case field(QueryField, [[UInt8]])
  case id(QueryField, UInt64)
  case account(QueryAccount, [UInt8], id: UInt64)
  case words(QueryWords, [[UInt8]], whole: [UInt8])
  case link([LinkTerm])
  case substring(QuerySubstring, [UInt8])
  case property(QueryProperty)
  case range(NumberField, ClosedRange<Int64>)
  case area(GeoArea)
  case sample(below: UInt64)
  case and([MatchClause])
  case or([MatchClause])
  case not(MatchClause)

  init(_ node: QueryNode, _ analysis: inout QueryAnalysis) {
    switch node {
    case .all: self = .all
    case .word(let text, _): self = Self.phrase(text, 0, &analysis)
    case .phrase(let text, let slop, _): self = Self.phrase(text, slop, &analysis)
    case .prefix(let text, _):
      self = .phrase(PhrasePlan(parts: [(.prefix(analysis.folded(text)), 0)], slop: 0))
    case .field(let field, let value, _): self = .field(field, FieldValues.keys(field, value, &analysis))
    case .fieldID(let field, let id, _): self = .id(field, id)
    case .account(let role, let name, _):
      self = .account(role, analysis.folded(name), id: FieldValues.id(name))
    case .words(.link, let value, _): self = .link(analysis.linkTerms(of: value))
    case .words(let field, let value, _):
      self = .words(field, analysis.terms(of: value), whole: analysis.folded(value))
    case .substring(let field, let value, _): self = .substring(field, analysis.folded(value))
    case .property(let property, _): self = .property(property)
    case .range(let field, let range, _): self = .range(field, range)
    case .area(let area, _): self = .area(area)
    // Without a now nothing is in the last days.
    case .within: self = .nothing
    case .sample(let percent, _): self = percent == 100 ? .all : .sample(below: SampleRule.limit(percent))
    case .and(let parts): self = .and(Self.prepared(parts, &analysis))
    case .or(let parts): self = .or(Self.prepared(parts, &analysis))
    case .not(let inner): self = .not(MatchClause(inner, &analysis))
    }
  }

  private static func prepared(_ parts: [QueryNode], _ analysis: inout QueryAnalysis) -> [MatchClause] {
    var clauses: [MatchClause] = []
    for part in parts { clauses.append(MatchClause(part, &analysis)) }
    return clauses
  }

  // What holds no word (punctuation, say) restricts nothing.
  private static func phrase(_ text: String, _ slop: Int, _ analysis: inout QueryAnalysis) -> MatchClause {
    let plan = analysis.plan(text, slop: slop)
    return plan.parts.isEmpty ? .all : .phrase(plan)
  }
}

/// How values of fields are compared.
public enum FieldValues {
  /// The folded values, any of which is meant; languages are compared as Twitter writes them, in small letters. An app's
  /// spaces may be written `_`, as on the web.
  public static func keys(_ field: QueryField, _ value: String, _ analysis: inout QueryAnalysis) -> [[UInt8]]
  {
    if field == .language { return [Array(value.lowercased().utf8)] }
    let key = analysis.folded(value)
    guard field == .source, key.contains(0x5F) else { return [key] }
    return [key, key.map { $0 == 0x5F ? 0x20 : $0 }]
  }

  /// The id that an account's name may be; 0 where it is none.
  public static func id(_ name: String) -> UInt64 {
    var id: UInt64 = 0
    let digits = name.utf8
    guard digits.count <= 19, digits.first != 48 else { return 0 }
    for digit in digits {
      guard digit >= 48, digit <= 57 else { return 0 }
      id = id * 10 + UInt64(digit - 48)
    }
    return id <= UInt64(Int64.max) ? id : 0
  }
}

/// `sample:`: the ids whose XXH64 (seed 0, of the decimal digits) is low, the same as of `ingest --sample`.
public enum SampleRule {
  /// Below this lie the hashes of so many percent, less than 100.
  public static func limit(_ percent: Int) -> UInt64 { UInt64(Double(percent) / 100 * 0x1p64) }

  /// Whether an id is taken.
  public static func takes(_ id: UInt64, below limit: UInt64) -> Bool {
    var digits = ByteBuffer(capacity: 32)
    digits.append(string: String(id))
    return Checksum.xxh64(digits.span) < limit
  }
}
