/// Compares the rows of a run with what is known about its data: which bursts it found and how soon, and which of its
/// terms are none. `Trends.docc/Definitions.md`, "How good it is", defines every measure. Holds one entry for each
/// distinct term of a row.
public struct Backtest: Sendable {
  struct Key: Hashable {
    var kind: TrendKind
    var term: [UInt8]
  }

  /// The rows of a term.
  struct TermRows {
    var rows = 0
    /// Of these, the ones that are of a burst of the term.
    var right = 0
  }

  /// Labels of kinds that the run counts.
  let bursts: [BacktestLabel]
  let decoys: [BacktestLabel]
  /// Labels of other kinds, which no row can find.
  public let leftOut: Int
  /// Rows whose windows end by then do not count: before the first burst there is only warming up.
  let from: Int64
  private let burstsOf: [Key: [Int]]
  /// The end of the first window that found it, by burst.
  private(set) var found: [Int64?]
  private(set) var terms: [Key: TermRows] = [:]

  /// A comparison with `labels` of a run that counts `kinds`.
  public init(labels: [BacktestLabel], kinds: Set<TrendKind>) {
    let counted = labels.filter { kinds.contains($0.kind) }
    leftOut = labels.count - counted.count
    bursts = counted.filter { $0.decoy == nil }
    decoys = counted.filter { $0.decoy != nil }
    from = bursts.map(\.start).min() ?? .min
    var burstsOf: [Key: [Int]] = [:]
    for (index, burst) in bursts.enumerated() {
      burstsOf[Key(kind: burst.kind, term: burst.term), default: []].append(index)
    }
    self.burstsOf = burstsOf
    found = bursts.map { _ in nil }
  }

  /// Takes rows into account, in any order; those that rules deny are none.
  public mutating func add(_ rows: [Trend]) {
    for row in rows where row.windowEnd > from && row.denial == nil {
      let key = Key(kind: row.kind, term: row.term)
      var isRight = false
      for index in burstsOf[key] ?? [] {
        let burst = bursts[index]
        guard row.windowStart < burst.end, burst.start < row.windowEnd else { continue }
        switch Self.places(row.place, burst.place) {
        case .apart: continue
        case .unknown: isRight = true
        case .together:
          isRight = true
          found[index] = min(found[index] ?? .max, row.windowEnd)
        }
      }
      terms[key, default: TermRows()].rows += 1
      if isRight { terms[key, default: TermRows()].right += 1 }
    }
  }

  enum Places { case together, apart, unknown }

  /// Whether a row's place is a burst's, holds it or lies in it. Names do not tell which country holds a place: they are
  /// together. Nor where a language is spoken: a row of a language neither finds a burst nor is wrong for its place.
  static func places(_ row: [UInt8], _ burst: [UInt8]) -> Places {
    let level = row.prefix { $0 != UInt8(ascii: ":") }
    if level.elementsEqual("lang".utf8) { return .unknown }
    if row == burst || row.elementsEqual("world".utf8) || burst.elementsEqual("world".utf8) {
      return .together
    }
    return level == burst.prefix { $0 != UInt8(ascii: ":") } ? .apart : .together
  }

  /// Why a term that has no right row is false: the reason of a decoy of that name, `elsewhere` where a burst of that
  /// name took place at another time or place, or `none`.
  func reason(_ key: Key) -> String {
    if let decoy = decoys.first(where: { $0.kind == key.kind && $0.term == key.term }) {
      return decoy.decoy ?? "decoy"
    }
    return burstsOf[key] == nil ? "none" : "elsewhere"
  }
}
