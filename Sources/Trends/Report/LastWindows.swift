/// The last window with trends of each place, with the way its terms went: what a table shows.
///
/// Memory: per place its last rows and 2 KB for each term of the last hours; at most `heldPlaces` places.
public struct LastWindows: Sendable {
  /// The rows of one window and place, and the users of each row's term over the windows of its episode so far.
  public struct Table: Sendable {
    /// Where.
    public let place: PlaceName
    /// By rank.
    public let rows: [Trend]
    /// As many as rows, in their order.
    public let users: [[Int]]
    /// What rules denied, the strongest first; never empty where `rows` is.
    public let denied: [Trend]
    /// Which window it is.
    public var windowText: String { (rows.first ?? denied.first)?.windowText ?? "" }
  }

  private struct Held {
    var rows: [Trend] = []
    var denied: [Trend] = []
    var series: [TermName: UserSeries] = [:]
    var end: Int64 { (rows.first ?? denied.first)?.windowEnd ?? .min }
    var score: Double { rows.first?.score ?? 0 }

    func table(_ place: PlaceName, _ rows: [Trend], _ denied: [Trend]) -> Table {
      Table(
        place: place, rows: rows, users: rows.map { series[TermName($0)]?.points.map(\.users) ?? [] },
        denied: denied)
    }
  }

  static let heldPlaces = 1024
  private var places: [PlaceName: Held] = [:]

  /// Nothing yet.
  public init() {}

  /// Adds the rows of complete windows as an engine gives them: by window, place and rank. Hands each table on to `show`.
  public mutating func add<E: Error>(_ rows: [Trend], _ show: (Table) throws(E) -> Void) throws(E) {
    var first = 0
    while first < rows.count {
      var end = first + 1
      while end < rows.count, rows[end].windowEnd == rows[first].windowEnd,
        rows[end].place == rows[first].place
      {
        end += 1
      }
      let place = PlaceName(rows[first].place)
      try show(take(rows[first..<end], at: place))
      first = end
    }
  }

  /// The last tables of at most `limit` places, in their order: the world's, and of the others those whose windows are the
  /// latest, the stronger ones first. A window of denied ones alone takes no place of one with trends.
  public func tables(_ limit: Int) -> [Table] {
    inOrderOfTime().prefix(limit).sorted { $0.key < $1.key }.map {
      $0.value.table($0.key, $0.value.rows, $0.value.denied)
    }
  }

  /// Places that are held.
  public var count: Int { places.count }

  private mutating func take(_ all: ArraySlice<Trend>, at place: PlaceName) -> Table {
    let rows = all.filter { $0.denial == nil }
    let denied = all.filter { $0.denial != nil }
    var held = places[place] ?? Held()
    // An episode ends with a gap longer than a window; so does what is to be remembered of it.
    let oldest = all[all.startIndex].windowStart
    held.series = held.series.filter { $0.value.last >= oldest }
    for row in rows {
      let term = TermName(row)
      var series = held.series[term] ?? UserSeries()
      if series.onset != row.onset { series = UserSeries() }
      held.series[term] = nil  // One owner: no copy of its points.
      series.add(row)
      held.series[term] = series
    }
    if !rows.isEmpty || held.rows.isEmpty {
      held.rows = rows
      held.denied = denied
    }
    places[place] = held
    if places.count > Self.heldPlaces {
      for (place, _) in inOrderOfTime().dropFirst(Self.heldPlaces / 2) { places[place] = nil }
    }
    return held.table(place, rows, denied)
  }

  private func inOrderOfTime() -> [(key: PlaceName, value: Held)] {
    places.sorted { a, b in
      if (a.key.level == .world) != (b.key.level == .world) { return a.key.level == .world }
      if a.value.end != b.value.end { return a.value.end > b.value.end }
      if a.value.score != b.value.score { return a.value.score > b.value.score }
      return a.key < b.key
    }
  }
}
