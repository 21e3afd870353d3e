internal import Bytes
public import JSON

/// A `trend` record as a reader sees it. `Trends.docc/Definitions.md` says what the numbers mean; `Trends` writes it.
public struct TrendRecord: Equatable, Sendable {
  /// Its first moment, in ms since 1970.
  public var windowStart: Int64 = 0
  /// The first moment behind it.
  public var windowEnd: Int64 = 0
  /// `world`, `country:XX`, `place:ID`, `lang:xx`.
  public var place: [UInt8] = []
  /// `hashtag`, `phrase` and the like.
  public var kind: [UInt8] = []
  /// As one would search for it.
  public var term: [UInt8] = []
  /// From 1; 0 where a rule denies it.
  public var rank: Int64 = 0
  /// Uses.
  public var count: Int64 = 0
  /// Accounts.
  public var users: Int64 = 0
  /// Accounts that one would expect.
  public var expected: Double = 0
  /// How probable so many are by chance.
  public var p: Double = 0
  /// What rows are ranked by.
  public var score: Double = 0
  /// Accounts an hour.
  public var velocity: Double = 0
  /// `new`, `rising` and so on.
  public var stage: [UInt8] = []
  /// When it began, in ms since 1970.
  public var onset: Int64 = 0
  /// Why it is not to be shown as a trend; nil where it is.
  public var denial: [UInt8]?

  private static let keys = KeyTable([
    "type", "window_start", "window_end", "place", "kind", "term", "rank", "count", "users", "expected", "p",
    "score", "velocity", "stage", "onset", "denied",
  ])
  private static let names = [
    "type", "window_start", "window_end", "place", "kind", "term", "rank", "count", "users", "expected", "p",
    "score", "velocity", "stage", "onset", "denied",
  ]

  /// Reads a record; lists and unknown fields are passed over. - Throws: `Rejection` with the field that is missing or
  /// of another type.
  public init(_ value: borrowing JSONValue) throws(Rejection) {
    let fields = JSONFields(value, Self.keys)
    guard value.isObject, try Self.text(fields, 0) == Array("trend".utf8) else {
      throw Rejection(.unknownShape, "expected a trend record")
    }
    windowStart = try Self.time(fields, 1)
    windowEnd = try Self.time(fields, 2)
    place = try Self.text(fields, 3)
    kind = try Self.text(fields, 4)
    term = try Self.text(fields, 5)
    rank = try Self.count(fields, 6)
    count = try Self.count(fields, 7)
    users = try Self.count(fields, 8)
    expected = try Self.number(fields, 9)
    p = try Self.number(fields, 10)
    score = try Self.number(fields, 11)
    velocity = try Self.number(fields, 12)
    stage = try Self.text(fields, 13)
    onset = try Self.time(fields, 14)
    if fields.has(15) { denial = try Self.text(fields, 15) }
  }

  private static func missing(_ key: Int, _ what: String) -> Rejection {
    Rejection(.unknownShape, "expected a trend record, found no \"\(names[key])\" that is \(what)")
  }

  private static func text(_ fields: borrowing JSONFields, _ key: Int) throws(Rejection) -> [UInt8] {
    guard let value = fields[key], value.isString else { throw missing(key, "a string") }
    return value.string.array
  }

  private static func time(_ fields: borrowing JSONFields, _ key: Int) throws(Rejection) -> Int64 {
    guard let time = fields.time(key) else { throw missing(key, "a time") }
    return time
  }

  private static func count(_ fields: borrowing JSONFields, _ key: Int) throws(Rejection) -> Int64 {
    let count = fields.count(key)
    if count < 0 { throw missing(key, "a count") }
    return count
  }

  private static func number(_ fields: borrowing JSONFields, _ key: Int) throws(Rejection) -> Double {
    guard let number = fields.number(key) else { throw missing(key, "a number") }
    return number
  }
}
