/// What a run counts and how it decides. Times in ms.
public struct TrendSettings: Equatable, Sendable {
  /// The length of a window; it divides a day, or is whole days.
  public var window: Int64 = 3_600_000
  /// From the end of one window to the next; it divides the window.
  public var step: Int64 = 300_000
  /// How far back the expectation looks; at least two windows.
  public var baseline: Int64 = 7 * 86_400_000
  /// How late a tweet may come.
  public var lateness: Int64 = 600_000
  /// Where it counts.
  public var levels: Set<TrendLevel> = [.world, .country, .place, .lang]
  /// What it counts.
  public var kinds: Set<TrendKind> = [.hashtag, .phrase]
  /// Rows of one window and place; nil for all.
  public var top: Int? = 20
  /// Occurrences that a trend has at least.
  public var minimumCount = 5
  /// Accounts that a trend has at least.
  public var minimumUsers = 5
  /// The share of false trends among those of a window.
  public var falseDiscoveryRate = 0.05

  /// What a run may take, in bytes: `MemoryPlan` makes numbers of things of it.
  public var memory = 256_000_000

  /// The defaults.
  public init() {}

  /// What is wrong with the times, for people; nil when nothing is.
  public var problem: String? {
    if step <= 0 || window % step != 0 {
      return "the step (\(Self.duration(step))) does not divide the window (\(Self.duration(window)))"
    }
    if window <= 86_400_000 ? 86_400_000 % window != 0 : window % 86_400_000 != 0 {
      return "a window of \(Self.duration(window)) divides no day: expected 5m, 15m, 1h, 6h, 1d or the like"
    }
    if baseline % window != 0 || baseline < 2 * window {
      return
        "the baseline (\(Self.duration(baseline))) is no multiple of the window (\(Self.duration(window)))"
    }
    let plan = MemoryPlan(self)
    if plan.hasTooManySteps {
      return
        "a lateness of \(Self.duration(lateness)) keeps \(plan.openSteps) steps of \(Self.duration(step)) open:"
        + " expected at most 100000, so less lateness or longer steps"
    }
    if plan.sketchWidth < MemoryPlan.narrowest {
      return
        "with a baseline of \(Self.duration(baseline)) nothing of use fits into \(memory) bytes: expected more memory"
    }
    return nil
  }

  /// What a state depends on, as text.
  var identifier: String {
    let by = TrendLevel.allCases.filter(levels.contains).map(\.name).joined(separator: ",")
    let kind = TrendKind.allCases.filter(kinds.contains).map(\.name).joined(separator: ",")
    return
      "--window \(Self.duration(window)) --step \(Self.duration(step)) --baseline \(Self.duration(baseline))"
      + " --lateness \(Self.duration(lateness)) --by \(by) --kind \(kind) --memory \(memory)"
  }

  /// Steps of a window.
  var steps: Int64 { window / step }

  /// `90m` as people write it.
  static func duration(_ milliseconds: Int64) -> String {
    for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] as [(String, Int64)]
    where milliseconds % size == 0 { return "\(milliseconds / size)\(unit)" }
    return "\(milliseconds)ms"
  }
}

/// Where occurrences are counted.
public enum TrendLevel: UInt8, CaseIterable, Sendable {
  case world, country, place, lang

  /// Its name in options.
  public var name: String {
    switch self {
    case .world: "world"
    case .country: "country"
    case .place: "place"
    case .lang: "lang"
    }
  }
}

extension Set<TrendKind> {
  /// The same set as bits, by raw value: asked for every word of every tweet, where hashing took a tenth of the time.
  var bits: UInt8 { reduce(0) { $0 | 1 << $1.rawValue } }
}

extension UInt8 {
  /// Whether the bits have `kind`.
  func has(_ kind: TrendKind) -> Bool { self >> kind.rawValue & 1 == 1 }
}

/// What is counted.
public enum TrendKind: UInt8, CaseIterable, Sendable {
  case hashtag, term, phrase, cashtag, mention, url, emoji

  /// Its name in records and options.
  public var name: String {
    switch self {
    case .hashtag: "hashtag"
    case .term: "term"
    case .phrase: "phrase"
    case .cashtag: "cashtag"
    case .mention: "mention"
    case .url: "url"
    case .emoji: "emoji"
    }
  }
}
