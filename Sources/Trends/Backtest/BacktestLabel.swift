public import Bytes
internal import JSON
internal import Records
internal import TextAnalysis

/// Something known about the data that a run is measured by: a burst that it should find, or a decoy that it should not.
public struct BacktestLabel: Equatable, Sendable {
  /// Why a decoy is no trend; nil for a burst.
  public var decoy: String?
  /// What the term is.
  public var kind: TrendKind
  /// Folded, as rows have it.
  public var term: [UInt8]
  /// As written.
  public var name: [UInt8]
  /// `world`, `country:XX`, `place:ID`.
  public var place: [UInt8]
  /// It lasts from `start` to before `end`; ms since 1970.
  public var start: Int64
  /// When it is strongest.
  public var peak: Int64
  /// The first moment behind it.
  public var end: Int64
  /// How many tweets are of it.
  public var tweets: Int
}

/// A line that is no label.
public struct BacktestLabelError: Error, Equatable, Sendable {
  /// From 1.
  public var line: Int
  /// What was expected and found.
  public var reason: String
}

/// Reads labels: NDJSON with lines of `type` `burst` or `decoy`, as `bench trend-world` writes them. Lines of other types,
/// such as those of `samples/truth.ndjson`, and blank ones are passed over; a burst with `"spam":true` is a decoy.
public enum BacktestLabels {
  private static let keys = JSON.KeyTable([
    "type", "kind", "term", "place", "start", "peak", "end", "tweets", "reason", "spam",
  ])
  private static let type = 0, kind = 1, term = 2, place = 3, start = 4, peak = 5, end = 6, tweets = 7
  private static let reason = 8, spam = 9

  /// All labels of a file, in its order. - Throws: `BacktestLabelError` for the first line that is none.
  public static func read(_ file: borrowing ByteBuffer) throws(BacktestLabelError) -> [BacktestLabel] {
    var labels: [BacktestLabel] = []
    var parser = JSONParser()
    var analyzer = Analyzer()
    var start = 0
    var line = 0
    while start < file.count {
      let end = file.span.firstIndex(of: 10, from: start) ?? file.count
      line += 1
      let range = file.span.trimmed(start..<end)
      start = end + 1
      if range.isEmpty { continue }
      do throws(JSONError) { try parser.parse(file, range) } catch {
        throw BacktestLabelError(line: line, reason: "expected a label, found no valid JSON")
      }
      if let label = try label(parser.root, line, &analyzer) { labels.append(label) }
    }
    return labels
  }

  private static func label(
    _ value: borrowing JSONValue, _ line: Int, _ analyzer: inout Analyzer
  ) throws(BacktestLabelError) -> BacktestLabel? {
    let fields = JSONFields(value, keys)
    let type = text(fields, Self.type)
    guard value.isObject, !type.isEmpty else {
      throw BacktestLabelError(line: line, reason: "expected an object with a \"type\"")
    }
    guard type == "burst" || type == "decoy" else { return nil }
    func missing(_ what: String) -> BacktestLabelError {
      BacktestLabelError(line: line, reason: "a \(type): expected \(what)")
    }
    let kindName = text(fields, Self.kind)
    guard let kind = TrendKind.allCases.first(where: { $0.name == kindName }) else {
      throw missing(
        "\"kind\" to be one of \(TrendKind.allCases.map(\.name).joined(separator: ", ")), found \"\(kindName)\""
      )
    }
    let name = Array(text(fields, Self.term).utf8)
    if name.isEmpty { throw missing("a \"term\"") }
    let place = text(fields, Self.place)
    guard place == "world" || place.hasPrefix("country:") || place.hasPrefix("place:") else {
      throw missing("\"place\" to be world, country:XX or place:ID, found \"\(place)\"")
    }
    guard let start = fields.time(Self.start), let end = fields.time(Self.end), start < end else {
      throw missing("the times \"start\" and, behind it, \"end\"")
    }
    let peak = fields.time(Self.peak) ?? start
    guard (start...end).contains(peak) else { throw missing("\"peak\" between \"start\" and \"end\"") }
    let tweets = fields.count(Self.tweets)
    if tweets < 0 { throw missing("\"tweets\", a number") }
    var decoy: String?
    if type == "decoy" {
      let reason = text(fields, Self.reason)
      decoy = reason.isEmpty ? "decoy" : reason
    } else if fields.bool(Self.spam) == true {
      decoy = "spam"
    }
    return BacktestLabel(
      decoy: decoy, kind: kind, term: folded(name, kind, &analyzer), name: name, place: Array(place.utf8),
      start: start, peak: peak, end: end, tweets: Int(tweets))
  }

  private static func text(_ fields: borrowing JSONFields, _ key: Int) -> String {
    guard let value = fields[key] else { return "" }
    return value.string.text
  }

  // As `SightingCollector` does: the sign stays, what follows is folded.
  private static func folded(_ name: [UInt8], _ kind: TrendKind, _ analyzer: inout Analyzer) -> [UInt8] {
    let sign =
      switch kind {
      case .hashtag, .cashtag, .mention: 1
      case .url: name.starts(with: Array("url:".utf8)) ? 4 : 0
      case .term, .phrase, .emoji: 0
      }
    var out = ByteBuffer()
    out.append(name.span.extracting(0..<sign))
    analyzer.fold(name.span.extracting(sign..<name.count), into: &out)
    return out.span.array
  }
}
