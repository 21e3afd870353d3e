internal import Bytes

/// A place as records name it, in the order of reports: the world, countries, places, languages, each in byte order.
public struct PlaceName: Hashable, Comparable, Sendable {
  /// `world`, `country:XX`, `place:ID`, `lang:xx`.
  public let bytes: [UInt8]
  /// What kind of place it is.
  public let level: TrendLevel

  /// The place of a row.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    level =
      TrendLevel.allCases.first { bytes.starts(with: Array($0.name.utf8) + [UInt8(ascii: ":")]) } ?? .world
  }

  /// Its own name, without the level.
  var name: [UInt8] { level == .world ? bytes : Array(bytes.dropFirst(level.name.utf8.count + 1)) }

  /// By level, then by bytes.
  public static func < (a: PlaceName, b: PlaceName) -> Bool {
    if a.level != b.level { return a.level.rawValue < b.level.rawValue }
    return a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

/// A term and what it is: a word may be spelled as an emoji's name is.
struct TermName: Hashable, Sendable {
  let kind: TrendKind
  let bytes: [UInt8]

  init(_ row: Trend) {
    kind = row.kind
    bytes = row.term
  }
}
